/** What was read, and what has to be mended before it can be served. */
import { Checkbox, Loader, SegmentedControl } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { GroupMark } from '../look/marks.js';
import type { Reading } from '../stores/draft.js';
import { useDraft } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import classes from './draft.module.css';
import { ColumnsTable } from './columns-table.js';
import { filterLines, lacksKnown, type Line, linesOf, type Shown, wholeProblems } from './lines.js';
import { Preview } from './preview.js';
import { ProblemLine } from './problem-line.js';
import { Readings } from './readings.js';
import { RowsTable } from './rows-table.js';
import { SecondList } from './second-list.js';

export function RowsStep(): ReactNode {
  const { t } = useWords();
  const { reading, busy, csv } = useDraft((state) => state);
  return (
    <>
      <div role="status">
        {busy ? (
          <span className={classes['sum']}>
            <Loader size="sm" /> {t('draft.rows.busy')}
          </span>
        ) : reading === null && csv === null ? (
          <p className={classes['lead']}>{t('draft.rows.wait')}</p>
        ) : null}
      </div>
      {reading === null ? null : <Read reading={reading} />}
    </>
  );
}

function Read({ reading }: { readonly reading: Reading }): ReactNode {
  const { t, number } = useWords();
  const { skipBad, setSkipBad, encoding } = useDraft((state) => state);
  const [shown, setShown] = useState<Shown>('all');
  const [previewed, setPreviewed] = useState<Line | null>(null);
  const lines = useMemo(() => linesOf(reading), [reading]);
  const whole = useMemo(() => wholeProblems(reading), [reading]);
  const errors = filterLines(lines, 'errors').length;
  const warnings = filterLines(lines, 'warnings').length;
  const filtered = useMemo(() => filterLines(lines, shown), [lines, shown]);
  const filters = [
    { value: 'all', label: `${t('draft.filter.all')} ${number(lines.length)}` },
    { value: 'errors', label: `${t('draft.filter.errors')} ${number(errors)}` },
    { value: 'warnings', label: `${t('draft.filter.warnings')} ${number(warnings)}` },
  ];

  // Until the person has said which reading is right there is nothing else to say.
  if (reading.readings.length > 0 && encoding === null) return <Readings readings={reading.readings} />;
  return (
    <>
      {reading.readings.length > 0 ? <Readings readings={reading.readings} /> : null}
      <div className={classes['sum']} role="status">
        <span>{t('draft.rows.sum', { rows: reading.rows.length })}</span>
        {errors + whole.filter(({ severity }) => severity === 'error').length === 0 ? (
          <span>
            <GroupMark group="ready" />
            {t('draft.rows.good')}
          </span>
        ) : null}
      </div>
      {reading.fatal ? null : <SecondList reading={reading} />}
      <ColumnsTable columns={reading.columns} wanted={lacksKnown(reading)} />
      {reading.fatal ? (
        <p className={classes['against']}>
          <GroupMark group="failed" size={18} />
          {t('draft.rows.fatal')}
        </p>
      ) : null}
      {whole.length === 0 ? null : (
        <section className={classes['whole']} aria-label={t('draft.whole')}>
          <h3>{t('draft.whole')}</h3>
          {whole.map((problem) => (
            <ProblemLine key={`${problem.code} ${problem.line} ${problem.column} ${JSON.stringify(problem.params)}`} problem={problem} />
          ))}
        </section>
      )}
      {lines.length === 0 ? null : (
        <>
          {errors + warnings === 0 ? null : (
            <SegmentedControl
              aria-label={t('draft.filter')}
              value={shown}
              data={filters}
              onChange={(value) => setShown(value === 'errors' || value === 'warnings' ? value : 'all')}
            />
          )}
          <RowsTable lines={filtered} onPreview={setPreviewed} />
        </>
      )}
      {reading.badLines.length === 0 || reading.fatal ? null : (
        <Checkbox
          checked={skipBad}
          label={t('draft.skipBad', { count: reading.badLines.length })}
          onChange={({ currentTarget }) => setSkipBad(currentTarget.checked)}
        />
      )}
      <Preview draft={reading.draft} line={previewed} onClose={() => setPreviewed(null)} />
    </>
  );
}
