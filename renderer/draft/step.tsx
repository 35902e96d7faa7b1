/** One step of a new job: its number, or a mark when it is done. */
import type { ReactNode } from 'react';
import { GroupMark } from '../look/marks.js';
import { useWords } from '../words/use-words.js';
import classes from './draft.module.css';

export function Step(props: {
  readonly number: number;
  readonly title: string;
  readonly isDone: boolean;
  readonly lead?: string;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useWords();
  const id = `step-${props.number}`;
  return (
    <section className={classes['step']} aria-labelledby={id} data-done={props.isDone}>
      <h2 id={id} className={classes['stepTitle']}>
        <span className={classes['stepNumber']} aria-hidden="true">
          {props.isDone ? <GroupMark group="ready" size={26} /> : props.number}
        </span>
        {props.title}
        <span className="hidden-visually">({t(props.isDone ? 'draft.step.done' : 'draft.step.todo')})</span>
      </h2>
      <div className={classes['stepBody']}>
        {props.lead === undefined ? null : <p className={classes['lead']}>{props.lead}</p>}
        {props.children}
      </div>
    </section>
  );
}
