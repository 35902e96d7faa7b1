import { expect, it } from 'vitest';
import { UnlistedPhones } from '../../../engine/bench/unlisted-phones.js';
import type { Mac } from '../../../engine/contract/mac.js';
import type { Fact } from '../../../engine/contract/observation.js';
import type { Refusal } from '../../../engine/contract/problem.js';
import { smallOrder, stranger } from './small-order.js';

function told(...seen: readonly { mac: Mac; fact: Fact }[]): Refusal[] {
  const notices: Refusal[] = [];
  const phones = new UnlistedPhones(smallOrder(), (notice) => notices.push(notice));
  for (const { mac, fact } of seen) phones.hear({ at: '2026-11-22T09:00:00.000Z', sender: { mac }, fact });
  return notices;
}

const ignored: Fact = { kind: 'dhcpIgnored', because: 'unlisted', vendorClass: 'CP-8851-3PCC' };

it('a phone whose MAC is nearly that of a row is told with the row, once', () => {
  const mac = 'c4c603000007' as Mac;
  expect(told({ mac, fact: ignored }, { mac, fact: ignored })).toEqual([
    { kind: 'usage', code: 'dhcp.mistyped-mac', params: { mac: 'c4:c6:03:00:00:07', model: '8851', line: 2, listed: 'c4:c6:03:00:00:01' } },
  ]);
});

it('any other phone is told too, what is no phone is not', () => {
  expect(told({ mac: 'c4c603abcdef' as Mac, fact: ignored }).map(({ code }) => code)).toEqual(['dhcp.unlisted-phone']);
  expect(told({ mac: stranger, fact: { kind: 'dhcpIgnored', because: 'not-a-phone' } })).toEqual([]);
});
