/** What people may ask of the DHCP service of a running bench: who has which address, and why a phone is told what it is told. */
import type { DhcpFound as Found, DhcpTold as Told } from '../contract/bench-calls.js';
import type { Mac } from '../contract/mac.js';
import type { Params, Refusal } from '../contract/problem.js';
import type { Pool } from '../network/places.js';
import { addressNumber } from '../protocols/dhcp/ipv4.js';
import { optionText } from '../protocols/dhcp/option-text.js';
import type { Entry } from '../services/dhcp/bindings-contract.js';
import type { ExplainedOption } from '../services/dhcp/explain.js';
import type { DhcpService, DhcpTrouble } from '../services/dhcp/server.js';
import type { Clock } from '../services/service.js';
import type { Order } from './order.js';

/** More lines than anybody reads. */
const mostFound = 500;
/** A conflict is said once in so many milliseconds for each address, of so many addresses at most. */
const saidAgainMs = 600_000;
const mostSaid = 1_000;

/** RFC 4388-style look-up: by any part of an address, a MAC in any spelling, or a name of a row. Addresses in their order. */
export function lookUp(dhcp: DhcpService | undefined, pool: Pool, order: Order, query: string): Found {
  if (dhcp === undefined) return { leases: [], pool: null };
  const words = query.trim().toLowerCase();
  const hex = words.replaceAll(/[^0-9a-f]/g, '');
  const [first, last] = [addressNumber(pool.first), addressNumber(pool.last)];
  // Addresses of earlier benches on other networks are found by who asks for them, and stand in nobody's way.
  const isHere = ({ address }: Found['leases'][number]): boolean => addressNumber(address) >= first && addressNumber(address) <= last;
  const fits = (line: Found['leases'][number]): boolean =>
    words === ''
      ? isHere(line)
      : line.address.includes(words) ||
        (line.name ?? '').toLowerCase().includes(words) ||
        (/^[0-9a-f:.\- ]+$/.test(words) && hex.length >= 2 && line.mac.includes(hex));
  const leases = dhcp
    .entries()
    .toSorted((one, other) => addressNumber(one.address) - addressNumber(other.address))
    .map((entry) => lineOf(entry, order))
    .filter(fits)
    .slice(0, mostFound);
  return { leases, pool: { ...pool, ...dhcp.counts() } };
}

function lineOf({ mac, address, state, until }: Entry, order: Order): Found['leases'][number] {
  const row = mac === null ? undefined : order.of(mac)?.row;
  return {
    mac: mac ?? '000000000000',
    address,
    state,
    until: new Date(until).toISOString(),
    row: row?.row ?? null,
    name: row?.values['name'] ?? null,
    model: row?.model ?? null,
  };
}

/** What a phone is given, byte for byte, and why. */
export function explainDhcp(dhcp: DhcpService | undefined, mac: Mac): Told {
  if (dhcp === undefined) return { serve: coded('serve.off'), address: null, options: [] };
  const { ignored, address, options } = dhcp.explain(mac);
  const serve = coded(ignored === undefined ? 'serve.yes' : `serve.${ignored}`);
  return { serve, address, options: options.map(optionOf) };
}

function optionOf({ code, bytes, reason, asked, left }: ExplainedOption): Told['options'][number] {
  const why = left ? 'option.no-room' : `option.${reason}${asked === true && reason !== 'echo' ? '-asked' : ''}`;
  return { code, hex: Buffer.from(bytes).toString('hex'), text: optionText(code, bytes), why: coded(why) };
}

function coded(code: string, params: Params = {}): { code: string; params: Record<string, string | number> } {
  return { code, params: { ...params } };
}

/** Says to the person what the DHCP service has trouble with, as far as they can do something about it; not again and again. */
export function troubleSaid(clock: Clock, say: (refusal: Refusal) => void): (trouble: DhcpTrouble) => void {
  const said = new Map<string, number>();
  return ({ code, params }) => {
    if (code !== 'dhcp.conflict' && code !== 'dhcp.declined') return;
    const now = clock.now().getTime();
    const key = `${code} ${params['address']}`;
    if (now - (said.get(key) ?? -Infinity) < saidAgainMs) return;
    said.delete(key);
    said.set(key, now);
    const [oldest] = said.keys();
    if (said.size > mostSaid && oldest !== undefined) said.delete(oldest);
    say({ kind: 'usage', code, params });
  };
}
