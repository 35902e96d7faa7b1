/** How busy the bench is, and how long it will take: one quiet line, so that nothing moves when it changes. */
import { type ReactNode, useState } from 'react';
import type { Load } from '../../engine/contract/calls.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { spellMac } from '../words/spelled.js';
import { useBoard } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import type { Words } from '../words/words.js';
import classes from './load-line.module.css';

export function LoadLine(): ReactNode {
  const words = useWords();
  const { t } = words;
  const load = useBoard((state) => state.load);
  const { devices: known, pass, pending } = useBoard((state) => state.counts);
  const isRunning = useBoard((state) => state.bench?.state === 'running');
  const [explained, setExplained] = useState(false);
  if (!isRunning || load === null) return null;
  const { transfers, waiting, queue, unfinished, suggestRandomDelay } = load;
  return (
    <div className={classes['load']}>
      <p className={classes['line']}>
        {unfinished === 0 ? (
          <span>{t(known === 0 || pending > 0 ? 'load.idle' : pass < known ? 'load.over' : 'load.done')}</span>
        ) : (
          <>
            <span data-load="left">{timeLeft(load, words)}</span>
            <span>{t('load.unfinished', { count: unfinished })}</span>
          </>
        )}
        {transfers === 0 && waiting === 0 ? null : (
          <span>{t(waiting === 0 ? 'load.transfers' : 'load.transfers.waiting', { transfers, waiting })}</span>
        )}
        {suggestRandomDelay === null ? null : (
          <button
            type="button"
            data-load="hint"
            className={classes['hint']}
            aria-expanded={explained}
            onClick={() => setExplained(!explained)}
          >
            {t('load.suggest')}
          </button>
        )}
      </p>
      {queue.length === 0 ? null : <Queue waiting={waiting} queue={queue} />}
      {explained && suggestRandomDelay !== null ? (
        <p className={classes['why']}>
          {t('load.suggest.text')} <code className="fixed">Resync_Random_Delay: {suggestRandomDelay}</code>
        </p>
      ) : null}
    </div>
  );
}

/** Names shown; who they are tells more than how many. */
const mostNames = 5;

/** Whose turn is next. */
function Queue({ waiting, queue }: Pick<Load, 'waiting' | 'queue'>): ReactNode {
  const { t, language } = useWords();
  const devices = useBoard((state) => state.devices);
  const shown = queue.slice(0, mostNames).map(({ address, mac }) => {
    const name = mac === null ? null : (devices.get(mac)?.name ?? spellMac(mac));
    return name === null || name === '' ? address : harmless(shortened(name, 40));
  });
  const more = waiting - shown.length;
  return (
    <p className={classes['queue']} data-load="queue">
      {t('load.queue', { names: shown.join(language === 'ja' ? '、' : ', '), ...(more > 0 ? { more } : {}) })}
    </p>
  );
}

/** In words, and no more exact than anybody can know. */
function timeLeft({ secondsLeft }: Load, { t }: Words): string {
  if (secondsLeft === null) return t('load.left.unknown');
  if (secondsLeft <= 45) return t('load.left.soon');
  const minutes = Math.max(1, Math.round(secondsLeft / 60));
  return minutes < 90 ? t('load.left.minutes', { minutes }) : t('load.left.hours', { hours: Math.round(minutes / 60) });
}
