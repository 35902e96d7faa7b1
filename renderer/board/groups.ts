/** What a person does with a phone: the five heaps of the board, and what each phone is searched by. Pure. */
import type { DeviceRow } from '../../engine/contract/calls.js';
import { evidenceNames } from '../../engine/contract/evidence.js';
import type { Counts } from '../stores/board.js';

const groups = ['ready', 'working', 'hand', 'failed', 'expected', 'unlisted'] as const;
export type Group = (typeof groups)[number];

/** Troubles of a phone still at work that a person can mend; of the others the phone comes back by itself. */
const mendable: ReadonlySet<string> = new Set(['readBack.unauthorized', 'file.not-its-own', 'identity.disagrees']);

export function groupOf({ row, state, verdict, problem }: DeviceRow): Group {
  if (verdict === 'pass') return 'ready';
  if (verdict === 'fail') return 'failed';
  if (verdict === 'unverified') return 'hand';
  if (problem !== null && mendable.has(problem.code)) return 'hand';
  if (row === null) return 'unlisted';
  return state === 'expected' ? 'expected' : 'working';
}

export type GroupCounts = Readonly<Record<Group, number>> & { readonly all: number; readonly unbound: number };

/** How many phones lie on each heap. Rows that no phone has come for yet are expected: only the engine's counts know them. */
export function countGroups(devices: readonly DeviceRow[], counts: Counts): GroupCounts {
  const tally: Record<Group, number> = { ready: 0, working: 0, hand: 0, failed: 0, expected: 0, unlisted: 0 };
  let listed = 0;
  for (const device of devices) {
    tally[groupOf(device)] += 1;
    if (device.row !== null) listed += 1;
  }
  const unbound = Math.max(0, counts.devices - listed);
  return { ...tally, expected: tally.expected + unbound, all: counts.devices, unbound };
}

/** Evidence there is, of five. */
export function proofsOf({ evidence }: DeviceRow): number {
  return evidenceNames.filter((name) => evidence[name] !== null).length;
}

/** True when every word of the search is somewhere in the phone; a MAC is found however it is written. */
export function matches(device: DeviceRow, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const { mac, name, extension, model, address } = device;
  const text = [mac, name, extension, model, address].join(' ').toLowerCase();
  return words.every((word) => text.includes(word) || (/^[0-9a-f:.-]+$/.test(word) && mac.includes(word.replaceAll(/[:.-]/g, ''))));
}

/** Those that wait for a person, the worst and the longest waiting first. */
export function needingHand(devices: readonly DeviceRow[]): DeviceRow[] {
  const weight = (device: DeviceRow): number => (groupOf(device) === 'failed' ? 0 : 1);
  return devices
    .filter((device) => ['failed', 'hand'].includes(groupOf(device)))
    .toSorted((a, b) => weight(a) - weight(b) || (a.slot ?? Infinity) - (b.slot ?? Infinity));
}
