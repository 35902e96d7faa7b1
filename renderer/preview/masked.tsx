/** A text in which what is masked stands out. */
import { Fragment, type ReactNode } from 'react';

const mask = '********'; // as the engine writes it

export function Masked({ text }: { readonly text: string }): ReactNode {
  return text.split(mask).map((part, index) => (
    <Fragment key={index}>
      {index === 0 ? null : <mark>{mask}</mark>}
      {part}
    </Fragment>
  ));
}
