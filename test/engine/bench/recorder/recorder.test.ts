import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Recorder } from '../../../../engine/bench/recorder/recorder.js';
import { type Mac, parseMac } from '../../../../engine/contract/mac.js';
import { encode as encodeTftp } from '../../../../engine/protocols/tftp/packet.js';
import type { WireMessage } from '../../../../engine/services/tap.js';

const mac = parseMac('c4c603000001')!;
const [address, bench] = ['10.77.0.9', '10.77.0.1'];
const secret = 'S3cret-Pass?';
const at = new Date('2026-11-22T09:00:00Z');

function message(protocol: WireMessage['protocol'], direction: 'in' | 'out', payload: string | Uint8Array, port = 5_000): WireMessage {
  const transport = protocol === 'http' ? 'tcp' : 'udp';
  const local = { address: bench, port: { dhcp: 67, tftp: 69, http: 80, syslog: 514 }[protocol] };
  const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
  return { at, protocol, transport, direction, local, remote: { address, port }, payload: bytes };
}

const open = (holder: (address: string) => Mac | undefined = () => mac, secrets: readonly string[] = [secret]): Recorder =>
  new Recorder({ holder, secrets: () => secrets });

const request = encodeTftp({ kind: 'read', file: '/8851-3PCC.xml', mode: 'octet', options: new Map([['blksize', '1428']]) });

describe('the recorder', () => {
  it('tells what a phone and the bench said to each other, in order, with the parts of each', () => {
    const recorder = open();
    recorder.tap(message('tftp', 'in', request));
    recorder.tap(message('tftp', 'out', Buffer.from('00050001' + Buffer.from('file not found\0').toString('hex'), 'hex')));
    recorder.tap(message('http', 'in', 'GET /device/c4c603000001.xml HTTP/1.1\r\nHost: 10.77.0.1\r\n\r\n'));
    recorder.tap(message('http', 'out', 'HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\n'));
    recorder.tap(message('syslog', 'in', '<142>Aug 12 09:00:00 phone app: hello'));
    const { messages, forgotten } = recorder.messages(mac);
    expect(forgotten).toBe(0);
    expect(messages.map(({ summary, from, to }) => [summary.code, summary.params, from, to])).toEqual([
      ['message.tftp.read', { file: '/8851-3PCC.xml' }, `${address}:5000`, `${bench}:69`],
      ['message.tftp.error', { number: 1, text: 'file not found' }, `${bench}:69`, `${address}:5000`],
      ['message.http.request', { method: 'GET', path: '/device/c4c603000001.xml' }, `${address}:5000`, `${bench}:80`],
      ['message.http.answer', { status: 403 }, `${bench}:80`, `${address}:5000`],
      ['message.syslog', { text: expect.stringContaining('hello') as string }, `${address}:5000`, `${bench}:514`],
    ]);
    expect(messages[0]?.fields).toContainEqual({ name: 'blksize', value: '1428' });
  });

  it('keeps no content of files, and nothing it does not own', () => {
    const recorder = open();
    const data = Buffer.from('00030001' + Buffer.from('<flat-profile>').toString('hex'), 'hex');
    recorder.tap(message('tftp', 'out', data));
    data.fill(0xff); // the bytes were the tap's only during the call
    expect(recorder.messages(mac).messages[0]?.fields).toEqual([{ name: 'block', value: '1' }]);
    expect(Buffer.from(recorder.capture(null)).includes('flat-profile')).toBe(false);
  });

  it('gives what came from an address to the MAC that turns out to have it', () => {
    const holders = new Map<string, Mac>();
    const recorder = open((from) => holders.get(from));
    recorder.tap(message('tftp', 'in', request));
    expect(recorder.messages(mac).messages).toEqual([]);
    holders.set(address, mac);
    recorder.tap(message('syslog', 'in', 'later'));
    expect(recorder.messages(mac).messages.map(({ protocol }) => protocol)).toEqual(['tftp', 'syslog']);
  });

  it('masks secrets however they are written, in what it tells and in the capture', () => {
    const base64 = Buffer.from(`admin:${secret}`).toString('base64');
    const spellings = [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('hex'),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret, 'utf16le').toString('latin1'),
    ];
    const recorder = open();
    for (const spelling of spellings) recorder.tap(message('syslog', 'in', Buffer.from(`<13>I have ${spelling} here`, 'latin1')));
    recorder.tap(message('http', 'in', `GET /x?p=${encodeURIComponent(secret)} HTTP/1.1\r\nAuthorization: Basic ${base64}\r\n\r\n`));
    recorder.tap(message('tftp', 'in', encodeTftp({ kind: 'read', file: `/${secret}.xml`, mode: 'octet', options: new Map() })));
    const told = JSON.stringify(recorder.messages(mac).messages);
    const capture = Buffer.from(recorder.capture(mac)).toString('latin1');
    for (const spelling of [...spellings, base64]) {
      expect(told).not.toContain(spelling);
      expect(capture).not.toContain(spelling);
    }
    expect(told).toContain('I have');
  });

  it('never throws and stays within its bounds, whatever passes', () => {
    const limits = { each: 20, bytes: 40_000, rings: 8 };
    const recorder = new Recorder({ holder: (from) => (from.endsWith('1') ? mac : undefined), secrets: () => [secret], limits });
    const any = fc.record({
      protocol: fc.constantFrom('dhcp', 'tftp', 'http', 'syslog'),
      direction: fc.constantFrom('in', 'out'),
      host: fc.nat(20),
      payload: fc.oneof(
        fc.uint8Array({ maxLength: 600 }),
        fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
        fc.constant(Buffer.alloc(20_000, 'x')),
      ),
    });
    fc.assert(
      fc.property(any, ({ protocol, direction, host, payload }) => {
        recorder.tap({ ...message(protocol, direction, payload), remote: { address: `10.77.0.${host}`, port: host } });
        expect(recorder.bytes).toBeLessThanOrEqual(limits.bytes);
      }),
      { numRuns: 500 },
    );
    recorder.messages(mac);
    expect(recorder.capture(null).length).toBeLessThan(200_000);
  });
});
