/** How the addresses to hand out are used: as a bar, and in words. */
import type { ReactNode } from 'react';
import type { Output } from '../../engine/contract/calls.js';
import { GroupMark } from '../look/marks.js';
import { useWords } from '../words/use-words.js';
import classes from './looking.module.css';

type Pool = NonNullable<Output<'dhcp.lookup'>['pool']>;

/** Below this share of free addresses somebody should know. */
const few = 0.1;

export function PoolBar({ pool }: { readonly pool: Pool }): ReactNode {
  const { t, number } = useWords();
  const parts = [
    { name: 'leased', group: 'ready', count: pool.leased },
    { name: 'checking', group: 'working', count: pool.checking },
    { name: 'setAside', group: 'hand', count: pool.setAside },
    { name: 'free', group: 'expected', count: Math.max(0, pool.free - pool.checking) },
  ] as const;
  const width = (count: number): number => (pool.size === 0 ? 0 : (100 * count) / pool.size);
  return (
    <section className={classes['pool']} aria-label={t('pool.title')}>
      <p className={classes['range']}>
        <strong>{t('pool.title')}</strong>{' '}
        <span className="fixed">
          {pool.first} – {pool.last}
        </span>{' '}
        <span className={classes['count']}>{t('pool.size', { count: pool.size })}</span>
      </p>
      <svg className={classes['bar']} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        {parts.map(({ name, group, count }, index) =>
          name === 'free' ? null : (
            <rect
              key={name}
              className={`state-${group}`}
              fill="currentColor"
              x={parts.slice(0, index).reduce((sum, part) => sum + width(part.count), 0)}
              width={width(count)}
              height="6"
            />
          ),
        )}
      </svg>
      <ul className={classes['legend']}>
        {parts.map(({ name, group, count }) => (
          <li key={name} data-pool={name}>
            <GroupMark group={group} />
            {t(`pool.${name}`)} <b>{number(count)}</b>
          </li>
        ))}
      </ul>
      {pool.size > 0 && pool.free < few * pool.size ? (
        <p className={classes['few']}>
          <GroupMark group="hand" size={18} />
          {t('pool.few')}
        </p>
      ) : null}
    </section>
  );
}
