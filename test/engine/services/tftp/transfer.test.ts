import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { negotiate } from '../../../../engine/protocols/tftp/options.js';
import {
  acknowledged,
  advance,
  begin,
  type Heard,
  type Outgoing,
  type Step,
  wireBlock,
} from '../../../../engine/services/tftp/transfer.js';

const heard: fc.Arbitrary<Heard> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('ack' as const), block: fc.nat(6) }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'expired' as const }) },
);
const options = fc.constantFrom(new Map<string, string>(), new Map([['blksize', '100']]), new Map([['tsize', '0']]));

describe('a TFTP transfer', () => {
  it('whatever it hears, sends a block only for the ACK before it or when time is over, and the content once through', () => {
    fc.assert(
      fc.property(options, fc.nat(500), fc.array(heard, { maxLength: 60 }), (asked, size, script) => {
        const first = begin(negotiate(asked, size), size);
        let { transfer } = first;
        const sent: Outgoing[] = [first.send];
        let last: Step = first;
        for (const each of script) {
          const before = transfer;
          last = advance(transfer, each);
          if (last.kind === 'ended') break;
          if (last.kind === 'ignore') {
            expect(each.kind === 'ack' && each.block !== wireBlock(before.awaiting)).toBe(true);
            continue;
          }
          transfer = last.transfer;
          sent.push(last.send);
          if (each.kind === 'expired') expect(last.send).toEqual(sent.at(-2));
          else expect(transfer.awaiting).toBe(before.awaiting + 1);
          expect(acknowledged(transfer)).toBeLessThanOrEqual(size);
        }
        const blocks = new Map(sent.flatMap((each) => (each.kind === 'data' ? [[each.block, each] as const] : [])));
        let at = 0;
        for (const block of blocks.values()) {
          expect(block.from).toBe(at);
          at = block.to;
        }
        if (last.kind === 'ended' && last.because === 'delivered') expect(at).toBe(size);
      }),
      { numRuns: 10_000, seed: 1350 },
    );
  });

  it('over a line that loses and doubles packets gives the client the content once, and sends nothing again but when time is over', () => {
    const fate = fc.constantFrom('lost' as const, 'fine' as const, 'fine' as const, 'doubled' as const);
    fc.assert(
      fc.property(options, fc.nat(3_000), fc.array(fate, { maxLength: 40 }), (asked, size, fates) => {
        let current = begin(negotiate(asked, size), size);
        let step: Step = current;
        const coming = [...fates];
        let [sent, expiries, taken, expected] = [0, 0, 0, 1];
        const toServer: number[] = [];
        const copies = () => ({ lost: 0, fine: 1, doubled: 2 })[coming.shift() ?? 'fine'];
        while (step.kind !== 'ended') {
          if (step.kind === 'send') {
            current = step;
            sent++;
            const { send } = step;
            for (let i = copies(); i > 0; i--) {
              const block: number = send.kind === 'data' ? send.block : 0;
              if (send.kind === 'data' && block === expected) {
                taken += send.to - send.from;
                expected++;
              }
              toServer.push(...Array.from({ length: copies() }, () => block));
            }
          }
          const ack = toServer.shift();
          if (ack === undefined) expiries++;
          step = advance(current.transfer, ack === undefined ? { kind: 'expired' } : { kind: 'ack', block: ack });
        }
        const blocks = Math.floor(size / current.transfer.terms.blockSize) + 1;
        expect(sent).toBeLessThanOrEqual(blocks + 1 + expiries);
        if (step.because === 'delivered') expect(taken).toBe(size);
        else expect(step.because).toBe('timeout');
      }),
      { numRuns: 10_000, seed: 1123 },
    );
  });

  it('rolls over after 65535 blocks', () => {
    const size = 8 * 70_000;
    const first = begin(negotiate(new Map([['blksize', '8']]), size), size);
    let step: Step = first;
    let acks = 0;
    while (step.kind === 'send') {
      const { awaiting } = step.transfer;
      step = advance(step.transfer, { kind: 'ack', block: awaiting % 65_536 });
      acks++;
    }
    expect([step, acks]).toEqual([{ kind: 'ended', because: 'delivered' }, 70_002]);
  });

  it('with a long time-out of the client\u2019s own still tries three times', () => {
    let step: Step = begin(negotiate(new Map([['timeout', '255']]), 5), 5);
    const waits: number[] = [];
    while (step.kind === 'send') {
      waits.push(step.wait);
      step = advance(step.transfer, { kind: 'expired' });
    }
    expect(waits).toEqual([255_000, 255_000, 255_000]);
  });
});
