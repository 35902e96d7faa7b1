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
