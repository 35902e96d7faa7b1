/** Leases as a table; a phone of the job opens its page. */
import { memo, type ReactNode } from 'react';
import type { Output } from '../../engine/contract/calls.js';
import type { Group } from '../board/groups.js';
import { GroupMark } from '../look/marks.js';
import { useBoard, useRoute } from '../stores/use-stores.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { spellMac } from '../words/spelled.js';
import { useWords } from '../words/use-words.js';
import classes from './looking.module.css';

type Lease = Output<'dhcp.lookup'>['leases'][number];

const marks: Readonly<Record<Lease['state'], Group>> = {
  active: 'ready',
  offered: 'working',
  lapsed: 'expected',
  declined: 'hand',
  conflict: 'failed',
};

export function LeaseTable({ leases }: { readonly leases: readonly Lease[] }): ReactNode {
  const { t } = useWords();
  return (
    <div className={classes['frame']} role="region" aria-label={t('addresses.title')} tabIndex={0}>
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">{t('board.column.address')}</th>
            <th scope="col">{t('addresses.state')}</th>
            <th scope="col">{t('board.column.name')}</th>
            <th scope="col">{t('board.column.mac')}</th>
            <th scope="col">{t('board.column.model')}</th>
            <th scope="col">{t('addresses.until')}</th>
          </tr>
        </thead>
        <tbody>
          {leases.map((lease) => (
            <Row key={`${lease.address} ${lease.mac}`} lease={lease} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = { readonly lease: Lease };

const Row = memo(
  function Row({ lease }: RowProps): ReactNode {
    const { t, time } = useWords();
    const { mac, address, state, until, name, model } = lease;
    const openPhone = useRoute((route) => route.openPhone);
    const job = useBoard((board) => (board.devices.has(mac) ? (board.bench?.job.id ?? null) : null));
    const shown = name === null ? t('page.unnamed') : harmless(shortened(name, 80));
    return (
      <tr data-lease={state}>
        <th scope="row" className="fixed">
          {harmless(address)}
        </th>
        <td className={classes['state']}>
          <span>
            <GroupMark group={marks[state]} />
            {t(`lease.${state}`)}
          </span>
        </td>
        <td>
          {job === null ? (
            <span className={classes['unlisted']}>{name === null ? '–' : <bdi>{shown}</bdi>}</span>
          ) : (
            <button type="button" className={classes['open']} onClick={() => openPhone(job, mac)}>
              <bdi>{shown}</bdi>
            </button>
          )}
        </td>
        <td className="fixed">{spellMac(mac)}</td>
        <td>{model === null ? '–' : harmless(shortened(model, 24))}</td>
        <td className={classes['when']}>{until === null ? '–' : time(until)}</td>
      </tr>
    );
  },
  (before, after) => JSON.stringify(before.lease) === JSON.stringify(after.lease),
);
