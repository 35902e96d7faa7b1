import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Answer, BenchApi, DeviceRow, Event, Output, Snapshot } from '../../engine/contract/calls.js';
import { blockedBy } from '../../renderer/draft/blocked.js';
import { filterLines, linesOf, servable, wholeProblems } from '../../renderer/draft/lines.js';
import { type Batch, createBoardStore } from '../../renderer/stores/board.js';
import { createDraftStore } from '../../renderer/stores/draft.js';
import { createPlaceStore, isAllowed, placeInput } from '../../renderer/stores/place.js';
import { createSettingsStore, languageFrom } from '../../renderer/stores/settings.js';
import { connect, createStores } from '../../renderer/stores/stores.js';
import { readingOf } from '../e2e/fake-draft.js';
import { rowOf } from '../e2e/fake-phones.js';
import { interfaces } from '../e2e/fake-place.js';

type Replies = Partial<Record<string, (input: unknown) => unknown>>;

/** A bench that answers what it is told to; calls may be held back. */
function benchOf(replies: Replies): BenchApi & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    host: 'browser',
    asked,
    call: async (name, input) => {
      asked.push(name);
      const value = await replies[name]?.(input);
      return (value === undefined ? { ok: false, error: { code: 'none', params: {} } } : { ok: true, value }) as Answer<typeof name>;
    },
    on: () => () => undefined,
  };
}

const row = (index: number, step: number): DeviceRow => rowOf({ index, step, trouble: 'none', beat: 0 });
const counts = { devices: 3, pass: 0, unverified: 0, fail: 0, pending: 3 };
const snapshot = (seq: number, epoch = 'e1', step = 1): Snapshot => ({
  epoch,
  seq,
  bench: null,
  load: null,
  counts,
  devices: [row(0, step), row(1, step)],
});
const batch = (seq: number, devices: DeviceRow[], more: Partial<Batch> = {}): Batch => ({
  kind: 'batch',
  epoch: 'e1',
  seq,
  counts,
  devices,
  ...more,
});

afterEach(() => vi.useRealTimers());

describe('the board', () => {
  const shown = (store: ReturnType<typeof createBoardStore>): (string | number)[] => [
    store.getState().seq,
    ...[...store.getState().devices.values()].map(({ state }) => state),
  ];

  test('applies numbered batches and forgets old ones', async () => {
    const store = createBoardStore(benchOf({ 'board.snapshot': () => snapshot(4) }));
    await store.getState().refresh();
    store.getState().hear(batch(4, [row(0, 6)]));
    store.getState().hear(batch(5, [row(1, 6), row(2, 2)]));
    expect(shown(store)).toEqual([5, 'leased', 'handedOff', 'bootstrap']);
  });

  test('a gap, another epoch and a reset each take a snapshot', async () => {
    const bench = benchOf({ 'board.snapshot': () => snapshot(9) });
    const store = createBoardStore(bench);
    await store.getState().refresh();
    for (const news of [batch(11, []), batch(10, [], { epoch: 'e2' }), batch(10, [], { reset: true })]) {
      store.getState().hear(news);
      await new Promise(setImmediate);
    }
    expect(bench.asked).toHaveLength(4);
  });

  test('batches that come while the snapshot is under way are applied after it, and none is asked for twice at once', async () => {
    let answer = (_value: Snapshot): void => undefined;
    const bench = benchOf({
      'board.snapshot': () =>
        new Promise<Snapshot>((resolve) => {
          answer = resolve;
        }),
    });
    const store = createBoardStore(bench);
    const ready = store.getState().refresh();
    store.getState().hear(batch(3, [row(0, 2)]));
    store.getState().hear(batch(4, [row(0, 3)]));
    store.getState().hear(batch(5, [row(0, 6)]));
    answer(snapshot(4));
    await ready;
    expect([bench.asked.length, ...shown(store)]).toEqual([1, 5, 'handedOff', 'leased']);
  });

  test('asks again where no snapshot came: refused, broken off, or never answered', async () => {
    vi.useFakeTimers();
    const answers = [
      () => undefined,
      () => Promise.reject(new Error('the port closed')),
      () => new Promise<never>(() => undefined),
      () => snapshot(7),
    ];
    const bench = benchOf({ 'board.snapshot': () => answers[bench.asked.length - 1]?.() });
    const store = createBoardStore(bench);
    void store.getState().refresh();
    await vi.advanceTimersByTimeAsync(14_000);
    expect([bench.asked.length, store.getState().seq]).toEqual([4, 7]);
  });

  test('keeps the job of a bench that has stopped', async () => {
    const running = {
      job: { id: 'j', name: 'n', revision: 1, virtual: true },
      state: 'running',
      dhcp: 'serving',
      link: 'up',
      interface: 'lo',
      address: '127.0.0.1',
      ports: {},
      startedAt: '2026-11-22T09:00:00.000Z',
      notices: [],
    } as const;
    const store = createBoardStore(benchOf({ 'board.snapshot': () => ({ ...snapshot(1), bench: { ...running, notices: [] } }) }));
    await store.getState().refresh();
    store.getState().hear(batch(2, [], { bench: null }));
    expect([store.getState().bench, store.getState().job?.id]).toEqual([null, 'j']);
  });
});

describe('events', () => {
  test('reach the store they concern', async () => {
    let tell = (_event: Event): void => undefined;
    const bench: BenchApi = {
      ...benchOf({ 'board.snapshot': () => snapshot(1) }),
      on: (listener) => {
        tell = listener;
        return () => undefined;
      },
    };
    const stores = createStores(bench);
    let exports = 0;
    connect(stores, { bench, onLink: () => () => undefined }, () => {
      exports += 1;
    });
    tell({ kind: 'engine', state: 'restarting' });
    tell({ kind: 'menu', item: 'doctor' });
    tell({ kind: 'menu', item: 'stop' });
    tell({ kind: 'menu', item: 'export' });
    const { route, stopAsked } = stores.route.getState();
    expect([stores.connection.getState().engine, route.screen, stopAsked, exports]).toEqual(['restarting', 'doctor', true, 1]);
    tell({ kind: 'engine', state: 'running' });
    await new Promise(setImmediate);
    expect([stores.connection.getState().engine, stores.board.getState().loaded]).toEqual(['running', true]);
  });
});

describe('a draft', () => {
  const taken = { handle: 'file-0000000000000000', name: 'a.csv', size: 1 };

  test('is read anew with each choice; only the newest reading counts', async () => {
    const inputs: unknown[] = [];
    const answers: ((value: Output<'draft.check'>) => void)[] = [];
    const store = createDraftStore(
      benchOf({
        'draft.check': (input) => {
          inputs.push(input);
          return new Promise<Output<'draft.check'>>((resolve) => answers.push(resolve));
        },
      }),
    );
    store.getState().takeCsv(taken);
    store.getState().takeRecipe({ kind: 'starter', recipe: { id: 'office', name: 'Office' } });
    store.getState().takeEncoding('shift_jis');
    answers[2]?.(readingOf('a.csv', undefined, 'Office'));
    answers[0]?.(readingOf('trouble.csv', undefined, null));
    await new Promise(setImmediate);
    expect(inputs).toEqual([
      { csv: taken.handle, recipe: null },
      { csv: taken.handle, recipe: 'starter:office' },
      { csv: taken.handle, recipe: 'starter:office', encoding: 'shift_jis' },
    ]);
    expect(store.getState().reading?.recipeName).toBe('Office');
  });

  test('keeps what was said of columns for a mended list, as far as it has the headings', async () => {
    const columns: unknown[] = [];
    const store = createDraftStore(
      benchOf({
        'draft.check': (input) => {
          columns.push((input as { columns?: unknown }).columns);
          return readingOf('columns.csv', undefined, null);
        },
      }),
    );
    store.getState().takeCsv(taken);
    store.getState().takeColumns({ mac: 'Hardware', name: 'Gone' });
    await vi.waitFor(() => expect(store.getState().busy).toBe(false));
    store.getState().takeCsv({ ...taken, name: 'mended.csv' });
    await vi.waitFor(() => expect(store.getState().busy).toBe(false));
    expect(columns).toEqual([undefined, { mac: 'Hardware', name: 'Gone' }, { mac: 'Hardware' }, { mac: 'Hardware' }]);
  });

  test('is proposed as a new list of the job most of its phones are in, once it has a recipe; what the person says stays', async () => {
    const store = createDraftStore(
      benchOf({ 'draft.check': (input) => readingOf('second.csv', undefined, (input as { recipe: string | null }).recipe) }),
    );
    const settled = async (): Promise<string | undefined> => {
      await vi.waitFor(() => expect(store.getState().busy).toBe(false));
      return store.getState().revise?.job;
    };
    const office = { kind: 'starter', recipe: { id: 'office', name: 'Office' } } as const;
    store.getState().takeCsv(taken);
    expect(await settled()).toBeUndefined();
    store.getState().takeRecipe(office);
    expect(await settled()).toBe('20261120-aa11bb22');
    store.getState().takeRevise(null);
    store.getState().takeEncoding('shift_jis');
    expect(await settled()).toBeUndefined();
    store.getState().takeCsv({ ...taken, name: 'another.csv' });
    expect(await settled()).toBe('20261120-aa11bb22');
  });

  test('shows lines that could not be read among the others, and the recipe’s problems with the whole', () => {
    const reading = readingOf('trouble.csv', undefined, null);
    const lines = linesOf(reading);
    expect(lines.find(({ line }) => line === 9)).toMatchObject({ row: null, worst: 'error' });
    expect([filterLines(lines, 'errors').map(({ line }) => line), filterLines(lines, 'warnings').map(({ line }) => line)]).toEqual([
      [4, 6, 9, 13],
      [5, 11, 15],
    ]);
    expect(wholeProblems(reading).map(({ code }) => code)).toEqual(['recipe.missing-column']);
    expect([servable(reading, false), servable(reading, true)]).toEqual([23, 20]);
  });

  test('says what is still in the way, the first thing first', () => {
    const [wired, office] = interfaces(false);
    const free = { chosen: wired ?? null, repeated: '', dhcp: true };
    const sound = { csv: taken, busy: false, reading: readingOf('a.csv', undefined, null), skipBad: false };
    const bad = { ...sound, reading: readingOf('trouble.csv', undefined, null) };
    expect([
      blockedBy(sound, free, true),
      blockedBy({ ...sound, csv: null }, free, false),
      blockedBy({ ...sound, busy: true }, free, false),
      blockedBy({ ...sound, reading: readingOf('fatal.csv', undefined, null) }, free, false),
      blockedBy(bad, free, false),
      blockedBy({ ...bad, skipBad: true }, free, false),
      blockedBy(sound, { ...free, chosen: null }, false),
      blockedBy(sound, { ...free, chosen: office ?? null }, false),
      blockedBy(sound, { ...free, chosen: office ?? null, repeated: 'eno1' }, false),
      blockedBy(sound, { ...free, chosen: office ?? null, dhcp: false }, false),
      blockedBy(sound, free, false),
    ]).toEqual([
      'draft.blocked.running',
      'draft.blocked.csv',
      'draft.blocked.busy',
      'draft.blocked.fatal',
      'draft.blocked.bad',
      null,
      'draft.blocked.place',
      'draft.blocked.danger',
      null,
      null,
      null,
    ]);
  });
});

describe('a place', () => {
  test('is the proposed interface; another is kept when the list is read again; a dangerous one is never proposed', async () => {
    const replies = { 'interfaces.list': () => interfaces(false), 'doctor.run': () => [] };
    const store = createPlaceStore(benchOf(replies));
    await store.getState().load();
    expect(placeInput(store.getState())).toEqual({ interface: 'enp3s0', address: '192.168.77.1', dhcp: true });
    const office = store.getState().interfaces?.find(({ name }) => name === 'eno1');
    if (office !== undefined) store.getState().choose(office);
    expect(isAllowed(store.getState())).toBe(false);
    store.getState().repeat('eno1');
    expect(placeInput(store.getState())).toMatchObject({ interface: 'eno1', despite: 'eno1' });
    await store.getState().load();
    expect(store.getState().chosen?.name).toBe('eno1');

    const dangerous = createPlaceStore(
      benchOf({ ...replies, 'interfaces.list': () => interfaces(true).map((each) => Object.assign(each, { proposed: true })) }),
    );
    await dangerous.getState().load();
    expect(dangerous.getState().chosen).toBe(null);
  });
});

describe('settings', () => {
  test('follow the system until the person chooses', async () => {
    expect([languageFrom(['ja-JP', 'en']), languageFrom(['de-DE', 'en-GB']), languageFrom(['fr'])]).toEqual(['ja', 'en', 'en']);
    const store = createSettingsStore(benchOf({ 'settings.read': () => ({ language: null, theme: 'dark' }), 'app.info': () => null }));
    await store.getState().load(['ja']);
    expect([store.getState().language, store.getState().theme]).toEqual(['ja', 'dark']);
  });
});
