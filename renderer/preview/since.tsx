/** What changed in a file since the phone was served it last, in a sentence. */
import type { ReactNode } from 'react';
import { GroupMark } from '../look/marks.js';
import { harmless } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import type { PreviewFile } from './file-table.js';
import classes from './preview.module.css';

export function Since({ file: { file, servedAt, parameters, gone } }: { readonly file: PreviewFile }): ReactNode {
  const { t, moment } = useWords();
  if (file === 'bootstrap') return null; // every phone gets the same
  if (servedAt === null) return <p className={classes['since']}>{t('preview.never')}</p>;
  const changed = parameters.filter(({ change }) => change === 'changed').length;
  const added = parameters.filter(({ change }) => change === 'new').length;
  const isSame = changed + added + gone.length === 0;
  return (
    <p className={classes['since']}>
      <GroupMark group={isSame ? 'ready' : 'hand'} size={18} />
      <span>
        {isSame
          ? t('preview.same', { time: moment(servedAt) })
          : t('preview.since', { time: moment(servedAt), changed, added, gone: gone.map(harmless).join(', ') })}
      </span>
    </p>
  );
}
