/** The table of RFC 2131 section 4.1, every combination of it. */
import { expect, it } from 'vitest';
import { option } from '../../../../engine/protocols/dhcp/options.js';
import { destination, type AnswerKind } from '../../../../engine/services/dhcp/destination.js';
import { packetOf } from '../../protocols/dhcp/packets.js';

const everyone = { address: '255.255.255.255', port: 68 };
const client = { address: '10.0.0.9', port: 68 };
const agent = { address: '10.0.0.3', port: 67 };
const sender = { address: '10.0.0.77', port: 68 };
const kinds: readonly AnswerKind[] = ['offer', 'ack', 'nak', 'informed'];

function sent(kind: AnswerKind, giaddr: string, ciaddr: string, from: string, broadcast = false) {
  return destination({ ...packetOf(), giaddr, ciaddr, broadcast }, { address: from, port: 68, cast: 'broadcast' }, kind);
}

it('a relay agent gets everything that came through it', () => {
  for (const kind of kinds)
    for (const ciaddr of ['0.0.0.0', '10.0.0.9'])
      for (const broadcast of [true, false]) expect(sent(kind, '10.0.0.3', ciaddr, '10.0.0.3', broadcast)).toEqual(agent);
});

it('at the port it sent from where it asks for that (RFC 8357)', () => {
  const request = { ...packetOf(option.relayAgent.write([{ code: 19, bytes: new Uint8Array() }])), giaddr: '10.0.0.3' };
  expect(destination(request, { address: '10.0.0.3', port: 40_000, cast: 'unicast' }, 'nak')).toEqual({
    address: '10.0.0.3',
    port: 40_000,
  });
});

it.each([
  ['offer', '0.0.0.0', '0.0.0.0', everyone],
  ['offer', '10.0.0.9', '10.0.0.9', client],
  ['ack', '0.0.0.0', '0.0.0.0', everyone],
  ['ack', '10.0.0.9', '10.0.0.9', client],
  ['nak', '0.0.0.0', '0.0.0.0', everyone],
  ['nak', '10.0.0.9', '10.0.0.9', everyone],
  ['informed', '10.0.0.9', '10.0.0.77', client],
  ['informed', '0.0.0.0', '10.0.0.77', sender],
  ['informed', '0.0.0.0', '0.0.0.0', everyone],
] as const)('%s for a client with ciaddr %s, from %s', (kind, ciaddr, from, to) => {
  for (const broadcast of [true, false]) expect(sent(kind, '0.0.0.0', ciaddr, from, broadcast)).toEqual(to);
});
