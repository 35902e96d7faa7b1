/** A board: of the bench that runs, or of a job that is only looked at. */
import { Button, TextInput } from '@mantine/core';
import { memo, type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import type { BenchState, DeviceRow } from '../../engine/contract/calls.js';
import { Icon } from '../look/icons.js';
import { useMediaQuery } from '@mantine/hooks';
import type { Counts } from '../stores/board.js';
import { useRoute } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import classes from './board-view.module.css';
import { Counters } from './counters.js';
import { countGroups, type Group, groupOf, matches, needingHand } from './groups.js';
import { HandPanel } from './hand-panel.js';
import { Notices } from './notices.js';
import { PhoneTable } from './phone-table.js';

export function BoardView(props: {
  readonly job: string;
  readonly devices: readonly DeviceRow[];
  readonly counts: Counts;
  readonly notices: readonly BenchState['notices'][number][];
  readonly header: ReactNode;
  readonly stopped: boolean;
}): ReactNode {
  const { job, devices, counts, notices, header, stopped } = props;
  const { t } = useWords();
  const openPhone = useRoute((state) => state.openPhone);
  const wide = useMediaQuery('(min-width: 1700px)') ?? false;
  const low = useMediaQuery('(max-height: 760px)') ?? false;
  const [chosen, setChosen] = useState<Group | null>(null);
  const [search, setSearch] = useState('');
  const sought = useDeferredValue(search);

  const heaps = useMemo(() => countGroups(devices, counts), [devices, counts]);
  const waiting = useMemo(() => needingHand(devices), [devices]);
  const shown = useMemo(
    () => devices.filter((device) => (chosen === null || groupOf(device) === chosen) && matches(device, sought)),
    [devices, chosen, sought],
  );
  const open = useMemo(() => (mac: string) => openPhone(job, mac), [openPhone, job]);
  const isFiltered = chosen !== null || search !== '';
  const clear = (): void => {
    setChosen(null);
    setSearch('');
  };

  return (
    <div className={classes['board']} data-wide={wide}>
      {header}
      <Counters counts={heaps} stopped={stopped} chosen={chosen} onChoose={setChosen} />
      <Notices notices={notices} />
      <div className={classes['work']}>
        {wide || waiting.length > 0 ? (
          <div className={classes['hand']}>
            <HandPanel devices={waiting} most={wide ? 30 : low ? 2 : 3} onOpen={open} />
          </div>
        ) : null}
        <div className={classes['phones']}>
          <div className={classes['tools']}>
            <Search value={search} onChange={setSearch} />
            <span className={classes['shown']} role="status">
              {t('board.shown', { shown: shown.length, all: devices.length })}
            </span>
            {isFiltered ? (
              <Button variant="default" onClick={clear}>
                {t('board.clear')}
              </Button>
            ) : null}
          </div>
          <PhoneTable devices={shown} onOpen={open} nothing={t(isFiltered ? 'board.nothing' : 'board.waiting')} />
          {heaps.unbound > 0 ? <p className={classes['shown']}>{t('board.unbound', { count: heaps.unbound })}</p> : null}
        </div>
      </div>
    </div>
  );
}

const Search = memo(function Search(props: { readonly value: string; readonly onChange: (value: string) => void }): ReactNode {
  const { t } = useWords();
  return (
    <TextInput
      className={classes['search'] ?? ''}
      type="search"
      leftSection={<Icon name="search" size={17} />}
      placeholder={t('board.search')}
      aria-label={t('board.search')}
      value={props.value}
      onChange={({ currentTarget }) => props.onChange(currentTarget.value)}
    />
  );
});
