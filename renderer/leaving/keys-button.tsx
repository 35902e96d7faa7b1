/**
 * The key list of a job for its customer: asks for a passphrase, twice, and saves the list locked under it. Beside it, new keys
 * for all. Nothing where no phone has a key.
 */
import { Button, Divider, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CallError } from '../../engine/contract/calls.js';
import { saveFile } from '../api/save-file.js';
import { CopyButton } from '../look/copy-button.js';
import { Icon } from '../look/icons.js';
import { Trouble } from '../look/trouble.js';
import { usePolled } from '../stores/use-polled.js';
import { useStores } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import classes from './leaving.module.css';
import { RotateButton } from './rotate-button.js';

const shortest = 10;

export function KeysButton({
  job,
  allLeft,
  compact = false,
}: {
  readonly job: string;
  /** Every phone was handed off: none takes a new key. */ readonly allLeft: boolean;
  readonly compact?: boolean;
}): ReactNode {
  const { t } = useWords();
  const [asked, setAsked] = useState(false);
  const { phones, unproven } = usePolled('keys.count', { job }).value ?? { phones: 0, unproven: 0 };
  if (phones === 0) return null;
  return (
    <>
      <Button
        variant="default"
        size={compact ? 'xs' : 'sm'}
        leftSection={<Icon name="download" size={compact ? 15 : 18} />}
        onClick={() => setAsked(true)}
      >
        {t('keys.button')}
      </Button>
      <Modal
        opened={asked}
        onClose={() => setAsked(false)}
        title={t('keys.title')}
        centered
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {asked ? <Passphrase job={job} phones={phones} unproven={unproven} onClose={() => setAsked(false)} /> : null}
        {allLeft ? null : (
          <>
            <Divider my="md" />
            <RotateButton job={job} mac={null} />
          </>
        )}
      </Modal>
    </>
  );
}

function Passphrase(props: {
  readonly job: string;
  readonly phones: number;
  readonly unproven: number;
  readonly onClose: () => void;
}): ReactNode {
  const { job, phones, unproven, onClose } = props;
  const { t } = useWords();
  const { bench } = useStores();
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  const [command, setCommand] = useState<string | null>(null);
  const isShort = first.length < shortest;
  const differs = second !== '' && first !== second;

  async function save(): Promise<void> {
    setBusy(true);
    setError(null);
    const answer = await bench.call('keys.export', { job, passphrase: first });
    if (answer.ok) {
      const saved = await saveFile(bench, { name: answer.value.name, content: { base64: answer.value.base64 } });
      if (typeof saved === 'object') setError(saved);
      else if (saved) setCommand(answer.value.command);
    } else setError(answer.error);
    setBusy(false);
  }

  if (command !== null)
    return (
      <>
        <p role="status">{t('keys.saved')}</p>
        <p className={classes['lead']}>{t('keys.opens')}</p>
        <pre className="fixed">{command}</pre>
        <Group justify="flex-end" mt="md">
          <CopyButton text={command} label={t('keys.opens')} />
          <Button onClick={onClose}>{t('common.close')}</Button>
        </Group>
      </>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isShort && first === second) void save();
      }}
    >
      <Stack gap="sm">
        <p className={classes['lead']}>{t('keys.text', { count: phones })}</p>
        {unproven === 0 ? null : <p className={classes['lead']}>{t('keys.unproven', { count: unproven })}</p>}
        <PasswordInput
          visibilityToggleButtonProps={{ tabIndex: 0, 'aria-label': t('keys.passphrase.show') }}
          label={t('keys.passphrase')}
          description={t('keys.passphrase.hint', { least: shortest })}
          autoComplete="new-password"
          data-autofocus
          value={first}
          onChange={({ currentTarget }) => setFirst(currentTarget.value)}
        />
        <PasswordInput
          visibilityToggleButtonProps={{ tabIndex: 0, 'aria-label': t('keys.passphrase.show') }}
          label={t('keys.again')}
          autoComplete="new-password"
          value={second}
          error={differs ? t('keys.differs') : null}
          onChange={({ currentTarget }) => setSecond(currentTarget.value)}
        />
        {error === null ? null : <Trouble error={error} />}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={isShort || first !== second}>
            {t('keys.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
