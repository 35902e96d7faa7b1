/** What a phone says of itself held against what the bench says of it. */
import { customersRule } from './work-orders.js';
import type { LineOf } from './programs.js';

/** Why a phone's own record does not confirm a pass; empty when it does. */
function objections(phone: LineOf<'phone'> | undefined): string[] {
  if (phone === undefined) return ['no record'];
  const { mac, took, marker, profileRule, handedOff } = phone;
  return [
    ...(handedOff ? [] : [`${mac} is not handed off`]),
    ...(marker !== null && /^[0-9a-f]{64}$/.test(marker) ? [] : [`${mac} has the marker ${marker}`]),
    ...(profileRule === customersRule ? [] : [`${mac} asks ${profileRule}`]),
    ...(took.some((path) => path.includes(`device/${mac}`)) ? [] : [`${mac} took no device file`]),
  ];
}

/** What the phones' own records have against the passes the bench gave. */
export function disagreements(
  devices: ReadonlyMap<string, LineOf<'device'>>,
  records: ReadonlyMap<string, LineOf<'phone'>>,
): readonly string[] {
  return [...devices.values()].filter(({ verdict }) => verdict === 'pass').flatMap(({ mac }) => objections(records.get(mac)));
}
