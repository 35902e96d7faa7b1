/** A page that is read from top to bottom. */
import type { ReactNode } from 'react';
import classes from './page.module.css';

export function Page(props: {
  readonly title: string;
  readonly lead?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className={classes['page']}>
      <header className={classes['head']}>
        <div>
          <h1 className={classes['title']}>{props.title}</h1>
          {props.lead === undefined ? null : <p className={classes['lead']}>{props.lead}</p>}
        </div>
        {props.actions}
      </header>
      {props.children}
    </div>
  );
}
