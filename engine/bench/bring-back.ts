/** The board of a job brought back from its journal, and every row with a MAC given its device. */
import type { Mac } from '../contract/mac.js';
import type { Fact } from '../contract/observation.js';
import type { Steps } from '../profiles/slices.js';
import type { Roster } from '../roster/roster.js';
import type { Order } from './order.js';

type Brought = { readonly roster: Roster; readonly order: Order; readonly revision: number; readonly now: () => string };

/** Replays the journal; rows that are new, or of a later revision than their phone, are bound, and those that are gone are let go. */
export function* bringBack({ roster, order, revision, now }: Brought): Steps<void> {
  yield* roster.replaySteps();
  for (const { mac, row } of roster.devices()) {
    yield;
    if (row === null) continue;
    if (!order.has(mac)) order.bind(mac, { row }); // what a list names itself need not be worked out to be bound
    // A later list of the job lacks it.
    if (!order.hasRow(row)) roster.record(mac, now(), { kind: 'unbound', revision });
  }
  for (const mac of order.macs()) {
    yield;
    roster.expect(mac, now());
    const device = roster.get(mac) ?? { row: null, revision: 1 };
    const isNew = device.row === null || (order.rowOf(mac)?.since ?? 1) > device.revision;
    const fact = isNew ? boundFact(order, mac) : undefined;
    if (fact !== undefined) roster.record(mac, now(), fact);
  }
}

/** That a row is a phone's own, with what its recipe's hand-off means; undefined where the recipe cannot be applied to it. */
export function boundFact(order: Order, mac: Mac): Fact | undefined {
  const prepared = order.of(mac);
  if (prepared === undefined) return undefined;
  const { readableAfter, leavesBench, model, parts } = prepared.compiled;
  return {
    kind: 'bound',
    row: prepared.row.row,
    line: prepared.row.line,
    model,
    terms: { readableAfter, leavesBench, ...(parts === undefined ? {} : { parts: ['model', 'customer'] }) },
    ...(prepared.since === 1 ? {} : { revision: prepared.since }),
  };
}
