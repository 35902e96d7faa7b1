/**
 * The desk: the side of the engine a window talks to. It answers the calls of the contract and tells what changes, over whichever
 * transport a host has; it never rejects, and what comes in is checked here again, whoever checked it before.
 */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { demoSpeed, type StartPhones } from './bench/virtual.js';
import { type Answer, type CallName, calls, type Event, type Output } from './contract/calls.js';
import type { Mac } from './contract/mac.js';
import type { Result } from './contract/problem.js';
import { examineAll, repairAsTold } from './desk/doctoring.js';
import { Drafts } from './desk/drafts.js';
import { Feed } from './desk/feed.js';
import { Leaving } from './desk/hand-off.js';
import { History } from './desk/history.js';
import { keptReport } from './desk/kept-report.js';
import { listInterfaces, toldCheck } from './desk/interfaces.js';
import { RecipeTexts } from './desk/recipe-text.js';
import { listStarters } from './desk/recipes.js';
import { looking } from './desk/looking.js';
import { Previews } from './desk/previews.js';
import { done, failed, type Handlers } from './desk/reply.js';
import { Runner } from './desk/runner.js';
import { limitsForBench, readLimits, writeLimits } from './desk/serving-limits.js';
import { readSettings, writeSettings } from './desk/settings.js';
import { Uploads } from './desk/uploads.js';
import { Templates } from './desk/templates.js';
import { readFacts } from './network/interface-facts.js';
import { listPlaces } from './network/places.js';
import { unreadyInterfaces } from './network/unready.js';
import { packNamed } from './phones/packs.js';
import type { Clock } from './services/service.js';
import type { BenchAddress } from './phones/pack.js';
import { openDatabase } from './store/database.js';
import { type Job, Jobs } from './store/jobs.js';
import { Journal } from './store/journal.js';
import { SecondLists } from './desk/second-lists.js';
import { Settings } from './store/settings.js';

export type DeskOptions = {
  readonly dataFolder: string;
  readonly installationKey: Uint8Array;
  readonly host: 'desktop' | 'browser';
  readonly version: string;
  readonly clock: Clock;
  /** How this host starts the program of the virtual phones. */
  readonly startPhones: StartPhones;
  /** How many times faster than real phones' timers virtual ones run; 20 unless said. */
  readonly phonesSpeed?: number;
  /** Holds every output against the contract as well: in tests. */
  readonly checkOutput?: boolean;
  /** Where bugs are told; standard error unless said. */
  readonly log?: (text: string) => void;
};

export interface Desk extends AsyncDisposable {
  /** Answers a call. Input is anything at all: what is not as the contract says is refused without effect. Never rejects. */
  call(name: string, input: unknown): Promise<Answer>;
  /** Hears every event until the returned function is called. A listener must not throw. */
  on(listener: (event: Event) => void): () => void;
  /** The job of the running bench: what a host goes on with after a crash. */
  readonly running: string | undefined;
}

/** Opens the data folder and the desk on it. Refused when the folder can't be used. No bench runs until it is asked for. */
export function openDesk(options: DeskOptions): Promise<Result<Desk>> {
  const opened = openDatabase(options.dataFolder);
  if (!opened.ok) return Promise.resolve(opened);
  const database = opened.value;
  const { clock, dataFolder, installationKey } = options;
  const log = options.log ?? ((text) => void process.stderr.write(`${text}\n`));
  const jobs = new Jobs(database, installationKey);
  const stopPurging = purgeDaily(jobs, clock);
  const journal = (job: Job): Journal => new Journal(database, job.id);

  const listeners = new Set<(event: Event) => void>();
  const feed: Feed = new Feed(
    clock,
    {
      row: (mac) => runner.board?.row(mac),
      counts: () => runner.board?.counts() ?? nothing,
      bench: () => runner.state,
      load: () => runner.bench?.load() ?? null,
    },
    (event) => {
      for (const listener of listeners) listener(event);
    },
  );
  const settings = new Settings(database);
  const runner = new Runner(
    {
      limits: () => limitsForBench(readLimits(settings)),
      data: { folder: dataFolder, installationKey },
      clock,
      startPhones: options.startPhones,
      speed: options.phonesSpeed ?? demoSpeed,
      random: (below) => randomInt(below),
      jobs,
      journal,
    },
    feed,
  );
  const handlers = handlersOf({ options, database, runner, feed, jobs, journal, settings });
  let closed = false;
  const desk: Desk = {
    async call(name, input) {
      if (closed) return failed('call.closed');
      if (!isCall(name)) return failed('call.unknown', { name: nameOf(name) });
      try {
        const reply = await answer(handlers, name, input);
        return options.checkOutput === true ? checked(name, reply, log) : reply;
      } catch (error) {
        log(`call ${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        return failed('call.failed', { name });
      }
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    get running() {
      return runner.state?.job.id;
    },
    async [Symbol.asyncDispose]() {
      if (closed) return;
      closed = true;
      stopPurging();
      await runner.stop();
      feed.stop();
      database.close();
    },
  };
  return Promise.resolve({ ok: true, value: desk });
}

const dayMs = 86_400_000;

/** Destroys the secrets whose days are over: now, and each day a desk stays open. Gives how to stop. */
function purgeDaily(jobs: Jobs, clock: Clock): () => void {
  jobs.purge(clock.now());
  let cancel = clock.after(dayMs, again);
  function again(): void {
    jobs.purge(clock.now());
    cancel = clock.after(dayMs, again);
  }
  return () => cancel();
}

const nothing = { devices: 0, pass: 0, unverified: 0, fail: 0, pending: 0 } as const;

function isCall(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(calls, name);
}

/** Whatever was given as a name, short enough to be told. */
function nameOf(name: unknown): string {
  return typeof name === 'string' ? name.slice(0, 100) : typeof name;
}

async function answer(handlers: Handlers, name: CallName, input: unknown): Promise<Answer> {
  const read = calls[name].input.safeParse(input);
  if (!read.success) {
    const [issue] = read.error.issues;
    return failed('call.invalid', { name, path: issue?.path.map(String).join('.').slice(0, 100) ?? '' });
  }
  const handler = handlers[name] as (input: unknown) => ReturnType<Handlers[CallName]>; // the schema of the same name has read it
  return handler(read.data);
}

/** An output that is not as the contract says is a bug of ours: it is told, and does not leave. */
function checked(name: CallName, reply: Answer, log: (text: string) => void): Answer {
  const read = reply.ok ? calls[name].output.safeParse(reply.value) : undefined;
  if (read === undefined || read.success) return reply;
  const [issue] = read.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  log(`call ${name} gave what the contract does not say: ${path} ${issue?.message ?? ''}`);
  return failed('call.output', { name, path });
}

type Parts = {
  readonly options: DeskOptions;
  readonly database: DatabaseSync;
  readonly runner: Runner;
  readonly feed: Feed;
  readonly jobs: Jobs;
  readonly journal: (job: Job) => Journal;
  readonly settings: Settings;
};

function handlersOf({ options, runner, feed, jobs, journal, database, settings }: Parts): Handlers {
  const { version, host, dataFolder, clock } = options;
  const uploads = new Uploads();
  const recipeTexts = new RecipeTexts(uploads);
  const now = (): Date => clock.now();
  const previews = new Previews({ database, jobs, journal, bench: () => runner.bench, now });
  const drafts = new Drafts(uploads, { against: previews.against, now, second: new SecondLists(database, jobs) });
  const templates = new Templates(uploads);
  const running = (): string | undefined => runner.state?.job.id;
  const history = new History({ jobs, journal, clock, live: () => runner.board, running });
  const leaving = new Leaving({
    database,
    jobs,
    journal,
    benchOf: (id) => addressOf(runner, id),
    deviceOf: (job, mac) => history.device(job, mac),
    rotateOn: (id, macs) => (runner.bench?.job.id === id ? runner.bench.rotateKeys(macs) : undefined),
    now,
  });
  const notHere = (): ReturnType<typeof failed> => failed('call.not-here', { host });
  return {
    'app.info': () => done({ version, host, platform: process.platform, dataFolder }),
    'settings.read': () => done(readSettings(settings)),
    'settings.write': (wishes) => {
      writeSettings(settings, wishes);
      return done({});
    },
    'files.upload': ({ name, base64 }) => uploads.take(name, base64),
    'files.choose': notHere,
    'files.save': notHere,
    'parameters.list': () => done(packNamed('cisco-mpp')?.parameters().slice() ?? []),
    'recipes.list': () => done(listStarters()),
    'interfaces.unready': () => done(unreadyInterfaces().map(toldCheck)),
    'interfaces.list': async () => done(listInterfaces(listPlaces(), await readFacts())),
    'doctor.run': async (wish) =>
      done(await examineAll(wish, { dataFolder, clock, serving: runner.state?.interface, startPhones: options.startPhones })),
    'draft.check': (input) => drafts.check(input),
    'draft.preview': (input) => drafts.preview(input),
    'draft.asks': (input) => drafts.asks(input),
    'recipes.read': (input) => recipeTexts.read(input),
    'recipes.edit': (input) => recipeTexts.edit(input),
    'recipes.take': (input) => recipeTexts.take(input),
    'device.preview': (input) => previews.show(input, history.rowOf(input.job, input.mac as Mac)),
    'draft.changes': (input) => drafts.changes(input),
    'draft.remember': (input) => drafts.remember(input),
    'draft.handOff': (input) => drafts.handOff(input),
    'device.handOff': (input) => leaving.device(input),
    'keys.count': (input) => leaving.count(input),
    'keys.rotate': (input) => leaving.rotate(input),
    'keys.export': (input) => leaving.export(input),
    'template.open': (input) => templates.open(input),
    'template.read': (input) => templates.read(input),
    'template.use': (input) => templates.use(input),
    'bench.start': async ({ draft, skipBad, revise, ...where }) => {
      const input = drafts.input(draft, skipBad);
      const started = input.ok ? await runner.start(input.value, where, revise) : input;
      if (started.ok) for (const shown of drafts.shown(draft)) runner.bench?.noteShown(shown);
      return started;
    },
    'bench.resume': async ({ job: id, ...where }) => {
      const job = jobs.find(id);
      return job === undefined ? failed('job.unknown', { job: id }) : runner.resume(job, where);
    },
    'bench.demo': ({ phones, fault }) => runner.demo(phones, fault),
    'bench.stop': async () => {
      await runner.stop();
      return done({});
    },
    'board.snapshot': () => done(snapshotOf(runner, feed)),
    'jobs.list': async () => done(await history.list()),
    'jobs.board': ({ job }) => history.board(job),
    'device.page': ({ job, mac }) => history.page(job, mac as Mac),
    'report.csv': ({ job }) => history.report(job),
    'jobs.close': ({ job }) => (runner.isStarting ? failed('bench.busy') : history.close(job)),
    ...looking(runner),
    'serving.read': () => done(readLimits(settings)),
    'serving.write': (limits) => {
      writeLimits(settings, limits);
      return done({});
    },
    'phone.report': ({ file }) => keptReport(join(dataFolder, 'uploads'), file),
    'doctor.repair': async (wish) => done(await repairAsTold(wish, settings)),
  };
}

/** Where the running bench of a job can be reached. */
function addressOf({ bench }: Runner, id: string): BenchAddress | undefined {
  if (bench?.job.id !== id) return undefined;
  const { tftp = 69, http = 80, syslog = 514 } = bench.ports;
  return { address: bench.place.address, ports: { tftp, http, syslog } };
}

function snapshotOf({ state, board, bench }: Runner, { epoch, seq }: Feed): Output<'board.snapshot'> {
  return { epoch, seq, bench: state, load: bench?.load() ?? null, counts: board?.counts() ?? nothing, devices: board?.rows() ?? [] };
}
