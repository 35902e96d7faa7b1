/** The board in figures: what the command line prints and a window shows, derived from devices. */
import { type EvidenceName, evidenceNames, type State, type VerdictKind } from '../contract/evidence.js';
import type { Mac } from '../contract/mac.js';
import type { Params } from '../contract/problem.js';
import { type Device, isSettled, problemOf, stateOf, verdictOf } from '../roster/device.js';

/** One phone as it is told to the outside. */
export type DeviceView = {
  readonly mac: Mac;
  readonly model: string | null;
  readonly row: number | null;
  readonly address: string | null;
  readonly state: State;
  readonly verdict: VerdictKind;
  readonly evidence: Readonly<Record<EvidenceName, { readonly at: string } | null>>;
  readonly problem: { readonly code: string; readonly params: Params } | null;
};

export function viewOf(device: Device): DeviceView {
  const evidence: Partial<Record<EvidenceName, { readonly at: string } | null>> = {};
  for (const name of evidenceNames) evidence[name] = device.evidence[name] ?? null;
  return {
    mac: device.mac,
    model: device.model,
    row: device.row,
    address: device.address,
    state: stateOf(device),
    verdict: verdictOf(device).kind,
    evidence: evidence as DeviceView['evidence'],
    problem: problemOf(device),
  };
}

/** Whether nothing of a device changed that a view shows; far cheaper than making two and comparing them. May say no of what is the same. */
export function looksSame(device: Device, before: Device): boolean {
  return (
    device.evidence === before.evidence &&
    device.address === before.address &&
    device.row === before.row &&
    device.model === before.model &&
    device.contradiction === before.contradiction &&
    device.trouble === before.trouble &&
    device.overdue === before.overdue &&
    device.bootstrapAsked === before.bootstrapAsked &&
    device.deviceAsked === before.deviceAsked
  );
}

export type Counts = { readonly devices: number } & Readonly<Record<VerdictKind, number>>;

/** Counts the phones of the rows; a row no phone has come for yet is pending. Phones outside the rows are not counted: nothing is asked of them. */
export function countsOf(devices: readonly Device[], unboundRows: number): Counts {
  const counted = devices.filter((device) => device.row !== null);
  const of = (kind: VerdictKind): number => counted.filter((device) => verdictOf(device).kind === kind).length;
  return {
    devices: counted.length + unboundRows,
    pass: of('pass'),
    unverified: of('unverified'),
    fail: of('fail'),
    pending: of('pending') + unboundRows,
  };
}

/** True when nothing more is to be waited for: every row has its phone, and every phone has passed or had its time. */
export function allSettled(devices: readonly Device[], unboundRows: number): boolean {
  return unboundRows === 0 && devices.every((device) => device.row === null || isSettled(device));
}
