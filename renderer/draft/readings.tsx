/** The same first lines, read in each way the bytes allow; the person says which looks right. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Key } from '../i18n/catalogues.js';
import type { Reading } from '../stores/draft.js';
import { useDraft } from '../stores/use-stores.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import classes from './draft.module.css';

const names: Readonly<Record<string, Key>> = {
  'windows-1252': 'draft.encoding.windows-1252',
  shift_jis: 'draft.encoding.shift_jis',
  'utf-8': 'draft.encoding.utf-8',
  'utf-16le': 'draft.encoding.utf-16',
  'utf-16be': 'draft.encoding.utf-16',
};

export function Readings({ readings }: { readonly readings: Reading['readings'] }): ReactNode {
  const { t, language } = useWords();
  const { encoding, takeEncoding } = useDraft((state) => state);
  return (
    <section className={classes['readings']} aria-labelledby="readings">
      <h3 id="readings">{t('draft.readings.title')}</h3>
      <p>{t('draft.readings.text')}</p>
      <div className={classes['pair']}>
        {inOrder(readings, language === 'ja' ? 'shift_jis' : 'windows-1252').map((reading) => {
          const key = names[reading.encoding.toLowerCase()];
          const name = key === undefined ? reading.encoding : t(key);
          const taken = encoding === reading.encoding;
          return (
            <div key={reading.encoding} className={classes['reading']} data-taken={taken}>
              <strong>{name}</strong>
              <pre tabIndex={0} role="group" aria-label={name}>
                {reading.lines.map((line) => harmless(shortened(line, 120))).join('\n')}
              </pre>
              <Button variant={taken ? 'filled' : 'default'} aria-pressed={taken} onClick={() => takeEncoding(reading.encoding)}>
                {t(taken ? 'draft.readings.taken' : 'draft.readings.take')}
              </Button>
            </div>
          );
        })}
      </div>
    </section>
  );
}

/** What the bytes make likelier first; else what people of this language write. */
function inOrder(readings: Reading['readings'], usual: string): Reading['readings'] {
  const weight = (each: Reading['readings'][number]): number => (each.doubtful ? 2 : 0) + (each.encoding === usual ? 0 : 1);
  return readings.toSorted((a, b) => weight(a) - weight(b));
}
