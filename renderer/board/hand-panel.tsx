/** Phones that wait for a person: which one, why, and what to do. */
import { memo, type ReactNode } from 'react';
import type { DeviceRow } from '../../engine/contract/calls.js';
import { GroupMark } from '../look/marks.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { spellMac } from '../words/spelled.js';
import { useWords } from '../words/use-words.js';
import { groupOf } from './groups.js';
import classes from './hand-panel.module.css';

export function HandPanel(props: {
  readonly devices: readonly DeviceRow[];
  /** How many to show. */
  readonly most: number;
  readonly onOpen: (mac: string) => void;
}): ReactNode {
  const { t } = useWords();
  const { devices, most, onOpen } = props;
  const rest = devices.length - most;
  return (
    <section className={classes['panel']} aria-label={t('board.hand.title')}>
      <h2 className={classes['title']}>
        <GroupMark group={devices.length === 0 ? 'ready' : 'hand'} />
        {t('board.hand.title')}
        <span className={classes['count']}>{devices.length}</span>
        {rest > 0 ? (
          <span className={classes['more']}>
            {t('board.hand.more', { count: rest, failed: t('board.group.failed'), hand: t('board.group.hand') })}
          </span>
        ) : null}
      </h2>
      {devices.length === 0 ? (
        <p className={classes['none']}>{t('board.hand.none')}</p>
      ) : (
        <ul className={classes['list']}>
          {devices.slice(0, most).map((device) => (
            <Card key={device.mac} device={device} onOpen={onOpen} />
          ))}
        </ul>
      )}
    </section>
  );
}

type CardProps = { readonly device: DeviceRow; readonly onOpen: (mac: string) => void };

const Card = memo(function Card({ device, onOpen }: CardProps): ReactNode {
  const { t, sentence } = useWords();
  const group = groupOf(device);
  return (
    <li className={classes['card']} data-group={group}>
      <button type="button" className={classes['open']} onClick={() => onOpen(device.mac)}>
        <GroupMark group={group} size={18} />
        <span className={classes['slot']}>{device.slot === null ? '–' : t('board.slot', { slot: device.slot })}</span>
        <bdi className={classes['name']}>{device.name === null ? t('page.unnamed') : harmless(shortened(device.name, 60))}</bdi>
        <span className={`fixed ${classes['mac']}`}>{spellMac(device.mac)}</span>
      </button>
      <p className={classes['why']}>
        <bdi className="foreign">
          {device.problem === null ? t(`state.${device.state}`) : shortened(sentence(device.problem.code, device.problem.params), 300)}
        </bdi>
      </p>
    </li>
  );
}, isSame);

/** A phone that needs a hand is still heard of all the time; what is said of it here seldom changes. */
function isSame(before: CardProps, after: CardProps): boolean {
  const [a, b] = [before.device, after.device];
  return (
    before.onOpen === after.onOpen &&
    a.slot === b.slot &&
    a.name === b.name &&
    a.state === b.state &&
    groupOf(a) === groupOf(b) &&
    a.problem?.code === b.problem?.code &&
    JSON.stringify(a.problem?.params) === JSON.stringify(b.problem?.params)
  );
}
