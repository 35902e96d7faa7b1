/** Tags that somebody has to decide about: unknown ones, misspelt ones, values the phones would drop. */
import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Decisions, TemplateReading } from '../stores/template.js';
import { useTemplate } from '../stores/use-stores.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import { ProblemNote } from './problem-note.js';
import classes from './template.module.css';

type Tag = TemplateReading['tags'][number];

/** Shown at a time; each that is decided makes room. */
const tagsShown = 100;

export function OpenTags({ reading: { tags } }: { readonly reading: TemplateReading }): ReactNode {
  const { t } = useWords();
  const open = tags.filter(({ status }) => status === 'open');
  if (open.length === 0) return null;
  return (
    <section className={classes['part']} data-open="true" aria-label={t('template.decide')}>
      <h3>{t('template.decide')}</h3>
      <ul className={classes['list']}>
        {open.slice(0, tagsShown).map((tag) => (
          <OpenTag key={`${tag.file} ${tag.written} ${tag.line}`} tag={tag} />
        ))}
      </ul>
      {open.length > tagsShown ? <p>{t('draft.changed.more', { entries: open.length - tagsShown })}</p> : null}
    </section>
  );
}

function OpenTag({ tag }: { readonly tag: Tag }): ReactNode {
  const { t } = useWords();
  const { decisions, decide } = useTemplate((state) => state);
  const { written, meant, problems, line, value, secret } = tag;
  const isUnknown = problems.some(({ code }) => code === 'import.unknown-tag' || code === 'import.wrong-case');
  const [text, setText] = useState(secret ? '' : (tag.becomes ?? ''));
  const say = (change: Partial<Decisions>): void => decide({ ...decisions, ...change });
  return (
    <li className={classes['item']} data-tag={written}>
      <div className={classes['what']}>
        <code>
          {harmless(written)} = {harmless(shortened(value, 120))}
        </code>
        <small>{line === null ? tag.file : t('template.line', { line })}</small>
      </div>
      <div className={classes['choices']}>
        {meant !== null && isUnknown ? (
          <Button size="compact-sm" onClick={() => say({ rename: { ...decisions.rename, [written]: meant } })}>
            {t('template.rename', { tag: meant })}
          </Button>
        ) : null}
        {isUnknown ? null : (
          <TextInput
            size="xs"
            w={230}
            aria-label={t('template.newValue', { tag: written })}
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
            onBlur={() => say({ set: { ...decisions.set, [written]: text } })}
            onKeyDown={({ key }) => {
              if (key === 'Enter') say({ set: { ...decisions.set, [written]: text } });
            }}
          />
        )}
        <Button size="compact-sm" variant="default" onClick={() => say({ drop: [...decisions.drop, written] })}>
          {t('template.dropTag')}
        </Button>
        {secret ? null : (
          <Button size="compact-sm" variant="subtle" onClick={() => say({ keep: [...decisions.keep, written] })}>
            {t('template.keepTag')}
          </Button>
        )}
      </div>
      {problems.map((problem) => (
        <ProblemNote key={problem.code} problem={problem} isPlaced />
      ))}
    </li>
  );
}
