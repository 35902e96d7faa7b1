import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openDhcpServer } from '../../../engine/network/dhcp-sockets.js';
import { listPlaces } from '../../../engine/network/places.js';
import { holdingInodes } from '../../../engine/network/ports.js';
import { listenTcp, openUdp, refusedBySystem } from '../../../engine/network/sockets.js';

const loopback = listPlaces().find((place) => place.address === '127.0.0.1')!;
const linux = process.platform === 'linux';
const open: { close(done?: () => void): unknown }[] = [];

afterEach(async () => {
  for (const each of open.splice(0)) await new Promise<void>((resolve) => void each.close(() => resolve()));
});

async function udp(...args: Parameters<typeof openUdp>): Promise<Socket> {
  const opened = await openUdp(...args);
  if (!opened.ok) throw new Error(opened.refusal.code);
  open.push(opened.value);
  return opened.value;
}

describe('a UDP socket of a place', () => {
  it('hears and answers', async () => {
    const socket = await udp(loopback, 0);
    const client = createSocket('udp4');
    open.push(client);
    const heard = once(socket, 'message') as Promise<[Buffer, { port: number }]>;
    client.send('hello', socket.address().port, '127.0.0.1');
    const [text, from] = await heard;
    expect(text.toString()).toBe('hello');
    const answered = once(client, 'message') as Promise<[Buffer]>;
    socket.send('yes', from.port, '127.0.0.1');
    expect((await answered)[0].toString()).toBe('yes');
  });

  it('is refused where another has the port, and says who', async () => {
    const { port } = (await udp(loopback, 0)).address();
    const second = await openUdp(loopback, port);
    expect(second).toMatchObject({ ok: false, refusal: { kind: 'missing', code: 'port.taken', params: { protocol: 'udp', port } } });
    if (linux && !second.ok) expect(second.refusal.params['holder']).toMatch(new RegExp(String.raw`^\S.* \(${process.pid}\)`));
  });

  it.runIf(linux)('of a DHCP server is two, which tell unicast from broadcast, and which no second server shares', async () => {
    const opened = await openDhcpServer(loopback, 0);
    if (!opened.ok) throw new Error(opened.refusal.code);
    const { unicasts, broadcasts } = opened.value;
    open.push(unicasts, broadcasts);
    const { port } = unicasts.address();
    expect(broadcasts.address()).toMatchObject({ address: '0.0.0.0', port });
    const client = await udp(loopback, 0, { broadcast: true });
    const toUs = once(unicasts, 'message') as Promise<[Buffer]>;
    const toAll = once(broadcasts, 'message') as Promise<[Buffer]>;
    client.send('to you', port, '127.0.0.1');
    client.send('to all', port, '127.255.255.255');
    expect([(await toUs)[0].toString(), (await toAll)[0].toString()]).toEqual(['to you', 'to all']);
    for (const second of [
      await openDhcpServer(loopback, port),
      await openUdp(loopback, port),
      await openUdp(loopback, port, { shared: true }),
    ])
      expect(second).toMatchObject({ ok: false, refusal: { code: 'port.taken' } });
  });

  it.runIf(linux)('is refused on an interface that does not exist', async () => {
    expect(await openUdp({ ...loopback, interface: 'bt-none' }, 0)).toEqual({
      ok: false,
      refusal: { kind: 'missing', code: 'interface.unknown', params: { interface: 'bt-none' } },
    });
    expect(await openUdp({ ...loopback, address: '192.0.2.77' }, 0)).toMatchObject({
      ok: false,
      refusal: { code: 'interface.no-address', params: { address: '192.0.2.77' } },
    });
  });
});

it.runIf(linux)('a socket that is deaf to somebody hears everybody else', async () => {
  const deaf = await udp(loopback, 0, { deafTo: '127.0.0.2' });
  const heard: string[] = [];
  deaf.on('message', (_bytes, { address }) => heard.push(address));
  for (const address of ['127.0.0.2', '127.0.0.3', '127.0.0.2', '127.0.0.4']) {
    const speaker = await udp(loopback, 0, { address });
    await new Promise<void>((sent) => speaker.send('x', deaf.address().port, '127.0.0.1', () => sent()));
  }
  await expect.poll(() => heard).toEqual(['127.0.0.3', '127.0.0.4']);
});

describe('a TCP server on a place', () => {
  it('listens, is found, and is refused a port that is taken', async () => {
    const server = createServer((socket) => socket.end('hello'));
    open.push(server);
    const listening = await listenTcp(server, loopback, 0);
    if (!listening.ok) throw new Error(listening.refusal.code);
    const client = connect(listening.value, '127.0.0.1');
    expect(String((await once(client, 'data'))[0])).toBe('hello');
    client.destroy();
    const second = createServer();
    const refused = await listenTcp(second, loopback, listening.value);
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'port.taken', params: { protocol: 'tcp', port: listening.value } } });
    expect(server.listening).toBe(true);
  });
});

describe('a port', () => {
  it('is held by whom the table of the system says', () => {
    const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0045 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 12345 2 0000000000000000 0
   1: 00000000:0045 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 12346 2 0000000000000000 0
   2: 0100007F:0050 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 12347 1 0000000000000000 0
   3: 0100007F:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12348 1 0000000000000000 0
`;
    expect([...holdingInodes(table, 'udp', 69)]).toEqual(['12345', '12346']);
    expect([...holdingInodes(table, 'tcp', 80)]).toEqual(['12348']);
    expect([...holdingInodes('', 'tcp', 80)]).toEqual([]);
  });

  it('needs a privilege, or an interface does: which, and from where on none', async () => {
    const refusal = async (code: string, step: 'bind' | 'device') => (await refusedBySystem({ code, step }, 'udp', loopback, 69)).refusal;
    expect(await refusal('EACCES', 'bind')).toMatchObject({
      code: 'port.privilege',
      params: { protocol: 'udp', port: 69, first: expect.any(Number), platform: process.platform },
    });
    expect(await refusal('EPERM', 'device')).toMatchObject({ code: 'interface.privilege', params: { interface: loopback.interface } });
    expect(await refusal('ENOMEM', 'bind')).toMatchObject({ code: 'port.failed', params: { error: 'ENOMEM' } });
  });
});
