import { describe, expect, test } from 'vitest';
import { type Answer, type CallName, calls } from '../../engine/contract/calls.js';
import { type GatewayOptions, receive } from '../../electron/gateway.js';

const ours = { senderFrame: { url: 'app://bench/', parent: null }, sender: { id: 1 } };
const names = Object.keys(calls) as CallName[];

/** A gateway that remembers what passed. */
function gateway(answer: Answer = { ok: true, value: {} }, checkOutput = false): GatewayOptions & { passed: unknown[]; logged: unknown[] } {
  const passed: unknown[] = [];
  const logged: unknown[] = [];
  const engine = (name: CallName, input: unknown): Promise<Answer> => {
    passed.push([name, input]);
    return Promise.resolve(answer);
  };
  return { engine, own: {}, isOurs: (id) => id === 1, checkOutput, log: (event, fields) => logged.push([event, fields]), passed, logged };
}

test('a sound call of ours reaches the engine, parsed', async () => {
  const options = gateway();
  expect(await receive(ours, 'settings.write', { theme: 'dark' }, options)).toEqual({ ok: true, value: {} });
  expect(options.passed).toEqual([['settings.write', { theme: 'dark' }]]);
});

test('calls of the shell’s own do not reach the engine', async () => {
  const options = gateway();
  const own = {
    'files.choose': ({ what }: { what: string }): Promise<Answer> => Promise.resolve({ ok: false, error: { code: what, params: {} } }),
  };
  expect(await receive(ours, 'files.choose', { what: 'csv' }, { ...options, own })).toEqual({
    ok: false,
    error: { code: 'csv', params: {} },
  });
  expect(options.passed).toEqual([]);
});

test('a forged sender gets no answer at all, and it is noted', async () => {
  const options = gateway();
  const forged = { senderFrame: { url: 'https://evil.example/', parent: null }, sender: { id: 1 } };
  await expect(receive(forged, 'settings.write', { theme: 'dark' }, options)).rejects.toThrow('sender.origin');
  expect([options.passed, options.logged]).toEqual([[], [['call.refused', { code: 'sender.origin', url: 'https://evil.example/' }]]]);
});

test.each([['nope'], ['__proto__'], ['toString'], [''], [7], [null], [undefined], [{}], [['app.info']]])(
  'no call is named %j',
  async (name) => {
    const options = gateway();
    expect(await receive(ours, name, {}, options)).toMatchObject({ ok: false, error: { code: 'call.unknown' } });
    expect(options.passed).toEqual([]);
  },
);

describe('malformed input is refused without effect', () => {
  const wrong = [
    undefined,
    null,
    1,
    'text',
    [],
    { unexpected: true },
    Object.create({ phones: 24 }),
    new Map(),
    { csv: '../../etc/passwd', recipe: null },
  ];
  test.each(names)('%s', async (name) => {
    const options = gateway();
    for (const input of wrong) {
      if (calls[name].input.safeParse(input).success) continue; // an empty object is what calls without input take
      const answer = await receive(ours, name, input, options);
      expect([input, answer]).toEqual([input, { ok: false, error: { code: 'call.invalid', params: { name, path: expect.any(String) } } }]);
    }
    expect(options.passed).toEqual([]);
    expect(options.logged.length).toBeGreaterThanOrEqual(6);
  });
});

test('in development and tests an output that breaks the contract is an error', async () => {
  const options = gateway({ ok: true, value: { surprise: 1 } as never }, true);
  expect(await receive(ours, 'jobs.list', {}, options)).toMatchObject({
    ok: false,
    error: { code: 'call.output', params: { name: 'jobs.list' } },
  });
});
