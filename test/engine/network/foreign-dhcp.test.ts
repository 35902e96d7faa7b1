import { describe, expect, it } from 'vitest';
import { foreignRefusal } from '../../../engine/network/interlocks.js';
import { RelayedReplies } from '../../../engine/network/relayed-replies.js';

function reply(xid: number, yiaddr: number, giaddr: number): Uint8Array {
  const bytes = Buffer.alloc(300, 0);
  bytes[0] = 2;
  bytes.writeUInt32BE(xid, 4);
  bytes.writeUInt32BE(yiaddr, 16);
  bytes.writeUInt32BE(giaddr, 24);
  return bytes;
}

describe('replies that relay agents pass on', () => {
  it('are known again, whatever server they name', () => {
    const replies = new RelayedReplies();
    replies.note(reply(7, 100, 9));
    expect(replies.has(reply(7, 100, 9))).toBe(true);
    expect(replies.has(reply(7, 101, 9))).toBe(false);
    expect(replies.has(reply(8, 100, 9))).toBe(false);
    expect(replies.has(reply(7, 100, 0))).toBe(false);
    replies.note(reply(5, 100, 0));
    expect(replies.has(reply(5, 100, 9))).toBe(false);
    expect([replies.has(Buffer.alloc(3)), replies.note(Buffer.alloc(3))]).toEqual([false, undefined]);
  });

  it('are forgotten, the oldest first', () => {
    const replies = new RelayedReplies();
    for (let xid = 0; xid < 5_000; xid += 1) replies.note(reply(xid, 1, 1));
    expect([replies.has(reply(0, 1, 1)), replies.has(reply(4_999, 1, 1))]).toEqual([false, true]);
  });
});

it('a server on this very machine is told apart from others', () => {
  const places = [{ interface: 'eth2', address: '10.0.0.2', prefix: 24 }];
  expect(foreignRefusal({ address: '10.0.0.2' }, places).code).toBe('dhcp.foreign-here');
  expect(foreignRefusal({ address: '10.0.0.3' }, places).code).toBe('dhcp.foreign');
});
