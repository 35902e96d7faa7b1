/** One phone on the board. */
import { memo, type ReactNode } from 'react';
import type { DeviceRow } from '../../engine/contract/calls.js';
import { evidenceNames } from '../../engine/contract/evidence.js';
import { GroupMark } from '../look/marks.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { spellMac } from '../words/spelled.js';
import type { Words } from '../words/words.js';
import { groupOf, proofsOf } from './groups.js';
import classes from './phone-table.module.css';

export type PhoneRowProps = {
  readonly device: DeviceRow;
  readonly id: string;
  /** Its place among all rows, from 0. */
  readonly index: number;
  readonly top: number;
  readonly active: boolean;
  readonly words: Words;
  readonly onOpen: (mac: string, index: number) => void;
};

const verdictGroup = { pass: 'ready', fail: 'failed', unverified: 'hand', pending: 'expected' } as const;

export const PhoneRow = memo(function PhoneRow({ device, id, index, top, active, words, onOpen }: PhoneRowProps): ReactNode {
  const group = groupOf(device);
  // Of a phone that is ready something may still be to be said, which weighs more than its last word.
  const last = device.verdict === 'pass' ? (device.problem ?? device.lastWords) : device.lastWords;
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={index + 2}
      aria-selected={active}
      className={classes['row']}
      data-group={group}
      data-mac={device.mac}
      data-state={device.state}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onOpen(device.mac, index)}
    >
      <div role="gridcell" className={classes['slot']}>
        {device.slot ?? '–'}
      </div>
      <div role="gridcell" className={classes['name']}>
        <bdi className={classes['one']}>{device.name === null ? '–' : harmless(shortened(device.name, 80))}</bdi>
        {device.extension === null ? null : <span className={classes['minor']}>{harmless(shortened(device.extension, 24))}</span>}
      </div>
      <div role="gridcell" className="fixed">
        {spellMac(device.mac)}
      </div>
      <div role="gridcell">{device.model === null ? '–' : harmless(shortened(device.model, 24))}</div>
      <div role="gridcell" className="fixed">
        {device.address ?? '–'}
      </div>
      <div role="gridcell" className={classes['stage']}>
        <span className={classes['word']}>
          <GroupMark group={group} />
          <span className={classes['one']}>{words.t(`state.${device.state}`)}</span>
        </span>
        <Proofs device={device} group={group} words={words} />
      </div>
      <div role="gridcell" className={classes['number']}>
        {device.bytes === 0 ? '–' : words.bytes(device.bytes)}
      </div>
      <div role="gridcell" className={classes['last']}>
        {device.lastWords === null || last === null ? (
          '–'
        ) : (
          <>
            <bdi className={classes['one']}>{shortened(words.code(last.code, last.params), 160)}</bdi>
            <span className={classes['minor']}>{words.time(device.lastWords.at)}</span>
          </>
        )}
      </div>
      <div role="gridcell" className={classes['one']}>
        {device.waitsFor === null || device.verdict === 'pass' ? '–' : words.t(`waits.${device.waitsFor}`)}
      </div>
      <div role="gridcell" className={classes['verdict']} data-verdict={device.verdict}>
        {device.verdict === 'pending' ? null : <GroupMark group={verdictGroup[device.verdict]} />}
        <span>{words.t(`verdict.${device.verdict}`)}</span>
      </div>
    </div>
  );
});

/** The five kinds of evidence, filled where there is one. */
function Proofs({ device, group, words }: { readonly device: DeviceRow; readonly group: string; readonly words: Words }): ReactNode {
  return (
    <span className={`${classes['proofs']} state-${group}`}>
      {evidenceNames.map((name) => (
        <i key={name} data-proven={device.evidence[name] !== null} />
      ))}
      <span className="hidden-visually">{words.t('board.proofs', { done: proofsOf(device), all: evidenceNames.length })}</span>
    </span>
  );
}
