/** The lines of the list with their problems; only those in sight exist. */
import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';
import { Icon } from '../look/icons.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { spellMac } from '../words/spelled.js';
import { useWords } from '../words/use-words.js';
import classes from './rows-table.module.css';
import type { Line } from './lines.js';
import { ProblemLine } from './problem-line.js';

/** Of one line; the rest is counted. */
const problemsShown = 40;

export function RowsTable(props: { readonly lines: readonly Line[]; readonly onPreview: (line: Line) => void }): ReactNode {
  const { lines, onPreview } = props;
  const { t } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => 44 + 30 * Math.min(lines[index]?.problems.length ?? 0, problemsShown),
    getItemKey: (index) => lines[index]?.line ?? index,
    overscan: 6,
  });
  return (
    <div className={classes['frame']} ref={scroller} tabIndex={0} role="group" aria-label={t('draft.table')}>
      <div role="table" aria-label={t('draft.table')} aria-rowcount={lines.length + 1} className={classes['table']}>
        <div role="rowgroup" className={classes['head']}>
          <div role="row" aria-rowindex={1} className={classes['cells']}>
            <span role="columnheader">{t('draft.line')}</span>
            <span role="columnheader">{t('board.column.name')}</span>
            <span role="columnheader">{t('board.column.mac')}</span>
            <span role="columnheader">{t('board.column.model')}</span>
            <span role="columnheader">
              <span className="hidden-visually">{t('draft.preview')}</span>
            </span>
          </div>
        </div>
        <div role="rowgroup" className={classes['body']} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const line = lines[index];
            return line === undefined ? null : (
              <div
                key={key}
                role="row"
                aria-rowindex={index + 2}
                ref={virtual.measureElement}
                data-index={index}
                data-worst={line.worst}
                className={classes['row']}
                style={{ transform: `translateY(${start}px)` }}
              >
                <LineCells line={line} onPreview={onPreview} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function LineCells({ line, onPreview }: { readonly line: Line; readonly onPreview: (line: Line) => void }): ReactNode {
  const { t } = useWords();
  const { row } = line;
  return (
    <div className={classes['cells']} role="presentation">
      <span role="cell" className="digits">
        {line.line}
      </span>
      <span role="cell" className={classes['name']}>
        {row === null ? (
          <i>{t(line.line === 1 ? 'draft.headings' : 'draft.unread')}</i>
        ) : (
          <>
            <bdi>{row.name === null ? '–' : harmless(shortened(row.name, 80))}</bdi>{' '}
            {row.extension === null ? null : <small>{harmless(shortened(row.extension, 24))}</small>}
          </>
        )}
      </span>
      <span role="cell" className={row?.mac === null && row.macText === null ? classes['later'] : 'fixed'}>
        {row === null ? (
          '–'
        ) : row.mac !== null ? (
          spellMac(row.mac)
        ) : row.macText === null ? (
          t('draft.noMac')
        ) : (
          <bdi>{harmless(shortened(row.macText, 40))}</bdi>
        )}
      </span>
      <span role="cell">{row === null || row.model === '' ? '–' : harmless(shortened(row.model, 24))}</span>
      <span role="cell" className={classes['action']}>
        {row === null || line.worst === 'error' ? null : (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<Icon name="eye" size={15} />}
            aria-label={t('draft.preview.of', { line: line.line })}
            onClick={() => onPreview(line)}
          >
            {t('draft.preview')}
          </Button>
        )}
      </span>
      {line.problems.length === 0 ? null : (
        <div role="cell" aria-colspan={5} className={classes['problems']}>
          {line.problems.slice(0, problemsShown).map((problem) => (
            <ProblemLine key={`${problem.code} ${problem.column} ${JSON.stringify(problem.params)}`} problem={problem} />
          ))}
          {line.problems.length > problemsShown ? (
            <p>{t('draft.changed.more', { entries: line.problems.length - problemsShown })}</p>
          ) : null}
        </div>
      )}
    </div>
  );
}
