/** How busy the bench is, and how long it will take: one quiet line, so that nothing moves when it changes. */
import { type ReactNode, useState } from 'react';
import type { Load } from '../../engine/contract/calls.js';
import { useBoard } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import type { Words } from '../words/words.js';
import classes from './load-line.module.css';

export function LoadLine(): ReactNode {
  const words = useWords();
  const { t } = words;
  const load = useBoard((state) => state.load);
  const isRunning = useBoard((state) => state.bench?.state === 'running');
  const [explained, setExplained] = useState(false);
  if (!isRunning || load === null) return null;
  const { transfers, waiting, unfinished, suggestRandomDelay } = load;
  return (
    <div className={classes['load']}>
      <p className={classes['line']}>
        {unfinished === 0 ? (
          <span>{t('load.done')}</span>
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
      {explained && suggestRandomDelay !== null ? (
        <p className={classes['why']}>
          {t('load.suggest.text')} <code className="fixed">Resync_Random_Delay: {suggestRandomDelay}</code>
        </p>
      ) : null}
    </div>
  );
}

/** In words, and no more exact than anybody can know. */
function timeLeft({ secondsLeft }: Load, { t }: Words): string {
  if (secondsLeft === null) return t('load.left.unknown');
  if (secondsLeft <= 45) return t('load.left.soon');
  const minutes = Math.max(1, Math.round(secondsLeft / 60));
  return minutes < 90 ? t('load.left.minutes', { minutes }) : t('load.left.hours', { hours: Math.round(minutes / 60) });
}
