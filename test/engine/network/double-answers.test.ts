/** Who answers twice. That two phones on a wire do is tested in namespaces. */
import { expect, it } from 'vitest';
import type { Mac } from '../../../engine/contract/mac.js';
import { findDoubleAnswers, narrowed } from '../../../engine/network/double-answers.js';
import { systemClock } from '../../../engine/services/service.js';

const [one, other] = ['00562b000001' as Mac, '00562b000002' as Mac];

/** A segment where each address is answered by these MACs, differently from question to question where there are several lists. */
function segment(answers: Readonly<Record<string, readonly (readonly Mac[])[]>>) {
  const asked = new Map<string, number>();
  let waiting: { address: string; mac: Mac; answer: boolean }[] = [];
  return {
    asked,
    ask(address: string) {
      const times = asked.get(address) ?? 0;
      asked.set(address, times + 1);
      const lists = answers[address] ?? [];
      for (const mac of lists[times % lists.length] ?? []) waiting.push({ address, mac, answer: true });
    },
    read() {
      const all = waiting;
      waiting = [];
      return all;
    },
  };
}

const find = (wire: ReturnType<typeof segment>, ...addresses: string[]) => narrowed(wire, addresses, async () => undefined);

it('two answers of one MAC to each of three questions are two phones', async () => {
  const wire = segment({ '10.0.0.5': [[one, one]], '10.0.0.6': [[other]], '10.0.0.7': [[]] });
  expect([...(await find(wire, '10.0.0.5', '10.0.0.6', '10.0.0.7'))]).toEqual([['10.0.0.5', one]]);
  expect([...wire.asked.values()]).toEqual([3, 1, 1]); // who answers once is not asked again
});

it.each([
  ['a frame that came twice, once', { '10.0.0.5': [[one, one], [one]] }],
  ['two hosts with one address', { '10.0.0.5': [[one, other]] }],
  [
    'now one, now the other',
    {
      '10.0.0.5': [
        [one, one],
        [other, other],
      ],
    },
  ],
  ['a network that doubles everything', { '10.0.0.5': [[one, one]], '10.0.0.6': [[other, other]] }],
])('%s is none', async (_what, answers) => {
  expect([...(await find(segment(answers), '10.0.0.5', '10.0.0.6'))]).toEqual([]);
});

it('what nobody asked for, and what others ask, does not count', async () => {
  const wire = segment({ '10.0.0.5': [[one]] });
  const noisy = {
    ...wire,
    read: () => [
      ...wire.read(),
      { address: '10.0.0.5', mac: one, answer: false },
      { address: '10.0.0.9', mac: other, answer: true },
      { address: '10.0.0.9', mac: other, answer: true },
    ],
  };
  expect([...(await narrowed(noisy, ['10.0.0.5'], async () => undefined))]).toEqual([]);
});

it('many are asked a few at a time, so that no answer is lost', async () => {
  const addresses = Array.from({ length: 250 }, (_, i) => `10.0.1.${i}`);
  const wire = segment(Object.fromEntries(addresses.map((address, i) => [address, i === 249 ? [[one, one]] : [[other]]])));
  let most = 0;
  const counted = { ...wire, read: () => ((most = Math.max(most, wire.asked.size - seen)), (seen = wire.asked.size), wire.read()) };
  let seen = 0;
  expect([...(await narrowed(counted, addresses, async () => undefined))]).toEqual([['10.0.1.249', one]]);
  expect(most).toBe(100);
});

it('nobody is asked where there is nobody, or no wire to ask on', async () => {
  const nowhere = { interface: 'none', address: '10.0.0.1', prefix: 24 };
  expect((await findDoubleAnswers(nowhere, systemClock, [])).size).toBe(0);
  expect((await findDoubleAnswers(nowhere, systemClock, ['10.0.0.5'])).size).toBe(0);
});
