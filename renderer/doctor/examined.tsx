/** The doctor's answer for the interface chosen, or that it is at work. */
import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { GroupMark } from '../look/marks.js';
import type { Check } from '../stores/place.js';
import { useWords } from '../words/use-words.js';
import { CheckList } from './check-list.js';
import classes from './doctor.module.css';

export function Examined({ checks }: { readonly checks: readonly Check[] | null }): ReactNode {
  const { t } = useWords();
  const worst = checks?.some(({ state }) => state === 'stop') ? 'stop' : checks?.some(({ state }) => state === 'warn') ? 'warn' : 'ok';
  const sum = { ok: 'doctor.allGood', warn: 'doctor.someWarn', stop: 'doctor.someStop' } as const;
  return (
    <>
      <div role="status">
        {checks === null ? (
          <span className={classes['busy']}>
            <Loader size="sm" />
            {t('doctor.busy')}
          </span>
        ) : (
          <p className={classes['sum']}>
            <GroupMark group={({ ok: 'ready', warn: 'hand', stop: 'failed' } as const)[worst]} size={24} />
            {t(sum[worst])}
          </p>
        )}
      </div>
      {checks === null || checks.length === 0 ? null : <CheckList checks={checks} />}
    </>
  );
}
