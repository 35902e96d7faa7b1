/** A configuration in parts is delivered when every part was, in the life the phone lives now. */
import { expect, it } from 'vitest';
import type { Fact, SharedPart } from '../../../engine/contract/observation.js';
import { isProven, problemOf } from '../../../engine/roster/device.js';
import { fact, fold } from './journals.js';

const bound: Fact = { ...fact.bound, terms: { ...fact.bound.terms, parts: ['model', 'customer'] } };
const part = (of: SharedPart): Fact => ({
  kind: 'fileDelivered',
  transport: 'http',
  path: `/part/${of}.xml`,
  purpose: 'part',
  part: of,
  bytes: 9,
});
const own: readonly Fact[] = [fact.deviceAsked, fact.deviceDelivered, fact.word, fact.readBack];
const begun: readonly Fact[] = [bound, fact.discover, fact.ack, fact.bootstrapAsked];

it.each([[[]], [['model']], [['customer']]] as const)('with %j alone nothing is proven, whatever the phone says and shows', (taken) => {
  const device = fold([...begun, ...taken.map(part), ...own]);
  expect([device.evidence.delivery, device.evidence.readBack, isProven(device)]).toEqual([undefined, undefined, false]);
  expect(problemOf(device)).toBeNull(); // as in the pass that brings a phone its key
  const again = fold(own, device);
  expect([again.evidence.delivery, problemOf(again)?.code]).toEqual([undefined, 'file.part-missing']);
  expect(problemOf(fold([{ kind: 'overdue', stage: 'device' }], again))?.code).toBe('file.part-missing');
});

it('with all of them it is, and what was missing before is forgotten', () => {
  expect(isProven(fold([...begun, part('model'), part('customer'), ...own]))).toBe(true);
  const late = fold([...begun, ...own, part('model'), part('customer'), ...own]);
  expect([isProven(late), problemOf(late)]).toEqual([true, null]);
});

it('what was delivered before a restart counts for nothing after it', () => {
  const device = fold([...begun, part('model'), fact.discover, fact.ack, part('customer'), ...own]);
  expect(isProven(device)).toBe(false);
});

it('a phone that gets one file needs no others, as in journals of earlier versions', () => {
  expect(isProven(fold([fact.bound, ...begun.slice(1), ...own]))).toBe(true);
});
