/** Datagrams sent in batches: each one once, in order, to whom it is meant for; what can't go with the others is told. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { outboxOf } from '../../../engine/network/native-outbox.js';
import { nativeSockets, type NativeSockets } from '../../../engine/network/native-socket.js';

const native = await nativeSockets();
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

it('is there on Linux, and nowhere else', async () => {
  expect((await outboxOf(-1, () => undefined)) !== undefined).toBe(process.platform === 'linux' && native !== undefined);
});

describe.runIf(process.platform === 'linux' && native !== undefined)('an outbox', () => {
  it('sends what it took at the end of the turn, in order, whatever their number, and to whom each is meant for', async () => {
    const [one, other] = [await listener(), await listener()];
    const outbox = await outboxOf<number>(sender(), () => expect.unreachable());
    const sent = Array.from({ length: 50 }, (_, i) => Buffer.alloc(1 + ((i * 131) % 1_400), i));
    for (const [i, bytes] of sent.entries()) {
      outbox?.add(bytes, i % 5 === 0 ? other.to : one.to, i);
      bytes.fill(255); // it has what it was given
    }
    const numbers = (first: boolean): number[] => sent.flatMap((_, i) => ((i % 5 === 0) === first ? [i] : []));
    expect((await other.hear(10)).map(([first]) => first)).toEqual(numbers(true));
    expect((await one.hear(40)).map(([first]) => first)).toEqual(numbers(false));
  });

  it('sends at once when it is told to', async () => {
    const { to, hear } = await listener();
    const outbox = await outboxOf(sender(), () => expect.unreachable());
    outbox?.add(Buffer.from('now'), to, 0);
    outbox?.flush();
    outbox?.flush(); // nothing twice
    expect((await hear(1)).map(String)).toEqual(['now']);
  });

  it('tells what it could not send, and everything behind it, in order', async () => {
    const { to } = await listener();
    const left: [string, number][] = [];
    const outbox = await outboxOf<number>(sender(), (bytes, _to, note) => left.push([Buffer.from(bytes).toString(), note]));
    outbox?.add(Buffer.from('good'), to, 1);
    outbox?.add(Buffer.from('bad'), { address: '255.255.255.255', port: to.port }, 2); // without SO_BROADCAST
    outbox?.add(Buffer.from('behind'), to, 3);
    outbox?.flush();
    expect(left).toEqual([
      ['bad', 2],
      ['behind', 3],
    ]);
  });

  it('leaves what is longer than a frame to others', async () => {
    const outbox = await outboxOf(sender(), () => expect.unreachable());
    expect(outbox?.add(Buffer.alloc(1_501), { address: '127.0.0.1', port: 9 }, 0)).toBe(false);
  });
});

function sender(): number {
  const opened = (native as NativeSockets).open({ kind: 'datagram', device: 'lo', address: '127.0.0.1', port: 0 });
  if (!opened.ok) throw new Error(opened.error.code);
  closing.push(() => native?.close(opened.fd));
  return opened.fd;
}

async function listener(): Promise<{ to: { address: string; port: number }; hear: (count: number) => Promise<Buffer[]> }> {
  const socket: Socket = createSocket('udp4');
  const heard: Buffer[] = [];
  socket.on('message', (bytes) => heard.push(bytes));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  closing.push(() => socket.close());
  const hear = async (count: number): Promise<Buffer[]> => {
    while (heard.length < count) await once(socket, 'message');
    return heard;
  };
  return { to: socket.address(), hear };
}
