/**
 * One running bench: the services put together for a job on an interface.
 *
 * Starts in the order that does no harm: data folder and job, files and syslog, DHCP last (the caller has asked the interlocks).
 * What cannot be had is a refusal, and whatever was open by then is closed again.
 */
import { join } from 'node:path';
import { explainDhcp, lookUp, troubleSaid } from './bench/addresses.js';
import { boundFact, bringBack } from './bench/bring-back.js';
import { allSettled, countsOf } from './bench/board.js';
import { Deadlines } from './bench/deadlines.js';
import { enrich } from './bench/enrich.js';
import { type JobChoice, openJob, type OpenJob } from './bench/job.js';
import { LoadGauge } from './bench/load.js';
import { admits, dhcpPolicy, namesOf, type Unlisted } from './bench/policy.js';
import { profileSource } from './bench/profile-source.js';
import { Prover } from './bench/prover.js';
import { redactFact, secretsOf } from './bench/redact.js';
import { remember } from './bench/remember.js';
import { KeyRotation } from './bench/rotation.js';
import type { Bench } from './bench/running.js';
import { siteSettings } from './bench/site-settings.js';
import { Recorder } from './bench/recorder/recorder.js';
import { SyslogBook } from './bench/syslog-book.js';
import { UnlistedPhones } from './bench/unlisted-phones.js';
import { type Ports, type Services, type ServingLimits, startServices } from './bench/services.js';
import { Standing } from './bench/standing.js';
import { Neighbours, watchTwins } from './bench/twin-watch.js';
import type { Mac } from './contract/mac.js';
import type { Fact, Observation } from './contract/observation.js';
import type { Refusal, Result } from './contract/problem.js';
import { neighbourhood } from './network/arp.js';
import type { Place, Pool } from './network/places.js';
import { finishInSlices } from './profiles/slices.js';
import { addressNumber } from './protocols/dhcp/ipv4.js';
import type { Device } from './roster/device.js';
import type { Whereabouts } from './roster/identity.js';
import { Roster } from './roster/roster.js';
import { folderSource } from './services/folder.js';
import { recentAnswers } from './services/recent-answers.js';
import type { UploadStore } from './services/files.js';
import { readPhone } from './services/phone-web/client.js';
import type { Lease } from './services/lease.js';
import type { Clock } from './services/service.js';
import { dataRefusal, isDataFault } from './store/database.js';
import { groupOf } from './store/group-commit.js';
import { Journal } from './store/journal.js';
import { Leases } from './store/leases.js';
import { Segments } from './store/segments.js';
import { Uploads } from './store/uploads.js';

export type BenchOptions = {
  readonly place: Place;
  readonly pool: Pool;
  readonly ports: Ports;
  readonly data: { readonly folder: string; readonly installationKey: Uint8Array };
  readonly job: JobChoice;
  /** Which MACs outside the rows get a lease; unless said, phones where a row came without a MAC, none else. */
  readonly unlisted?: Unlisted;
  /** Own DHCP; false where the site's server leads the phones here. */
  readonly dhcp: boolean;
  /** A folder served read-only. */
  readonly files?: string;
  /** What a person set of how files are served. */
  readonly limits?: ServingLimits;
  readonly clock: Clock;
  /** How many times faster than real phones' timers (1 on a real bench). */
  readonly pace: number;
  /** What the bench has to say of itself while serving: an interlock that took effect (kind `interlock`), or what somebody should look at. */
  readonly onInterlock: (refusal: Refusal) => void;
};

export type { Bench };

/** How often the bench looks for what is due, in milliseconds at pace 1. */
const lookEveryMs = 200;

/** How often it is said that the disk takes nothing, in milliseconds. */
const sayLostEveryMs = 10_000;

/** Starts a bench. Refusals carry what is missing and why; nothing is left open then. */
export async function startBench(options: BenchOptions): Promise<Result<Bench>> {
  const opened = await openJob({ ...options.data, choice: options.job, now: options.clock.now() });
  if (!opened.ok) return opened;
  const started = await startWork(options, opened.value);
  if (!started.ok) opened.value[Symbol.dispose]();
  return started;
}

/** A damaged folder is a refusal, whichever part of it is read first. */
async function startWork(options: BenchOptions, open: OpenJob): Promise<Result<Bench>> {
  try {
    return await new Work(options, open).start();
  } catch (error) {
    if (!isDataFault(error)) throw error;
    return { ok: false, refusal: dataRefusal(options.data.folder, error) };
  }
}

class Work {
  readonly #options: BenchOptions;
  readonly #open: OpenJob;
  readonly #leases: Leases;
  readonly #neighbour: ReturnType<typeof neighbourhood>;
  readonly #neighbours: Neighbours;
  readonly #roster: Roster;
  readonly #book: SyslogBook;
  readonly #recorder: Recorder;
  readonly #unlisted: Unlisted;
  readonly #strangers: UnlistedPhones;
  readonly #rotation: KeyRotation;
  readonly #stops: (() => void)[] = [];
  #lostSaid = 0;

  constructor(options: BenchOptions, open: OpenJob) {
    this.#options = options;
    this.#neighbour = neighbourhood(options.place.interface);
    this.#open = open;
    this.#unlisted = options.unlisted ?? (open.order.takesUnlisted ? 'phones' : 'ignore');
    this.#leases = new Leases(open.database);
    const holder = (address: string): Mac | undefined => this.#stands(address);
    const secrets = (mac: Mac): readonly string[] => this.#secretsOf(mac);
    const folder = join(options.data.folder, 'syslog');
    const segments = new Segments(folder, {
      onTrouble: (reason) => options.onInterlock({ kind: 'missing', code: 'data.lines-unwritable', params: { folder, reason } }),
    });
    this.#book = new SyslogBook({ segments, holder, secrets });
    this.#recorder = new Recorder({ holder, secrets });
    this.#roster = new Roster({
      journal: new Journal(open.database, open.job.id),
      whereabouts: this.#whereabouts(),
      // One that was left alone is no device of this bench.
      admits: (mac, fact) => fact.kind !== 'dhcpIgnored' && admits(open.order, this.#unlisted, { mac, ...namesOf(fact) }),
      believesClaims: !options.dhcp,
      onLost: (error) => this.#lost(error),
    });
    this.#neighbours = new Neighbours({
      neighbour: (address) => this.#neighbour(address),
      device: (mac) => this.#roster.get(mac),
      observe: (observation) => this.#roster.observe(observation),
    });
    this.#strangers = new UnlistedPhones(open.order, options.onInterlock);
    this.#rotation = new KeyRotation({ ...open, roster: this.#roster, now: () => this.#now() });
  }

  async start(): Promise<Result<Bench>> {
    const { options, order } = { options: this.#options, order: this.#open.order };
    const { revision } = this.#open.job;
    await finishInSlices(bringBack({ roster: this.#roster, order, revision, now: () => this.#now() }));
    this.#rotation.look();
    groupOf(this.#open.database).flush(); // a window that asks right after the start sees every row
    const whereabouts = this.#whereabouts();
    const device = (mac: Mac): Device | undefined => this.#roster.get(mac);
    const started = await startServices({
      place: options.place,
      ports: options.ports,
      clock: options.clock,
      observe: (observation) => this.#observe(observation),
      files: (bench) =>
        profileSource({
          order,
          bench,
          whereabouts,
          device,
          arrives: (mac, model) => this.#arrived(mac, model),
          ...(options.files === undefined ? {} : { folder: recentAnswers(folderSource(options.files)) }),
        }),
      limits: options.limits ?? {},
      uploads: this.#uploads(),
      readWord: (text) => order.pack.readWord(text),
      wordHint: order.pack.wordHint,
      onLine: this.#book.take,
      notice: options.onInterlock,
      tap: this.#recorder.tap,
      ...(options.dhcp
        ? {
            dhcp: {
              pool: options.pool,
              leases: this.#leases,
              policy: (bench) => dhcpPolicy(order, bench, this.#unlisted, this.#room()),
              trouble: troubleSaid(options.clock, options.onInterlock),
            },
          }
        : {}),
    });
    if (!started.ok) return started;
    const standing = this.#watch(started.value);
    this.#warnOfSmallPool();
    return { ok: true, value: this.#bench(started.value, standing) };
  }

  /** Reports are kept under the MAC their name says; what has none, under the address it came from. */
  #uploads(): UploadStore {
    const { options, order } = { options: this.#options, order: this.#open.order };
    const kept = new Uploads({ folder: join(options.data.folder, 'uploads'), now: () => options.clock.now() });
    return {
      begin: ({ path, from, size }) => {
        const asked = order.readPath(path);
        return kept.begin(this.#stands(from) ?? (asked?.purpose === 'report' ? asked.mac : from), size);
      },
    };
  }

  #warnOfSmallPool(): void {
    const { order } = this.#open;
    const rows = order.macs().length + order.unbound;
    const { poolSize } = this.#room();
    if (!this.#options.dhcp || poolSize >= rows) return;
    this.#options.onInterlock({ kind: 'usage', code: 'pool.small', params: { addresses: poolSize, rows } });
  }

  #room(): { poolSize: number; leased: readonly Lease[]; now: () => number } {
    const { first, last } = this.#options.pool;
    const now = (): number => this.#options.clock.now().getTime();
    return { poolSize: addressNumber(last) - addressNumber(first) + 1, leased: this.#leases.all(), now };
  }

  #watch(services: Services): Standing {
    const { clock, pace, place, dhcp, onInterlock } = this.#options;
    const { order } = this.#open;
    const ask = (request: Parameters<typeof readPhone>[0]): ReturnType<typeof readPhone> => readPhone(request);
    const prover = new Prover({
      order,
      bench: services.bench,
      roster: this.#roster,
      clock,
      pace,
      ask: (request) => ask({ ...request, localAddress: place.address, clock }),
    });
    const deadlines = new Deadlines({ roster: this.#roster, pack: order.pack, clock, pace });
    this.#every(lookEveryMs / Math.min(pace, 4), () => prover.tick());
    this.#every(1000 / pace, () => deadlines.tick());
    this.#every(500, () => this.#book.tick());
    this.#every(1000, () => this.#rotation.look());
    const standing = new Standing({ place, clock, services, dhcp, say: onInterlock });
    const devices = (): readonly Device[] => this.#roster.devices();
    const untwin = watchTwins({ place, clock, devices, observe: (seen) => this.#roster.observe(seen) });
    this.#stops.push(
      () => prover.stop(),
      () => standing.stop(),
      untwin,
    );
    return standing;
  }

  #bench(services: Services, standing: Standing): Bench {
    const noteShown = remember(this.#open, this.#roster, services.bench);
    const gauge = new LoadGauge({
      roster: this.#roster,
      clock: this.#options.clock,
      transfers: () => services.load,
      holder: (address) => this.#stands(address),
    });
    return {
      standing,
      order: this.#open.order,
      address: services.bench,
      noteShown,
      rotateKeys: (macs) => this.#rotation.rotate(macs),
      job: this.#open.job,
      resumed: this.#open.resumed,
      place: this.#options.place,
      ports: services.ports,
      devices: () => this.#roster.devices(),
      onChange: (listener) => this.#roster.onChange(listener),
      lookUp: (query) => lookUp(services.dhcp, this.#options.pool, this.#open.order, query),
      explainDhcp: (mac) => explainDhcp(services.dhcp, mac),
      messages: (mac) => this.#recorder.messages(mac),
      capture: (mac) => this.#recorder.capture(mac),
      syslogLines: (mac, limit) => ({ lines: this.#book.lines(mac, limit), buffer: services.syslogBuffer }),
      load: () => gauge.now(),
      siteSettings: () => {
        const { pack, recipe } = this.#open.order;
        return siteSettings({ pack, recipe, bench: services.bench, models: this.#open.order.models() });
      },
      counts: () => countsOf(this.#roster.devices(), this.#open.order.unbound),
      isSettled: () => allSettled(this.#roster.devices(), this.#open.order.unbound),
      [Symbol.asyncDispose]: async () => {
        for (const stop of this.#stops) stop();
        await services[Symbol.asyncDispose]();
        this.#book.tick();
        this.#open[Symbol.dispose]();
      },
    };
  }

  #observe(observation: Observation): void {
    const { observation: enriched, follows } = enrich(this.#open.order, observation);
    this.#strangers.hear(observation);
    const { address } = enriched.sender;
    if (!this.#options.dhcp && address !== undefined) this.#neighbours.note(address, this.#options.clock.now());
    this.#roster.observe({ ...enriched, fact: this.#withoutSecrets(enriched) });
    for (const fact of follows) if (this.#isNews(enriched, fact)) this.#roster.observe({ ...enriched, fact });
    this.#bindOnArrival(enriched);
  }

  #withoutSecrets({ sender, fact }: Observation): Fact {
    const mac = this.#stands(sender.address);
    return redactFact(fact, () => (mac === undefined ? [] : this.#secretsOf(mac)));
  }

  #secretsOf(mac: Mac): readonly string[] {
    const prepared = this.#open.order.of(mac);
    return prepared === undefined ? [] : secretsOf(prepared.compiled);
  }

  /** A phone without a row takes the next free one of its model, once it asks for its bootstrap. */
  #bindOnArrival({ sender, fact }: Observation): void {
    const mac = fact.kind === 'fileAsked' && fact.purpose === 'bootstrap' ? this.#stands(sender.address) : undefined;
    if (mac !== undefined) this.#arrived(mac, undefined);
  }

  /** `said`: the model by its own words right now, where nothing better is known of it. */
  #arrived(mac: Mac, said: string | undefined): void {
    const device = this.#open.order.unbound === 0 ? undefined : this.#roster.get(mac);
    const model = device?.model ?? said;
    if (device === undefined || device.row !== null || model === undefined) return;
    if (this.#open.order.bind(mac, { model }) !== undefined) this.#bound(mac);
  }

  #bound(mac: Mac): void {
    const fact = boundFact(this.#open.order, mac);
    if (fact !== undefined) this.#roster.record(mac, this.#now(), fact);
  }

  /** What a device is known to be need not be said again at each packet. */
  #isNews({ sender }: Observation, fact: Fact): boolean {
    const mac = sender.mac ?? this.#stands(sender.address);
    const device = mac === undefined ? undefined : this.#roster.get(mac);
    if (device === undefined) return true;
    if (fact.kind === 'recognised')
      return (
        (device.model !== fact.model && device.contradiction?.kind !== 'other-model') ||
        (fact.firmware ?? device.firmware) !== device.firmware
      );
    return device.contradiction?.kind !== 'wrong-image';
  }

  /** Whose address it is, as the network knows it. */
  #stands(address: string | undefined): Mac | undefined {
    const whereabouts = this.#whereabouts();
    return address === undefined ? undefined : (whereabouts.leased(address) ?? whereabouts.neighbour(address));
  }

  #whereabouts(): Whereabouts {
    return {
      // One of them knows: with own DHCP the lease, without it the ARP table (an old lease says nothing of who is there today).
      leased: (address) => (this.#options.dhcp ? this.#leases.holder(address, this.#options.clock.now()) : undefined),
      neighbour: (address) => (this.#options.dhcp ? undefined : this.#neighbour(address)),
    };
  }

  /** A full disk must not end the bench: it is said, now and then, and what could not be kept does not count. */
  #lost(error: unknown): void {
    const now = this.#options.clock.now().getTime();
    if (now - this.#lostSaid < sayLostEveryMs) return;
    this.#lostSaid = now;
    const { folder } = this.#options.data;
    this.#options.onInterlock({
      kind: 'missing',
      code: 'data.unwritable',
      params: { folder, reason: error instanceof Error ? error.message : String(error) },
    });
  }

  #every(ms: number, action: () => void): void {
    const timer = setInterval(action, ms);
    this.#stops.push(() => clearInterval(timer));
  }

  #now(): string {
    return this.#options.clock.now().toISOString();
  }
}
