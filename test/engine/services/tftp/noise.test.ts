/** 100,000 mutated datagrams at the port of requests, while honest clients are served and the memory stays as it is. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../../engine/services/service.js';
import { startTftp } from '../../../../engine/services/tftp/server.js';
import { openLoopback } from '../loopback.js';
import { numbers } from '../numbers.js';
import { WindowClient } from './window-client.js';

const profile = Buffer.alloc(20_480, 'profile ');
const seeds = [
  '\0\x01file\0octet\0',
  '\0\x01/file\0octet\0blksize\x001428\0windowsize\x0016\0tsize\x000\0timeout\x001\0',
  '\0\x01../../etc/passwd\0netascii\0',
  '\0\x01C:\\boot.ini\0octet\0windowsize\x0065535\0',
  `\0\x01${'x'.repeat(500)}\0octet\0`,
  '\0\x02file\0octet\0',
  '\0\x03\0\x01data',
  '\0\x04\0\x01',
  '\0\x05\0\x01message\0',
  '\0\x06blksize\x00512\0',
].map((text) => Buffer.from(text, 'latin1'));

it('serves honest clients amid a hundred thousand mutated datagrams', async () => {
  const started = await startTftp({
    port: 0,
    open: openLoopback,
    clock: systemClock,
    observe: () => {},
    files: {
      find: async ({ path }) =>
        path.endsWith('file') ? { kind: 'bytes', bytes: profile, purpose: 'bootstrap', contentType: 'text/xml' } : { kind: 'missing' },
    },
  });
  if (!started.ok) throw new Error(started.refusal.code);
  await using service = started.value;
  const noise = dgram.createSocket('udp4');
  onTestFinished(() => void noise.close());
  noise.bind(0, '127.0.0.2');
  await once(noise, 'listening');
  const random = numbers(1350);
  const [total, batch] = [100_000, 500];
  let heapAfterWarmUp = 0;
  for (let sent = 0; sent < total; sent += batch) {
    for (let i = 0; i < batch; i++) noise.send(mutated(random), service.port, '127.0.0.1');
    // An honest client is served after each batch, so the batch was heard.
    if (sent % 2_000 === 0) {
      await using client = await WindowClient.open({ retryMs: 200 });
      expect((await client.fetch(service.port, 'file', { blksize: '1428', windowsize: '4' })).equals(profile)).toBe(true);
    } else await new Promise((soon) => setImmediate(soon));
    if (sent === total / 2) heapAfterWarmUp = process.memoryUsage().heapUsed;
  }
  expect(service.load.transfers).toBeLessThanOrEqual(1_025);
  expect(process.memoryUsage().heapUsed - heapAfterWarmUp).toBeLessThan(64 * 1024 * 1024);
}, 40_000);

/** One of the seeds with a few bytes changed, cut, or added. */
function mutated(random: (below: number) => number): Buffer {
  const bytes = Buffer.from(seeds[random(seeds.length)]!);
  for (let i = random(4); i > 0; i--) bytes[random(bytes.length)] = random(256);
  const cut = random(4) === 0 ? bytes.subarray(0, random(bytes.length + 1)) : bytes;
  return random(8) === 0 ? Buffer.concat([cut, Buffer.alloc(random(40), random(256))]) : cut;
}
