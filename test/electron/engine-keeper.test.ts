import { expect, test } from 'vitest';
import type { Answer, Event } from '../../engine/contract/calls.js';
import type { FromEngine, ToEngine } from '../../electron/engine-link.js';
import { EngineKeeper } from '../../electron/engine-keeper.js';

const benchState = {
  job: { id: 'job-1', name: 'Job', revision: 1, virtual: false },
  state: 'running' as const,
  dhcp: 'serving' as const,
  link: 'up' as const,
  interface: 'eth1',
  address: '10.0.0.1',
  ports: { dhcp: 67 },
  startedAt: '2026-01-01T00:00:00.000Z',
  notices: [],
};
const counts = { devices: 0, pass: 0, unverified: 0, fail: 0, pending: 0 };
const batch = (bench: typeof benchState | null): Event => ({ kind: 'batch', epoch: 'e', seq: 1, counts, devices: [], bench });

/** An engine's process that does as the test says. */
class FakeChild {
  readonly heard: ToEngine[] = [];
  readonly pid = 1;
  killed = 0;
  #message: (message: FromEngine) => void = () => undefined;
  #exit: (code: number) => void = () => undefined;

  on(event: 'message' | 'exit', listener: ((message: FromEngine) => void) | ((code: number) => void)): this {
    if (event === 'message') this.#message = listener as (message: FromEngine) => void;
    else this.#exit = listener as (code: number) => void;
    return this;
  }

  postMessage(message: unknown): void {
    this.heard.push(message as ToEngine);
  }

  kill(): boolean {
    this.killed += 1;
    this.exit(137);
    return true;
  }

  say(message: FromEngine): void {
    this.#message(message);
  }

  exit(code: number): void {
    this.#exit(code);
  }

  /** Calls it was asked and not answered yet. */
  get calls(): Extract<ToEngine, { kind: 'call' }>[] {
    return this.heard.filter((message) => message.kind === 'call');
  }

  answer(answer: Answer): void {
    const call = this.calls.at(-1);
    if (call !== undefined) this.say({ kind: 'answer', id: call.id, answer });
  }
}

/** A keeper with a clock that only the test moves. */
function keeper() {
  const children: FakeChild[] = [];
  const timers = new Set<{ at: number; action: () => void }>();
  const events: Event[] = [];
  const phones: (readonly string[])[] = [];
  const stopped: string[] = [];
  let now = 0;
  const kept = new EngineKeeper({
    fork: () => {
      const child = new FakeChild();
      children.push(child);
      return child;
    },
    open: { dataFolder: '/data', installationKey: new Uint8Array(32), version: '1' },
    startPhones: (args) => {
      phones.push(args);
      const { promise, resolve } = Promise.withResolvers<void>();
      return {
        ended: promise,
        stop: () => {
          stopped.push(args.join(' '));
          resolve();
          return promise;
        },
      };
    },
    clock: {
      now: () => new Date(now),
      after(ms, action) {
        const timer = { at: now + ms, action };
        timers.add(timer);
        return () => void timers.delete(timer);
      },
    },
    log: () => undefined,
  });
  kept.on((event) => events.push(event));
  const last = (): FakeChild => children.at(-1) ?? new FakeChild();
  async function wait(ms: number): Promise<void> {
    now += ms;
    for (const timer of [...timers].filter(({ at }) => at <= now)) {
      timers.delete(timer);
      timer.action();
    }
    await settle();
  }
  async function open(): Promise<void> {
    last().say({ kind: 'opened' });
    await settle();
  }
  async function crash(): Promise<void> {
    last().exit(1);
    await settle();
  }
  return { kept, children, events, phones, stopped, last, wait, open, crash };
}

/** Lets promises that are done be heard of. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

const running = { kind: 'engine', state: 'running' };
const restarting = { kind: 'engine', state: 'restarting' };

test('opens the desk with what it needs, and says when it runs', async () => {
  const { kept, events, last, open } = keeper();
  expect(kept.state).toBe('stopped');
  kept.start();
  expect([kept.state, last().heard]).toEqual([
    'starting',
    [{ kind: 'open', options: { dataFolder: '/data', installationKey: new Uint8Array(32), version: '1' } }],
  ]);
  await open();
  expect([kept.state, events]).toEqual(['ready', [running]]);
});

test('a call waits for an engine that is starting, and is answered by it', async () => {
  const { kept, last, open } = keeper();
  kept.start();
  const answer = kept.call('jobs.list', {});
  await open();
  last().answer({ ok: true, value: [] });
  expect(await answer).toEqual({ ok: true, value: [] });
});

test('no call waits for ever', async () => {
  const { kept, open, wait, crash } = keeper();
  kept.start();
  const early = kept.call('jobs.list', {});
  await wait(15_000);
  expect(await early).toMatchObject({ error: { code: 'engine.not-ready' } });
  await open();
  const hanging = kept.call('doctor.run', {});
  await settle();
  await wait(30_000);
  expect(await hanging).toMatchObject({ error: { code: 'engine.timeout', params: { name: 'doctor.run' } } });
  const lost = kept.call('jobs.list', {});
  await settle();
  await crash();
  expect(await lost).toMatchObject({ error: { code: 'engine.crashed' } });
});

test('after a crash it starts again and goes on with the bench, by the words of the person who started it', async () => {
  const { kept, children, events, last, open, crash, wait } = keeper();
  kept.start();
  await open();
  const started = kept.call('bench.start', { draft: 'd', interface: 'eth1', skipBad: false, dhcp: true, despite: 'eth1' });
  await settle();
  last().say({ kind: 'event', event: batch(benchState) });
  last().answer({ ok: true, value: { job: 'job-1' } });
  await started;
  expect(kept.benchRuns).toBe(true);
  await crash();
  expect([kept.state, events.at(-1)]).toEqual(['crashed', restarting]);
  await wait(200);
  expect(children).toHaveLength(2);
  await open();
  expect(last().calls.map(({ name, input }) => [name, input])).toEqual([
    ['bench.resume', { job: 'job-1', interface: 'eth1', dhcp: true, despite: 'eth1' }],
  ]);
  expect(kept.state).toBe('starting'); // windows ask only once the board is back
  last().answer({ ok: true, value: { job: 'job-1' } });
  await settle();
  expect([kept.state, events.at(-1)]).toEqual(['ready', running]);
});

test('a bench that was stopped, or cannot be gone on with, is left alone', async () => {
  const { kept, last, open, crash, wait } = keeper();
  kept.start();
  await open();
  last().say({ kind: 'event', event: batch(benchState) });
  await crash();
  await wait(200);
  await open();
  last().answer({ ok: false, error: { code: 'interface.unknown', params: {} } });
  await settle();
  expect([kept.state, kept.benchRuns]).toEqual(['ready', false]);
  last().say({ kind: 'event', event: batch(benchState) });
  last().say({ kind: 'event', event: batch(null) });
  await crash();
  await wait(1000);
  await open();
  expect(last().calls).toEqual([]);
});

test('gives up after three starts in a minute; a person may have it tried again', async () => {
  const { kept, children, events, open, crash, wait } = keeper();
  kept.start();
  for (const pause of [200, 1000, 5000]) {
    await open();
    await crash();
    await wait(pause - 1);
    expect(kept.state).toBe('crashed');
    await wait(1);
    expect(kept.state).toBe('starting');
  }
  await crash();
  expect([children.length, events.at(-1)]).toEqual([4, { kind: 'engine', state: 'failed' }]);
  expect(await kept.call('jobs.list', {})).toMatchObject({ error: { code: 'engine.failed' } });
  await wait(600_000);
  expect(children).toHaveLength(4);
  kept.start();
  await open();
  expect(events.at(-1)).toEqual(running);
});

test('crashes that are far apart are each forgiven', async () => {
  const { kept, children, open, crash, wait } = keeper();
  kept.start();
  for (const _ of Array.from({ length: 6 })) {
    await open();
    await crash();
    await wait(200);
    await wait(61_000);
  }
  expect([kept.state, children.length]).toEqual(['starting', 7]);
});

test('virtual phones are started for the engine and end with it', async () => {
  const { kept, last, open, crash, phones, stopped } = keeper();
  kept.start();
  await open();
  last().say({ kind: 'start-phones', id: 1, args: ['--relay', 'x'] });
  last().say({ kind: 'start-phones', id: 2, args: ['--seed', '2'] });
  last().say({ kind: 'stop-phones', id: 2 });
  await settle();
  expect([phones.length, stopped, last().heard.at(-1)]).toEqual([2, ['--seed 2'], { kind: 'phones-ended', id: 2 }]);
  await crash();
  expect(stopped).toEqual(['--seed 2', '--relay x']);
});

test('stops in peace, or is killed after three seconds', async () => {
  const { kept, last, open, wait } = keeper();
  kept.start();
  await open();
  const stopped = kept.stop();
  expect([kept.state, last().heard.at(-1)]).toEqual(['stopping', { kind: 'close' }]);
  await wait(2999);
  expect(last().killed).toBe(0);
  await wait(1);
  await stopped;
  expect([kept.state, last().killed]).toEqual(['stopped', 1]);
  expect(await kept.call('jobs.list', {})).toMatchObject({ error: { code: 'engine.not-ready' } });
});
