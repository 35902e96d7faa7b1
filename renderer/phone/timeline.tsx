/** Everything seen of a phone in words, the newest first. Only the lines in sight exist. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useMemo, useRef } from 'react';
import { LongText } from '../look/long-text.js';
import { useWords } from '../words/use-words.js';
import classes from './phone.module.css';
import type { Entries } from './phone-page.js';

const mostEntries = 2000; // as the contract gives them

export function Timeline({ timeline }: { readonly timeline: Entries | null }): ReactNode {
  const { t, code, time } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  // What happened before the start (somebody saw its passwords) was written down after it: the time decides.
  const entries = useMemo(() => timeline?.toSorted((a, b) => b.at.localeCompare(a.at) || b.seq - a.seq) ?? [], [timeline]);
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 40,
    getItemKey: (index) => entries[index]?.seq ?? index,
    overscan: 6,
  });
  return (
    <section aria-label={t('page.timeline')} className={classes['seen']}>
      <h3 className={classes['subtitle']}>
        {t('page.timeline')}
        <span className={classes['count']}>
          {entries.length >= mostEntries ? t('page.timeline.newest') : t('page.timeline.count', { count: entries.length })}
        </span>
      </h3>
      {timeline !== null && entries.length === 0 ? <p className={classes['none']}>{t('page.timeline.none')}</p> : null}
      <div
        className={classes['timeline']}
        ref={scroller}
        hidden={entries.length === 0}
        tabIndex={0}
        role="group"
        aria-label={t('page.timeline')}
      >
        <ol className={classes['entries']} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const entry = entries[index];
            return entry === undefined ? null : (
              <li
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                aria-setsize={entries.length}
                aria-posinset={index + 1}
                className={classes['entry']}
                style={{ transform: `translateY(${start}px)` }}
              >
                <span className={classes['at']}>{time(entry.at)}</span>
                <span>
                  <LongText text={code(entry.code, entry.params)} />
                </span>
              </li>
            );
          })}
        </ol>
      </div>
    </section>
  );
}
