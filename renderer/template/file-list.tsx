/** The files of a template: which of them is meant. One by itself needs no question. */
import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Output } from '../../engine/contract/calls.js';
import { useTemplate } from '../stores/use-stores.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import classes from './template.module.css';

type File = Output<'template.open'>['files'][number];

export function FileList({ files }: { readonly files: readonly File[] }): ReactNode {
  const { t, code, bytes } = useWords();
  const { chosen, choose } = useTemplate((state) => state);
  const [only] = files;
  if (files.length === 1 && only !== undefined && only.refused === null && only.tags !== null) return null;
  // Profiles first: a kit is full of other things.
  const sorted = files.toSorted((a, b) => Number(b.tags !== null) - Number(a.tags !== null));

  function toggle(name: string): void {
    choose(chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name]);
  }

  return (
    <section className={classes['part']} data-open={chosen.length === 0} aria-label={t('template.files')}>
      <h3>{t('template.files')}</h3>
      <p>{t('template.files.text')}</p>
      <ul className={classes['list']}>
        {sorted.map(({ name, size, tags, refused }) => (
          <li key={name}>
            <Checkbox
              checked={chosen.includes(name)}
              disabled={refused !== null || tags === null}
              label={<bdi className="foreign">{harmless(shortened(name, 160))}</bdi>}
              description={[
                bytes(size),
                refused === null
                  ? tags === null
                    ? code('import.unknown-form', {})
                    : t('template.file.tags', { count: tags })
                  : code(refused, {}),
              ].join(' · ')}
              onChange={() => toggle(name)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
