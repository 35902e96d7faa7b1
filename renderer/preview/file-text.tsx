/** A file as it is, before it is packed. */
import type { ReactNode } from 'react';
import type { PreviewFile } from './file-table.js';
import { Masked } from './masked.js';
import classes from './preview.module.css';

export function FileText({ file: { text }, label }: { readonly file: PreviewFile; readonly label: string }): ReactNode {
  return (
    <pre className={classes['text']} tabIndex={0} role="group" aria-label={label}>
      <Masked text={text} />
    </pre>
  );
}
