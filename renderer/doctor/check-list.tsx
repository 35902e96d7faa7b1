/** What was looked at, how it is, and what to do. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { LongText } from '../look/long-text.js';
import { GroupMark, markOfCheck } from '../look/marks.js';
import type { Check } from '../stores/place.js';
import type { Key } from '../i18n/catalogues.js';
import { checkNames } from '../i18n/en/refusals.js';
import { usePlace } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import classes from './doctor.module.css';

const worstFirst = { stop: 0, warn: 1, ok: 2 } as const;

export function CheckList({ checks }: { readonly checks: readonly Check[] }): ReactNode {
  const { t, sentence } = useWords();
  const several = new Set(checks.flatMap(({ params }) => params['interface'] ?? [])).size > 1;
  return (
    <ul className={classes['checks']}>
      {checks
        .toSorted((a, b) => worstFirst[a.state] - worstFirst[b.state])
        .map((check) => (
          <li key={`${check.id} ${check.code} ${JSON.stringify(check.params)}`} data-state={check.state}>
            <GroupMark group={markOfCheck[check.state]} size={20} />
            <div className={classes['what']}>
              <strong>
                {nameOf(check.id, t)}
                {several && check.params['interface'] !== undefined ? ` (${check.params['interface']})` : ''}
              </strong>
              <span>
                <LongText text={sentence(check.code, check.params)} most={400} />
              </span>
              <RemedyOf check={check} />
            </div>
            <span className={classes['word']}>{t(`doctor.state.${check.state}`)}</span>
          </li>
        ))}
    </ul>
  );
}

/** What to do and how to take it back; a button where Benchtone can do it once the person agrees. */
function RemedyOf({ check }: { readonly check: Check }): ReactNode {
  const { t, sentence } = useWords();
  const repair = usePlace((state) => state.repair);
  const { remedy } = check;
  if (remedy === undefined) return null;
  const undo = remedy.act === undefined;
  return (
    <>
      {remedy.act === undefined ? null : <span>{sentence(remedy.act.code, remedy.act.params)}</span>}
      {remedy.undo === undefined ? null : <span className={classes['undo']}>{sentence(remedy.undo.code, remedy.undo.params)}</span>}
      {remedy.repair === undefined ? null : (
        <Button variant="default" size="xs" className={classes['repair'] ?? ''} onClick={() => void repair(check, undo)}>
          {t(undo ? 'doctor.undo' : 'doctor.repair')}
        </Button>
      )}
    </>
  );
}

function nameOf(id: string, t: (key: Key) => string): string {
  const key = `check.${id}`;
  return isCheck(key) ? t(key) : id;
}

function isCheck(key: string): key is keyof typeof checkNames {
  return Object.hasOwn(checkNames, key);
}
