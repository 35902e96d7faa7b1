/** Every phone, as a grid: only the rows in sight exist, and the arrow keys move through all of them. */
import { type SortingState, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useCallback, useId, useRef, useState } from 'react';
import type { DeviceRow } from '../../engine/contract/calls.js';
import { Icon } from '../look/icons.js';
import { useWords } from '../words/use-words.js';
import { boardColumns, boardFeatures, columnIds } from './columns.js';
import { PhoneRow } from './phone-row.js';
import classes from './phone-table.module.css';

const rowHeight = 50; // px, as in the style sheet
const keyOfDevice = (device: DeviceRow): string => device.mac;

export function PhoneTable(props: {
  readonly devices: readonly DeviceRow[];
  readonly onOpen: (mac: string) => void;
  /** Shown in place of rows. */
  readonly nothing: ReactNode;
}): ReactNode {
  const { devices, onOpen } = props;
  const words = useWords();
  const grid = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(-1);
  const [sorting, setSorting] = useState<SortingState>([{ id: 'slot', desc: false }]);
  const table = useTable({
    features: boardFeatures,
    columns: boardColumns,
    data: devices,
    getRowId: keyOfDevice,
    state: { sorting },
    onSortingChange: setSorting,
    enableSortingRemoval: false,
  });
  const { rows } = table.getRowModel();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 4,
  });
  const open = useCallback(
    (mac: string, index: number) => {
      setActive(index);
      onOpen(mac);
    },
    [onOpen],
  );

  const current = Math.min(active, rows.length - 1);
  const items = virtual.getVirtualItems();
  const isShown = items.some(({ index }) => index === current);

  function move(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: rows.length - 1,
    };
    const step = steps[event.key];
    const device = rows[current]?.original;
    if (event.key === 'Enter' && device !== undefined) onOpen(device.mac);
    if (step === undefined || rows.length === 0) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(rows.length - 1, step));
    setActive(next);
    virtual.scrollToIndex(next);
  }

  return (
    <div className={classes['frame']} ref={scroller}>
      <div
        role="grid"
        className={classes['grid']}
        tabIndex={0}
        aria-label={words.t('board.table')}
        aria-describedby={`${grid}-keys`}
        aria-rowcount={rows.length + 1}
        aria-colcount={columnIds.length}
        {...(isShown ? { 'aria-activedescendant': `${grid}-${current}` } : {})}
        onKeyDown={move}
        onFocus={(event) => {
          if (event.target === event.currentTarget && current < 0 && rows.length > 0) setActive(0);
        }}
      >
        <span id={`${grid}-keys`} className="hidden-visually">
          {words.t('board.keys')}
        </span>
        <div role="rowgroup" className={classes['head']}>
          <div role="row" aria-rowindex={1} className={classes['headRow']}>
            {columnIds.map((id) => {
              const sorted = sorting.find((each) => each.id === id);
              return (
                <div
                  key={id}
                  role="columnheader"
                  aria-sort={sorted === undefined ? 'none' : sorted.desc ? 'descending' : 'ascending'}
                  data-column={id}
                >
                  <button
                    type="button"
                    className={classes['sort']}
                    title={
                      (id === 'slot' ? `${words.t('board.slot.means')}. ` : '') +
                      words.t('board.sort', { column: words.t(`board.column.${id}`) })
                    }
                    onClick={() => setSorting([{ id, desc: sorted !== undefined && !sorted.desc }])}
                  >
                    {words.t(`board.column.${id}`)}
                    {sorted === undefined ? null : <Icon name={sorted.desc ? 'down' : 'up'} size={13} />}
                  </button>
                </div>
              );
            })}
          </div>
        </div>
        <div role="rowgroup" className={classes['body']} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <PhoneRow
                key={row.id}
                id={`${grid}-${index}`}
                device={row.original}
                index={index}
                top={start}
                active={index === current}
                words={words}
                onOpen={open}
              />
            );
          })}
        </div>
      </div>
      {rows.length === 0 ? <div className={classes['nothing']}>{props.nothing}</div> : null}
    </div>
  );
}
