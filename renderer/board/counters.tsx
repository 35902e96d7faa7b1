/** How many phones lie on each heap, to be read from five metres; each is a filter. */
import type { ReactNode } from 'react';
import { GroupMark } from '../look/marks.js';
import { useWords } from '../words/use-words.js';
import classes from './counters.module.css';
import type { Group, GroupCounts } from './groups.js';

const shown = ['ready', 'working', 'hand', 'failed', 'expected'] as const;

export function Counters(props: {
  readonly counts: GroupCounts;
  /** Nothing is being prepared now: those at work are then those not finished. */
  readonly stopped: boolean;
  readonly chosen: Group | null;
  readonly onChoose: (group: Group | null) => void;
}): ReactNode {
  const { t, number } = useWords();
  const { counts, stopped, chosen, onChoose } = props;
  const heaps = counts.unlisted > 0 ? [...shown, 'unlisted' as const] : shown;
  return (
    <div className={classes['counters']} role="group" aria-label={t('board.counters')}>
      {heaps.map((group) => (
        <button
          key={group}
          type="button"
          className={classes['counter']}
          data-group={group}
          data-none={counts[group] === 0}
          aria-pressed={chosen === group}
          onClick={() => onChoose(chosen === group ? null : group)}
        >
          <span className={classes['number']} data-counter={group}>
            {number(counts[group])}
          </span>
          <span className={classes['label']}>
            <GroupMark group={group} size={20} />
            {t(stopped && group === 'working' ? 'board.group.unfinished' : `board.group.${group}`)}
          </span>
          {group === 'ready' ? <span className={classes['of']}>{t('board.of', { devices: counts.all })}</span> : null}
        </button>
      ))}
    </div>
  );
}
