/** A refusal in words, where it happened. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CallError } from '../../engine/contract/calls.js';
import { useWords } from '../words/use-words.js';
import { LongText } from './long-text.js';
import { GroupMark } from './marks.js';
import classes from './trouble.module.css';

export function Trouble(props: { readonly error: CallError; readonly title?: string; readonly onRetry?: () => void }): ReactNode {
  const { t, sentence } = useWords();
  return (
    <div className={classes['trouble']} role="alert">
      <GroupMark group="failed" size={20} />
      <div className={classes['text']}>
        <strong>{props.title ?? t('error.title')}</strong>
        <div>
          <LongText text={sentence(props.error.code, props.error.params)} />
        </div>
      </div>
      {props.onRetry === undefined ? null : (
        <Button variant="default" size="xs" onClick={props.onRetry}>
          {t('common.retry')}
        </Button>
      )}
    </div>
  );
}
