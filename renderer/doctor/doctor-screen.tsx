/** Whether this computer can be a bench. */
import { Button, NativeSelect } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Icon } from '../look/icons.js';
import { Page } from '../look/page.js';
import { Trouble } from '../look/trouble.js';
import { usePlace } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import { Examined } from './examined.js';

export function DoctorScreen(): ReactNode {
  const { t, sentence } = useWords();
  const { interfaces, chosen, checks, error, load, choose, examine, repaired } = usePlace((state) => state);
  useEffect(() => void load(), [load]);
  return (
    <Page
      title={t('doctor.title')}
      lead={t('doctor.text')}
      actions={
        <Button
          variant="default"
          leftSection={<Icon name="again" size={17} />}
          loading={checks === null}
          onClick={() => void (interfaces === null ? load() : examine(true))}
        >
          {t('doctor.run')}
        </Button>
      }
    >
      {error === null ? null : <Trouble error={error} />}
      {interfaces === null || interfaces.length === 0 ? null : (
        <NativeSelect
          label={t('doctor.which')}
          maw={360}
          value={chosen === null ? '' : `${chosen.name} ${chosen.address}`}
          data={[
            { value: '', label: t('doctor.all') },
            ...interfaces.map(({ name, address }) => ({ value: `${name} ${address}`, label: `${name} (${address})` })),
          ]}
          onChange={({ currentTarget }) =>
            choose(interfaces.find(({ name, address }) => `${name} ${address}` === currentTarget.value) ?? null)
          }
        />
      )}
      {repaired === null ? null : <p role="alert">{sentence(repaired.code, repaired.params)}</p>}
      <Examined checks={checks} />
    </Page>
  );
}
