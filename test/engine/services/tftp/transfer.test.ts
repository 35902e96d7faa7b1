import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { negotiate } from '../../../../engine/protocols/tftp/options.js';
import { RoundTrip } from '../../../../engine/services/tftp/round-trip.js';
import { Transfer } from '../../../../engine/services/tftp/transfer.js';

const windows = fc.constantFrom(undefined, '1', '2', '5', '32');
const optionsOf = (window: string | undefined, blksize: number) =>
  new Map([['blksize', String(blksize)], ...(window === undefined ? [] : [['windowsize', window] as const])]);

/** Sends all that is due; the blocks it sent. */
function drain(transfer: Transfer, now = 0): number[] {
  const sent: number[] = [];
  for (let block = transfer.due; block !== -1; block = transfer.due) {
    sent.push(block);
    transfer.sent(now);
  }
  return sent;
}

const start = (options: Record<string, string>, size: number): Transfer =>
  new Transfer(negotiate(new Map(Object.entries(options)), size), size, 0);

describe('a TFTP transfer', () => {
  it('whatever it hears, keeps to its window, sends again only for a gap or when time is over, and never goes back', () => {
    const heard = fc.oneof(
      { weight: 8, arbitrary: fc.record({ kind: fc.constant('ack' as const), ahead: fc.integer({ min: -3, max: 8 }) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('ack' as const), ahead: fc.integer({ min: -40_000, max: 40_000 }) }) },
      { weight: 2, arbitrary: fc.constant({ kind: 'expired' as const }) },
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('send' as const), most: fc.nat(6) }) },
    );
    fc.assert(
      fc.property(windows, fc.nat(500), fc.array(heard, { maxLength: 80 }), (window, size, script) => {
        const terms = negotiate(optionsOf(window, 10), size);
        const transfer = new Transfer(terms, size, 0);
        let [acked, highest, now] = [-1, -1, 0];
        for (const each of script) {
          now += 7;
          if (each.kind === 'send') {
            for (let i = 0; i < each.most && transfer.due !== -1; i++) {
              const block = transfer.due;
              expect(block).toBeGreaterThan(acked);
              expect(block).toBeLessThanOrEqual(Math.max(0, acked) + terms.windowSize);
              expect(block).toBeLessThanOrEqual(transfer.last);
              expect(transfer.sent(now)).toBe(block <= highest);
              highest = Math.max(highest, block);
            }
          } else if (each.kind === 'ack') {
            const block = acked + each.ahead;
            const result = transfer.ack(block & 0xffff, now);
            const fits = block > acked && block <= highest;
            expect(result === 'ignored').toBe(!fits);
            if (!fits) continue;
            acked = block;
            expect(transfer.acknowledged).toBe(Math.min(size, Math.max(0, acked) * 10));
            if (result === 'delivered') {
              expect(block).toBe(transfer.last);
              return;
            }
          } else if (transfer.expire(now) === 'timeout') return;
        }
        expect(transfer.retransmits).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 10_000, seed: 7440 },
    );
  });

  it.each([false, true])(
    'over a line that loses, doubles and reorders gives the client the content once, and ends (client repeats its ACK for every duplicate: %s)',
    (talkative) => {
      const fate = fc.constantFrom('lost' as const, 'doubled' as const, 'late' as const, 'fine' as const, 'fine' as const, 'fine' as const);
      fc.assert(
        fc.property(windows, fc.nat(3_000), fc.array(fate, { maxLength: 120 }), (window, size, fates) => {
          const terms = negotiate(optionsOf(window, 40), size);
          const transfer = new Transfer(terms, size, 0);
          const coming = [...fates];
          const client = new Client(terms.windowSize, transfer, talkative);
          let [now, sent, expiries, gaps, over] = [0, 0, 0, 0, ''];
          let toClient: number[] = [];
          let toServer: number[] = [];
          const pass = (line: number[], block: number): void => {
            const what = coming.shift() ?? 'fine';
            if (what === 'late') line.splice(Math.max(0, line.length - 1), 0, block);
            else if (what !== 'lost') line.push(...(what === 'doubled' ? [block, block] : [block]));
          };
          for (let steps = 0; over === '' && steps < 20_000; steps++) {
            now += 1;
            const due = transfer.due;
            if (due !== -1) {
              pass(toClient, due);
              transfer.sent(now);
              sent++;
            } else if (toClient.length > 0) {
              const [block = 0, ...rest] = toClient;
              toClient = rest;
              for (const ack of client.hear(block)) pass(toServer, ack);
            } else if (toServer.length > 0) {
              const [ack = 0, ...rest] = toServer;
              toServer = rest;
              const before = transfer.blocks;
              const heard = transfer.ack(ack, now);
              if (heard === 'delivered') over = 'delivered';
              else if (heard === 'moved' && transfer.blocks - before < terms.windowSize) gaps++;
            } else {
              now = Math.max(now, transfer.deadline);
              expiries++;
              if (transfer.expire(now) === 'timeout') over = 'timeout';
            }
          }
          expect(over).not.toBe('');
          // A duplicated ACK never multiplies traffic: beyond each block once, only gaps and silences cost packets, a window each.
          expect(sent).toBeLessThanOrEqual(transfer.last + 1 + (expiries + gaps) * terms.windowSize);
          if (over === 'delivered') expect(client.taken).toBe(size);
          else expect(expiries).toBeGreaterThanOrEqual(3);
        }),
        { numRuns: 5_000, seed: 1123 },
      );
    },
  );

  it('sends one window, and the next for the ACK of its last block', () => {
    const transfer = start({ windowsize: '4' }, 512 * 10);
    expect(drain(transfer)).toEqual([0]);
    expect(transfer.ack(0, 1)).toBe('moved');
    expect(drain(transfer)).toEqual([1, 2, 3, 4]);
    expect(transfer.ack(4, 2)).toBe('moved');
    expect(drain(transfer)).toEqual([5, 6, 7, 8]);
    expect(transfer.retransmits).toBe(0);
  });

  it('resumes after an ACK in the middle of a window, and ignores its copies', () => {
    const transfer = start({ windowsize: '4' }, 512 * 10);
    drain(transfer);
    transfer.ack(0, 1);
    drain(transfer);
    expect(transfer.ack(2, 2)).toBe('moved');
    expect(drain(transfer)).toEqual([3, 4, 5, 6]);
    expect([transfer.ack(2, 3), transfer.ack(0, 3), transfer.ack(7, 3)]).toEqual(['ignored', 'ignored', 'ignored']);
    expect(drain(transfer)).toEqual([]);
    expect(transfer.retransmits).toBe(2);
  });

  it('sends the window again when time is over, and believes a late ACK of what it sent before', () => {
    const transfer = start({ windowsize: '4' }, 512 * 10);
    drain(transfer);
    transfer.ack(0, 1);
    drain(transfer);
    expect(transfer.expire(500)).toBe('again');
    expect(transfer.due).toBe(1);
    expect(transfer.ack(4, 501)).toBe('moved');
    expect(drain(transfer)).toEqual([5, 6, 7, 8]);
  });

  it('rolls over after 65535 blocks, in lock-step and in windows', () => {
    for (const windowsize of ['1', '32']) {
      const size = 8 * 70_000;
      const transfer = start({ blksize: '8', windowsize }, size);
      let [blocks, heard] = [0, 'moved'];
      while (heard === 'moved') {
        const sent = drain(transfer);
        blocks += sent.length;
        heard = transfer.ack((sent.at(-1) ?? 0) & 0xffff, 0);
      }
      expect([heard, blocks, transfer.acknowledged]).toEqual(['delivered', 70_002, size]);
    }
  });

  it('gives a silent client 20 seconds, or three times its own time-out, but never minutes', () => {
    const silence = (options: Record<string, string>) => {
      const transfer = start(options, 5);
      const sentAt: number[] = [];
      let now = 0;
      do {
        drain(transfer, now);
        sentAt.push(now);
        now = transfer.deadline;
      } while (transfer.expire(now) === 'again');
      return [...sentAt, now];
    };
    expect(silence({})).toEqual([0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500]);
    expect(silence({ timeout: '1' })).toEqual(Array.from({ length: 21 }, (_, i) => i * 1_000));
    expect(silence({ timeout: '10' })).toEqual([0, 10_000, 20_000, 30_000]);
    expect(silence({ timeout: '255' })).toEqual([0, 30_000, 60_000, 90_000]);
  });
});

describe('the time until a packet is sent again', () => {
  it('follows RFC 6298 above a floor of 200 ms', () => {
    const trip = new RoundTrip();
    expect(trip.wait).toBe(500);
    trip.sample(400); // SRTT 400, RTTVAR 200
    expect(trip.wait).toBe(1_200);
    trip.sample(200); // RTTVAR 3/4 * 200 + 1/4 * 200, SRTT 7/8 * 400 + 1/8 * 200
    expect(trip.wait).toBe(375 + 4 * 200);
    for (let i = 0; i < 100; i++) trip.sample(1);
    expect(trip.wait).toBe(200);
  });

  it('doubles with every silence up to 4 s, and learns nothing from what was sent twice (Karn)', () => {
    const transfer = start({}, 512 * 5);
    drain(transfer);
    transfer.ack(1, 1);
    drain(transfer, 1);
    expect(transfer.deadline).toBe(201);
    transfer.expire(201);
    drain(transfer, 201);
    expect(transfer.deadline).toBe(601);
    transfer.ack(2, 202); // of which of the two?
    drain(transfer, 202);
    expect(transfer.deadline).toBe(602);
    transfer.ack(3, 203);
    drain(transfer, 203);
    expect(transfer.deadline).toBe(403);
  });
});

/** A client by RFC 7440: takes what it expects, ACKs at the end of a window, at the end of the file, and once at a gap. */
class Client {
  taken = 0;
  #next = 0;
  #inWindow = 0;
  #gapSaid = false;
  readonly #window: number;
  readonly #transfer: Transfer;
  readonly #talkative: boolean;

  constructor(window: number, transfer: Transfer, talkative: boolean) {
    this.#window = window;
    this.#transfer = transfer;
    this.#talkative = talkative;
  }

  hear(block: number): number[] {
    if (block < this.#next) return this.#talkative || block === 0 ? [(this.#next - 1) & 0xffff] : this.#repeat(block);
    if (block > this.#next) {
      if (this.#gapSaid || this.#next === 0) return [];
      this.#gapSaid = true;
      this.#inWindow = 0;
      return [(this.#next - 1) & 0xffff];
    }
    this.#gapSaid = false;
    this.#next++;
    if (block === 0) return [0];
    this.taken += this.#transfer.startOf(block + 1) - this.#transfer.startOf(block);
    this.#inWindow++;
    if (this.#inWindow < this.#window && block < this.#transfer.last) return [];
    this.#inWindow = 0;
    return [block & 0xffff];
  }

  /** Its ACK was lost: the last block it took comes again. */
  #repeat(block: number): number[] {
    return block === this.#next - 1 ? [block & 0xffff] : [];
  }
}
