/** Every tag of the template and what becomes of it; what was decided can be decided anew. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TemplateReading } from '../stores/template.js';
import { useTemplate } from '../stores/use-stores.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import { ProblemNote } from './problem-note.js';
import classes from './template.module.css';

type Tag = TemplateReading['tags'][number];

/** A phone's whole report has some thousand tags, a damaged file twenty thousand. */
const tagsShown = 2000;

export function TagTable({ tags }: { readonly tags: readonly Tag[] }): ReactNode {
  const { t } = useWords();
  const taken = tags.filter(({ status }) => status === 'taken').length;
  const empty = tags.filter(({ status }) => status === 'empty').length;
  const left = tags.filter(({ status }) => status === 'dropped' || status === 'overruled' || status === 'never').length;
  return (
    <section className={classes['part']} aria-label={t('template.all')}>
      <h3>{t('template.all')}</h3>
      <p>{t('template.all.text', { taken, empty, left })}</p>
      <div className={classes['frame']} tabIndex={0} role="group" aria-label={t('template.all')}>
        <table className={classes['tags']}>
          <thead>
            <tr>
              <th scope="col">{t('template.column.tag')}</th>
              <th scope="col">{t('template.column.value')}</th>
              <th scope="col">{t('template.column.becomes')}</th>
            </tr>
          </thead>
          <tbody>
            {tags.slice(0, tagsShown).map((tag, place) => (
              <TagRow key={`${place} ${tag.written}`} tag={tag} />
            ))}
          </tbody>
        </table>
        {tags.length > tagsShown ? <p>{t('draft.changed.more', { entries: tags.length - tagsShown })}</p> : null}
      </div>
    </section>
  );
}

function TagRow({ tag }: { readonly tag: Tag }): ReactNode {
  const { t } = useWords();
  const { decisions, decide } = useTemplate((state) => state);
  const { written, value, becomes, status, place, problems, line } = tag;
  const isDecided =
    decisions.drop.includes(written) ||
    decisions.keep.includes(written) ||
    Object.hasOwn(decisions.rename, written) ||
    Object.hasOwn(decisions.set, written);

  function undo(): void {
    const without = (texts: Readonly<Record<string, string>>): Record<string, string> =>
      Object.fromEntries(Object.entries(texts).filter(([key]) => key !== written));
    const others = (names: readonly string[]): string[] => names.filter((each) => each !== written);
    const { map, set, rename, drop, keep } = decisions;
    decide({ map, set: without(set), rename: without(rename), drop: others(drop), keep: others(keep) });
  }

  return (
    <tr data-status={status}>
      <td>
        <code>{harmless(tag.tag)}</code>
        {tag.tag === written ? null : (
          <>
            <br />
            <small>{harmless(written)}</small>
          </>
        )}
        {line === null ? null : (
          <>
            <br />
            <small>{t('template.line', { line })}</small>
          </>
        )}
      </td>
      <td>
        <code>{harmless(shortened(value, 300))}</code>
      </td>
      <td>
        {status === 'taken' ? <code>{harmless(shortened(becomes ?? '', 300))}</code> : <i>{t(`template.status.${status}`)}</i>}
        {status === 'taken' && place === 'handOff' ? <small> · {t('template.handOff')}</small> : null}
        {status === 'open' ? null : problems.map((problem) => <ProblemNote key={problem.code} problem={problem} isPlaced />)}
        {isDecided ? (
          <Button size="compact-xs" variant="subtle" onClick={undo}>
            {t('template.undo')}
          </Button>
        ) : null}
      </td>
    </tr>
  );
}
