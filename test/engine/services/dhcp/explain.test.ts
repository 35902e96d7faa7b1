/** What a phone is told, byte for byte, and why; and nothing is changed by asking. */
import { expect, it } from 'vitest';
import { option } from '../../../../engine/protocols/dhcp/options.js';
import { encode } from '../../../../engine/protocols/dhcp/packet.js';
import { openBindings } from '../../../../engine/services/dhcp/bindings.js';
import { explainer } from '../../../../engine/services/dhcp/explain.js';
import { answer, type Session } from '../../../../engine/services/dhcp/session.js';
import type { DhcpPolicy } from '../../../../engine/services/lease.js';
import { discoverOf8851, mac, phone } from '../../protocols/dhcp/packets.js';
import { MemoryLeases } from './lease-store.js';

const from = { address: '0.0.0.0', port: 68, cast: 'broadcast' } as const;
const looked: boolean[] = [];
const policy: DhcpPolicy = ({ mac: who, looks }) => {
  looked.push(looks === true);
  if (who !== phone) return { serve: false, because: 'unlisted' };
  return {
    serve: true,
    leaseSeconds: 600,
    options: [
      { code: 66, text: 'http://10.0.0.1' },
      { code: 132, text: '20', from: 'recipe' },
    ],
  };
};

function world() {
  const bindings = openBindings({ range: { first: '10.0.0.2', last: '10.0.0.9' }, except: [] }, new MemoryLeases());
  const session: Session = { serverAddress: '10.0.0.1', prefix: 24, policy, bindings, bench: 'me' };
  return { session, bindings, explaining: explainer(session) };
}

it('is the answer it was given, option by option', () => {
  const { session, explaining } = world();
  const { reply } = answer(session, discoverOf8851, from, 0);
  explaining.heard(phone, encode(discoverOf8851), from);
  const { ignored, address, options } = explaining.explain(phone, 1);
  expect([ignored, address]).toEqual([undefined, '10.0.0.2']);
  const told = Object.fromEntries(
    options.map(({ code, bytes, reason, asked }) => [code, [Buffer.from(bytes).toString('hex'), reason, asked]]),
  );
  for (const [code, bytes] of reply?.packet.options ?? []) expect(told[code]?.[0]).toBe(Buffer.from(bytes).toString('hex'));
  expect(told[53]).toEqual(['02', 'protocol', false]);
  expect(told[61]?.[1]).toBe('echo');
  expect(told[66]).toEqual([Buffer.from('http://10.0.0.1').toString('hex'), 'pack', true]);
  expect(told[132]).toEqual(['3230', 'recipe', false]);
});

it('is said of a phone that was not heard yet, and of one that gets nothing; nobody is given an address by asking', () => {
  const { bindings, explaining } = world();
  const { address, options } = explaining.explain(phone, 1);
  expect(address).toBeNull();
  expect(options.find(({ code }) => code === 66)).toMatchObject({ reason: 'pack', asked: undefined });
  expect(explaining.explain(mac('00562b000001'), 1)).toEqual({ ignored: 'unlisted', address: null, options: [] });
  expect(bindings.list(1)).toEqual([]);
  expect(looked.slice(-2)).toEqual([true, true]);
});

it('says ACK of one that has its lease, and which options found no room', () => {
  const { session, bindings } = world();
  bindings.bind({ mac: phone, address: '10.0.0.5', expires: 1000 });
  const long: DhcpPolicy = () => ({
    serve: true,
    leaseSeconds: 600,
    options: [66, 67, 160, 159].map((code) => ({ code, text: 'x'.repeat(200) })),
  });
  const explaining = explainer({ ...session, policy: long });
  const { options } = explaining.explain(phone, 1);
  expect(options.find(({ code }) => code === option.messageType.code)?.bytes).toEqual(Uint8Array.of(5));
  expect(options.filter(({ left }) => left).map(({ code }) => code)).toEqual([67, 159, 160]);
});
