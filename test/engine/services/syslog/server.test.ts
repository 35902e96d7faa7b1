import dgram from 'node:dgram';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseMac } from '../../../../engine/contract/mac.js';
import type { Word } from '../../../../engine/phones/pack.js';
import type { Service } from '../../../../engine/services/service.js';
import { lineText, startSyslog } from '../../../../engine/services/syslog/server.js';
import { HandClock } from '../hand-clock.js';
import { Notebook, openLoopback } from '../loopback.js';

const mac = parseMac('000e08abcdef')!;

let book: Notebook;
let lines: { at: string; from: string; transport: string; parsed: boolean; text: string }[];
let heard: string[];
let heardOne: () => void;
let service: Service;
let phone: dgram.Socket;
let word: Word | undefined;

beforeEach(async () => {
  [book, lines, heard, word] = [new Notebook(), [], [], undefined];
  const started = await startSyslog({
    port: 0,
    open: openLoopback,
    readWord(text) {
      heard.push(text);
      return word;
    },
    observe: book.observe,
    onLine(line) {
      const { at, from, transport, parsed } = line;
      lines.push({ at: new Date(at).toISOString(), from, transport, parsed, text: lineText(line) });
      heardOne();
    },
    clock: new HandClock(),
  });
  if (!started.ok) throw new Error(started.refusal.code);
  service = started.value;
  phone = dgram.createSocket('udp4');
});
afterEach(async () => {
  await service[Symbol.asyncDispose]();
  phone.close();
  await once(phone, 'close');
});

/** Says something and waits until it was heard. */
async function say(text: string | Uint8Array): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  heardOne = resolve;
  phone.send(text, service.port, '127.0.0.1');
  await promise;
}

describe('syslog', () => {
  it('shows every line as it came, and reads the text without PRI and time', async () => {
    await say('<142>Aug 12 09:00:00 CP-8851-3PCC 00:0e:08:ab:cd:ef -- hello\n');
    await say('\u001b[31mred\u0000');
    const line = { at: '2026-11-22T09:00:00.000Z', from: '127.0.0.1', transport: 'udp' };
    expect(lines).toEqual([
      { ...line, parsed: true, text: '<142>Aug 12 09:00:00 CP-8851-3PCC 00:0e:08:ab:cd:ef -- hello' },
      { ...line, parsed: false, text: '\u241b[31mred' },
    ]);
    expect(heard).toEqual(['CP-8851-3PCC 00:0e:08:ab:cd:ef -- hello', '\u241b[31mred']);
    expect(book.facts).toEqual([]);
  });

  it('observes a word, with the MAC the pack or the text names', async () => {
    word = { step: 'resync', outcome: 'successful', path: '/device/x.xml', purpose: 'device' };
    await say('<13>CP-8851-3PCC 00:0E:08:AB:CD:EF -- Successful resync');
    word = { step: 'upgrade', outcome: 'failed', error: 'http_get\nfailed', mac };
    await say('anything');
    word = { step: 'resync', outcome: 'requesting' };
    await say('no MAC in 4711000e08abcdef0815 nor in ff:ff:ff:ff:ff:ff');
    const sender = { address: '127.0.0.1', claims: [{ source: 'syslogText', mac }] };
    expect(book.observations.map(({ sender, fact }) => ({ sender, fact }))).toEqual([
      { sender, fact: { kind: 'word', step: 'resync', outcome: 'successful', path: '/device/x.xml', purpose: 'device' } },
      { sender, fact: { kind: 'word', step: 'upgrade', outcome: 'failed', error: 'http_get\u240afailed' } },
      { sender: { address: '127.0.0.1' }, fact: { kind: 'word', step: 'resync', outcome: 'requesting' } },
    ]);
  });

  it('shows 8 KiB of a datagram at most', async () => {
    await say('x'.repeat(60_000));
    expect(lines[0]?.text.length).toBe(8_192);
  });

  it('hears on, whatever came before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => say(bytes)),
      { numRuns: 1_000, seed: 3164 },
    );
    expect(lines.length).toBe(1_000);
  });
});
