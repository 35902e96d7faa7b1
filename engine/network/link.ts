/**
 * Whether the interface of a place is still there: its cable may be pulled, its dock unplugged, its address taken away.
 *
 *   /sys/class/net/X/ifindex   another number: another interface of the same name (sysfs-class-net)
 *   /sys/class/net/X/carrier   1 with a cable, 0 without; cannot be read while the interface is off
 *
 * Elsewhere than on Linux the list of addresses tells, which leaves out interfaces without a cable.
 */
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import type { Clock } from '../services/service.js';
import { isLoopback, type Place } from './places.js';

/** What is seen of an interface at one moment. */
export type LinkSeen = {
  /** Null: none of the name, or the system has no numbers. */
  readonly index: number | null;
  /** What is missing; null when nothing is. */
  readonly lacks: 'interface' | 'cable' | 'address' | null;
};

/** `reopen`: sockets made before belong to an interface or address that is gone. */
export type LinkNews =
  | { readonly link: 'gone'; readonly lacks: NonNullable<LinkSeen['lacks']> }
  | { readonly link: 'up'; readonly reopen: boolean };

export type LinkState = {
  readonly link: 'up' | 'gone';
  readonly lacks: LinkSeen['lacks'];
  readonly index: number | null;
  readonly stale: boolean;
};

const lookEvery = 1_000;

/** Looks now. Never throws. */
export function readLink(place: Place): LinkSeen {
  const hasAddress = networkInterfaces()[place.interface]?.some(({ address }) => address === place.address) === true;
  const folder = `/sys/class/net/${place.interface}`;
  const number = read(`${folder}/ifindex`);
  if (number === undefined) {
    // Not Linux; or Linux, and it is gone: then no list has it either.
    return { index: null, lacks: hasAddress ? null : networkInterfaces()[place.interface] === undefined ? 'interface' : 'address' };
  }
  const index = Number.parseInt(number, 10);
  const lacks = read(`${folder}/carrier`)?.trim() === '1' ? (hasAddress ? null : 'address') : 'cable';
  return { index, lacks };
}

/** What a look changes, and what there is to say of it. Pure. */
export function advanceLink(before: LinkState, seen: LinkSeen): { readonly state: LinkState; readonly news?: LinkNews } {
  // A pulled cable alone leaves sockets as they are; without the interface or its address, or with another one, they are dead.
  const stale =
    before.stale || seen.lacks === 'interface' || seen.lacks === 'address' || (seen.index !== null && seen.index !== before.index);
  const index = seen.index ?? before.index;
  if (seen.lacks !== null) {
    const state: LinkState = { link: 'gone', lacks: seen.lacks, index, stale };
    return before.link === 'gone' && before.lacks === seen.lacks ? { state } : { state, news: { link: 'gone', lacks: seen.lacks } };
  }
  const state: LinkState = { link: 'up', lacks: null, index, stale: false };
  return before.link === 'up' && !stale ? { state } : { state, news: { link: 'up', reopen: stale } };
}

export type LinkWatchOptions = { readonly clock: Clock; readonly everyMs?: number; readonly look?: (place: Place) => LinkSeen };

/** Looks every second until the function it returns is called, and tells what changed. Loopback never goes. */
export function watchLink(
  place: Place,
  { clock, everyMs = lookEvery, look = readLink }: LinkWatchOptions,
  changed: (news: LinkNews) => void,
): () => void {
  if (isLoopback(place)) return () => undefined;
  let state: LinkState = { link: 'up', lacks: null, index: look(place).index, stale: false };
  const tick = (): void => {
    const { state: next, news } = advanceLink(state, look(place));
    state = next;
    cancel = clock.after(everyMs, tick);
    if (news !== undefined) changed(news);
  };
  let cancel = clock.after(everyMs, tick);
  return () => cancel();
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
