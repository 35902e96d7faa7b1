/** A text that may be as long as whoever sent it liked: cut, with a button for the rest. */
import { type ReactNode, useState } from 'react';
import { useWords } from '../words/use-words.js';
import { shortened } from '../words/foreign-text.js';
import classes from './long-text.module.css';

export function LongText({ text, most = 240 }: { readonly text: string; readonly most?: number }): ReactNode {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  if (text.length <= most) return <bdi className="foreign">{text}</bdi>;
  return (
    <>
      <bdi className="foreign">{open ? text : shortened(text, most)}</bdi>{' '}
      <button type="button" className={classes['more']} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? t('common.showLess') : t('common.showAll', { count: text.length })}
      </button>
    </>
  );
}
