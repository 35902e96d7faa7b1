/** What the bench had to say of itself: an interlock that took effect, say. The newest is read out. */
import type { ReactNode } from 'react';
import type { BenchState } from '../../engine/contract/calls.js';
import { LongText } from '../look/long-text.js';
import { GroupMark } from '../look/marks.js';
import { useWords } from '../words/use-words.js';
import classes from './notices.module.css';

type Notice = BenchState['notices'][number];

/** Why the own DHCP server was stopped. */
export const tellsOfStop = ({ code }: Notice): boolean => code === 'dhcp.foreign';
/** What the interface lacks. */
export const tellsOfLink = ({ code }: Notice): boolean => code.startsWith('link.no-');

/** Notices but those that stand above everything while they hold. */
export function others({ notices, dhcp, link }: BenchState): readonly Notice[] {
  return notices.filter((notice) => !(dhcp === 'stopped' && tellsOfStop(notice)) && !(link === 'gone' && tellsOfLink(notice)));
}

export function Notices({ notices }: { readonly notices: readonly Notice[] }): ReactNode {
  const { t, sentence, time } = useWords();
  const newest = notices.toReversed();
  if (newest.length === 0) return null;
  return (
    <section className={classes['notices']} aria-label={t('board.notices')} role="log">
      {newest.slice(0, 3).map((notice) => (
        <div key={`${notice.at}${notice.code}`} className={classes['notice']}>
          <GroupMark group="hand" size={18} />
          <span className={classes['at']}>{time(notice.at)}</span>
          <span>
            <LongText text={sentence(notice.code, notice.params)} />
          </span>
        </div>
      ))}
    </section>
  );
}
