/** One problem in words: where, what, and what may have been meant. */
import type { ReactNode } from 'react';
import { LongText } from '../look/long-text.js';
import { GroupMark, markOfSeverity } from '../look/marks.js';
import { harmless } from '../words/foreign-text.js';
import { isMac, spellMac } from '../words/spelled.js';
import { useWords } from '../words/use-words.js';
import classes from './draft.module.css';
import type { Problem } from './lines.js';

export function ProblemLine({ problem }: { readonly problem: Problem }): ReactNode {
  const { t, sentence } = useWords();
  const { severity, column, suggestion, params, line } = problem;
  const inRecipe = params['file'] === 'recipe' && line !== null;
  return (
    <div className={classes['problem']} data-severity={severity}>
      <GroupMark group={markOfSeverity[severity]} />
      <span>
        <span className="hidden-visually">{t(`draft.severity.${severity}`)}: </span>
        {inRecipe ? <b>{t('draft.recipeLine', { line })} </b> : null}
        {column === null ? null : <code className={classes['column']}>{harmless(column)}</code>}{' '}
        <LongText text={sentence(problem.code, params)} />
        {suggestion === null ? null : (
          <b className={classes['meant']}>
            {t('draft.meant', { suggestion: isMac(suggestion) ? spellMac(suggestion) : harmless(suggestion) })}
          </b>
        )}
      </span>
    </div>
  );
}
