/** New keys for one phone or for all of a job: asks first, for every one of them has to prove itself again. */
import { Button, Group, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Answer } from '../../engine/contract/calls.js';
import { Icon } from '../look/icons.js';
import { Trouble } from '../look/trouble.js';
import { useStores } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';

export function RotateButton({ job, mac }: { readonly job: string; /** Null: all of them. */ readonly mac: string | null }): ReactNode {
  const { t } = useWords();
  const { bench } = useStores();
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Answer<'keys.rotate'> | null>(null);
  const whose = mac === null ? 'all' : 'phone';

  async function rotate(): Promise<void> {
    setBusy(true);
    setAnswer(await bench.call('keys.rotate', { job, mac }));
    setBusy(false);
  }

  function leave(): void {
    setAsked(false);
    setAnswer(null);
  }

  return (
    <>
      <Button variant="default" size="xs" leftSection={<Icon name="again" size={15} />} onClick={() => setAsked(true)}>
        {t(`keys.new.${whose}`)}
      </Button>
      <Modal
        opened={asked}
        onClose={leave}
        title={t(`keys.new.${whose}.title`)}
        centered
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {answer?.ok === true ? <Outcome answer={answer.value} /> : <p>{t(`keys.new.${whose}.text`)}</p>}
        {answer?.ok === false ? <Trouble error={answer.error} /> : null}
        <Group justify="flex-end" mt="md">
          {answer?.ok === true ? (
            <Button data-autofocus onClick={leave}>
              {t('common.close')}
            </Button>
          ) : (
            <>
              <Button variant="default" data-autofocus onClick={leave}>
                {t('common.cancel')}
              </Button>
              <Button loading={busy} onClick={() => void rotate()}>
                {t('keys.new.yes')}
              </Button>
            </>
          )}
        </Group>
      </Modal>
    </>
  );
}

function Outcome({ answer }: { readonly answer: Extract<Answer<'keys.rotate'>, { ok: true }>['value'] }): ReactNode {
  const { t } = useWords();
  const { rotated, left } = answer;
  return (
    <div role="status">
      <p>{t('keys.new.done', { count: rotated })}</p>
      {left.length === 0 ? null : <p>{t('keys.new.left', { count: left.length })}</p>}
    </div>
  );
}
