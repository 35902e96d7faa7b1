/** How files are served: how many at a time, and how much memory they may take. For whoever needs it; nobody has to. */
import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { CallError, Output } from '../../engine/contract/calls.js';
import { Trouble } from '../look/trouble.js';
import { useStores } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import classes from './settings.module.css';

type Limits = Output<'serving.read'>;
type Written = { readonly most: string; readonly memory: string };

/** The same bounds as in the contract. */
const mostCount = 10_000;
const mostMemory = 1_000_000;

export function ServingPanel(): ReactNode {
  const { t } = useWords();
  const { bench } = useStores();
  const [written, setWritten] = useState<Written | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  const [kept, setKept] = useState(false);

  useEffect(() => {
    let isCurrent = true;
    void bench.call('serving.read', {}).then((answer) => {
      if (!isCurrent) return;
      if (answer.ok) setWritten(asWritten(answer.value));
      else setError(answer.error);
    });
    return () => {
      isCurrent = false;
    };
  }, [bench]);

  if (error !== null) return <Trouble error={error} />;
  if (written === null) return null;
  const most = numberIn(written.most, 1, mostCount);
  const memory = numberIn(written.memory, 0, mostMemory);
  const sound = (written.most.trim() === '' || most !== null) && memory !== null;

  function change(part: Partial<Written>): void {
    setKept(false);
    setWritten((before) => (before === null ? null : { ...before, ...part }));
  }

  async function keep(): Promise<void> {
    if (memory === null) return;
    const answer = await bench.call('serving.write', { mostTransfers: most, fileMemory: memory });
    if (answer.ok) setKept(true);
    else setError(answer.error);
  }

  return (
    <section className={classes['panel']} aria-label={t('settings.serving')}>
      <h2 className={classes['heading']}>{t('settings.serving')}</h2>
      <TextInput
        label={t('settings.serving.most')}
        description={t('settings.serving.most.text')}
        placeholder={t('settings.serving.most.none')}
        inputMode="numeric"
        value={written.most}
        error={written.most.trim() === '' || most !== null ? null : t('settings.serving.number', { min: 1, max: mostCount })}
        onChange={({ currentTarget }) => change({ most: currentTarget.value })}
      />
      <TextInput
        mt="md"
        label={t('settings.serving.memory')}
        description={t('settings.serving.memory.text')}
        inputMode="numeric"
        value={written.memory}
        error={memory === null ? t('settings.serving.number', { min: 0, max: mostMemory }) : null}
        onChange={({ currentTarget }) => change({ memory: currentTarget.value })}
      />
      <div className={classes['keep']}>
        <Button disabled={!sound} onClick={() => void keep()}>
          {t('settings.serving.keep')}
        </Button>
        <span role="status">{kept ? t('settings.serving.kept') : ''}</span>
      </div>
    </section>
  );
}

function asWritten({ mostTransfers, fileMemory }: Limits): Written {
  return { most: mostTransfers === null ? '' : String(mostTransfers), memory: String(fileMemory) };
}

/** A whole number between two bounds; null for anything else. */
function numberIn(text: string, min: number, max: number): number | null {
  const number = /^\s*\d{1,7}\s*$/.test(text) ? Number(text) : Number.NaN;
  return number >= min && number <= max ? number : null;
}
