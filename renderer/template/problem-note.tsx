/** One thing that is amiss in a template, in words. */
import type { ReactNode } from 'react';
import { LongText } from '../look/long-text.js';
import { GroupMark, markOfSeverity } from '../look/marks.js';
import type { TemplateReading } from '../stores/template.js';
import { harmless } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import classes from './template.module.css';

export function ProblemNote(props: { readonly problem: TemplateReading['problems'][number]; readonly isPlaced?: boolean }): ReactNode {
  const { t, sentence } = useWords();
  const { severity, code, params, line, column } = props.problem;
  const place = [params['name'], line === null ? undefined : t('template.line', { line }), column ?? undefined];
  return (
    <div className={classes['note']}>
      <GroupMark group={markOfSeverity[severity]} />
      <span>
        <span className="hidden-visually">{t(`draft.severity.${severity}`)}: </span>
        {props.isPlaced === true ? null : <b>{harmless(place.filter((part) => part !== undefined).join(' · '))} </b>}
        <LongText text={sentence(code, params)} />
      </span>
    </div>
  );
}
