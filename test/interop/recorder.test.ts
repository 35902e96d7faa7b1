/** The recorder's export held against tshark: what is below the messages is made up, and has to be without fault all the same. */
import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Recorder } from '../../engine/bench/recorder/recorder.js';
import { parseMac } from '../../engine/contract/mac.js';
import { encode } from '../../engine/protocols/tftp/packet.js';
import type { WireMessage } from '../../engine/services/tap.js';
import { complaints, dissect } from './tshark.js';

const mac = parseMac('c4c603000001')!;
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'benchtone-recorder-'));
  file = join(folder, 'capture.pcapng');
});
afterEach(() => rm(folder, { recursive: true }));

const ports = { dhcp: 67, tftp: 69, http: 80, syslog: 514 } as const;

function message(protocol: WireMessage['protocol'], direction: 'in' | 'out', port: number, payload: Uint8Array): WireMessage {
  return {
    at: new Date('2026-11-22T09:00:00Z'),
    protocol,
    transport: protocol === 'http' ? 'tcp' : 'udp',
    direction,
    local: { address: '10.77.0.1', port: ports[protocol] },
    remote: { address: '10.77.0.9', port },
    payload,
  };
}

it('whole conversations, many on one connection, bodies that were never kept: tshark finds no fault', async () => {
  const recorder = new Recorder({ holder: () => mac, secrets: () => [] });
  const name = fc.stringMatching(/^[a-z]{1,40}$/);
  const samples = fc.sample(fc.record({ name, size: fc.nat(200_000), port: fc.integer({ min: 20_000, max: 20_006 }) }), {
    numRuns: 60,
    seed: 7,
  });
  for (const { name: path, size, port } of samples) {
    recorder.tap(message('tftp', 'in', port, encode({ kind: 'read', file: path, mode: 'octet', options: new Map([['tsize', '0']]) })));
    recorder.tap(message('http', 'in', port, Buffer.from(`GET /${path} HTTP/1.1\r\nHost: 10.77.0.1\r\n\r\n`)));
    recorder.tap(message('http', 'out', port, Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`)));
    recorder.tap(message('syslog', 'in', port + 1000, Buffer.from(`<142>Aug 12 09:00:00 phone app: ${path}`)));
  }
  await writeFile(file, recorder.capture(null));
  expect(await complaints(file)).toEqual([]);
  for (const [filter, count] of [
    ['tftp.opcode == 1', 60],
    ['http.request', 60],
    ['http.response', 60],
    ['syslog', 60],
  ] as const)
    expect((await dissect(file, filter, ['frame.number'])).length, filter).toBe(count);
  const [first] = await dissect(file, 'tftp', ['eth.src', 'frame.comment']);
  expect(first).toEqual(['c4:c6:03:00:00:01', `tftp to the bench, phone ${mac}`]);
});

it('whatever phones send, the file opens', async () => {
  const recorder = new Recorder({ holder: () => mac, secrets: () => ['secret'] });
  const any = fc.record({
    protocol: fc.constantFrom('dhcp', 'tftp', 'http', 'syslog'),
    direction: fc.constantFrom('in', 'out'),
    payload: fc.uint8Array({ maxLength: 500 }),
  });
  for (const { protocol, direction, payload } of fc.sample(any, { numRuns: 300, seed: 11 }))
    recorder.tap(message(protocol, direction, 30_000, payload));
  await writeFile(file, recorder.capture(null));
  expect((await dissect(file, 'frame', ['frame.number'])).length).toBeGreaterThanOrEqual(300);
});
