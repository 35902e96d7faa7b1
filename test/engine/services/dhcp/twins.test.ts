/** Two phones with one MAC, told from one phone that begins anew. */
import { describe, expect, it } from 'vitest';
import { option } from '../../../../engine/protocols/dhcp/options.js';
import type { Packet } from '../../../../engine/protocols/dhcp/packet.js';
import { Twins } from '../../../../engine/services/dhcp/twins.js';
import { packetOf, phone } from '../../protocols/dhcp/packets.js';

type Says = { readonly xid: number; readonly hostName?: string; readonly ciaddr?: string };

function message(type: 'discover' | 'request' | 'inform', { xid, hostName, ciaddr = '0.0.0.0' }: Says): Packet {
  const named = hostName === undefined ? [] : [option.hostName.write(hostName)];
  return { ...packetOf(option.messageType.write(type), ...named), xid, ciaddr };
}

/** `D1` a DISCOVER with xid 1, `R1` a REQUEST, `I1` an INFORM; one each second. */
function heard(turns: string, self: (xid: number) => Omit<Says, 'xid'> = () => ({})): boolean {
  const twins = new Twins();
  const types = { D: 'discover', R: 'request', I: 'inform' } as const;
  return turns.split(' ').some((turn, i) => {
    const xid = Number(turn.slice(1));
    return twins.hear(phone, message(types[turn[0] as keyof typeof types], { xid, ...self(xid) }), i * 1_000);
  });
}

describe('two phones with one MAC', () => {
  it('have two exchanges open at once', () => {
    expect(heard('D1 D2 R1 R2')).toBe(true);
    expect(heard('D1 D1 D2 D2 R1 R1 R2')).toBe(true);
  });

  it('call themselves differently and take turns, whatever their exchanges', () => {
    const names = (xid: number): Omit<Says, 'xid'> => ({ hostName: xid % 2 === 0 ? 'SEP1' : 'SEP2' });
    expect(heard('D1 R1 D2 R2 D3 R3 D4 R4', names)).toBe(true);
  });
});

describe('one phone', () => {
  it.each([
    ['asks once', 'D1 R1'],
    ['asks again and again', 'D1 D1 D1 R1 R1 R1'],
    ['begins anew', 'D1 R1 D2 R2 D3 R3 D4 R4'],
    ['takes another number for each message', 'D1 R2 D3 R4 D5 R6'],
    ['has one number for each kind of message', 'D1 R2 D1 R2 D1 R2'],
    ['asks for more besides', 'D1 I9 R1 I9 D2 I9 R2'],
    ['is heard twice, and late', 'D1 D1 R1 D2 D1 R1 R2 D1 D2'],
  ])('%s', (_what, turns) => {
    expect(heard(turns)).toBe(false);
  });

  it('says more of itself in one kind of message than in the other, or boots another image', () => {
    const twins = new Twins();
    const says = [
      message('discover', { xid: 1, hostName: 'SEP1' }),
      message('request', { xid: 1 }),
      message('discover', { xid: 2, hostName: 'SEP1' }),
      message('request', { xid: 2 }),
      message('discover', { xid: 3, hostName: 'boot' }),
      message('discover', { xid: 4, hostName: 'SEP1' }),
    ];
    expect(says.some((each, i) => twins.hear(phone, each, i * 1_000))).toBe(false);
  });

  it('renews what it has', () => {
    const twins = new Twins();
    const says = [1, 2, 1, 2].map((xid) => message('request', { xid, ciaddr: '10.0.0.9' }));
    expect(says.some((each, i) => twins.hear(phone, each, i))).toBe(false);
  });
});
