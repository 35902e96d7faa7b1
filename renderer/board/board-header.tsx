/** Which job, on which interface, and what can be done with it. */
import type { ReactNode } from 'react';
import { harmless, shortened } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import classes from './board-header.module.css';

export function VirtualBadge(): ReactNode {
  const { t } = useWords();
  return <span className={classes['virtual']}>{t('virtual.badge')}</span>;
}

export function BoardHeader(props: {
  readonly name: string;
  readonly virtual: boolean;
  readonly facts: readonly string[];
  readonly state: 'starting' | 'running' | 'stopping' | 'stopped';
  readonly actions: ReactNode;
}): ReactNode {
  const { t } = useWords();
  return (
    <header className={classes['header']}>
      <div className={classes['what']}>
        <h1 className={classes['title']}>
          <bdi>{harmless(shortened(props.name, 120))}</bdi>
          {props.virtual ? <VirtualBadge /> : null}
        </h1>
        <p className={classes['facts']}>
          <span className={classes['state']} data-state={props.state}>
            <i aria-hidden="true" />
            {t(`board.${props.state}`)}
          </span>
          {props.facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
      </div>
      <div className={classes['actions']}>{props.actions}</div>
    </header>
  );
}
