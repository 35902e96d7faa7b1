/** A bench with behaviour but without sockets: jobs, drafts and a board of any number of phones, for screens and measurements. */
import type { Answer, BenchState, CallName, DeviceRow, Event, Input, Load, Output } from '../../engine/contract/calls.js';
import { Templates } from '../../engine/desk/templates.js';
import { Uploads } from '../../engine/desk/uploads.js';
import { kit } from './fake-kit.js';
import { packNamed } from '../../engine/phones/packs.js';
import { asked, previewOf, recipeText, readingOf, secondListChanges } from './fake-draft.js';
import { conversation, explained, lookUp, siteSettings, syslogLines } from './fake-looking.js';
import { checks, interfaces, unready } from './fake-place.js';
import { fakeHandOff, provenHandOff } from './fake-hand-off.js';
import { type FakePhone, rowOf, startOfJob, timelineOf, type Trouble } from './fake-phones.js';

function answered(reply: { readonly ok: boolean; readonly value?: unknown; readonly error?: unknown }): unknown {
  return reply.ok ? reply.value : { refused: reply.error };
}

/** empty: nothing was ever done. busy: a job on its way. trouble: phones and interfaces with everything wrong. feed: driven by `beat`. */
export type Scene = 'empty' | 'busy' | 'trouble' | 'done' | 'feed';

export type FakeOptions = {
  readonly scene: Scene;
  readonly phones: number;
  readonly language: 'en' | 'ja';
  readonly theme: 'auto' | 'light' | 'dark';
  readonly virtual?: boolean;
  /** What else is wrong with the bench, or how it is run. */
  readonly state?: 'starting' | 'unplugged' | 'dhcp-stopped' | 'site';
};

type Batch = Extract<Event, { kind: 'batch' }>;
const jobId = 'job-2026-11-22';
const troubles: readonly Trouble[] = ['silent', 'unproven', 'password', 'wrong-image', 'differs', 'retrying', 'unlisted', 'hostile'];

export class FakeBench {
  readonly #options: FakeOptions;
  readonly #listeners = new Set<(event: Event) => void>();
  readonly #files = new Map<string, string>();
  readonly #uploads = new Uploads();
  readonly #templates = new Templates(this.#uploads);
  #phones: FakePhone[] = [];
  #bench: BenchState | null = null;
  #load: Load | null = null;
  #closed: ReadonlySet<string> = new Set();
  #spoken = 40;
  #settings: Output<'settings.read'>;
  #limits: Output<'serving.read'> = { mostTransfers: null, fileMemory: 512 };
  #seq = 0;
  #epoch = 'epoch-1';
  /** Calls that came in, newest last. */
  readonly heard: { readonly name: string; readonly input: unknown }[] = [];

  constructor(options: FakeOptions) {
    this.#options = options;
    this.#settings = { language: options.language, theme: options.theme };
    if (options.scene !== 'empty') this.#open(options.scene);
  }

  on(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async call(name: string, input: unknown): Promise<Answer> {
    this.heard.push({ name, input });
    const handler = this.#handlers[name as CallName] as ((input: unknown) => unknown) | undefined;
    if (handler === undefined) return { ok: false, error: { code: 'call.unknown', params: { name } } };
    const value = await handler(input);
    return typeof value === 'object' && value !== null && 'refused' in value
      ? { ok: false, error: value.refused as { code: string; params: Record<string, string> } }
      : ({ ok: true, value } as Answer);
  }

  /** Sends an event to every listener. */
  tell(event: Event): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Every phone moves a little: what ten times a second looks like at its worst. */
  beat(): void {
    this.#phones = this.#phones.map((phone) => ({
      ...phone,
      beat: phone.beat + 1,
      step: (phone.beat + phone.index) % 40 === 0 ? (phone.step + 1) % 7 : phone.step,
    }));
    this.#send(this.#phones);
  }

  /** One phone goes a step on. */
  advance(index: number, step: number): void {
    this.#phones = this.#phones.map((phone) => (phone.index === index ? { ...phone, step } : phone));
    this.#send(this.#phones.filter((phone) => phone.index === index));
  }

  /** The phones speak on. */
  speak(messages: number): void {
    this.#spoken += messages;
  }

  /** The bench is another way now: its cable is out, say. */
  become(change: Partial<BenchState>): void {
    if (this.#bench === null) return;
    this.#bench = { ...this.#bench, ...change };
    this.#send([], { bench: this.#bench });
  }

  /** The engine starts anew: other numbers, the same board. */
  restart(): void {
    this.#epoch = `${this.#epoch}+`;
    this.#seq = 0;
    this.tell({ kind: 'engine', state: 'restarting' });
    this.tell({ kind: 'engine', state: 'running' });
  }

  /** A batch is lost on its way. */
  lose(index: number, step: number): void {
    this.#phones = this.#phones.map((phone) => (phone.index === index ? { ...phone, step } : phone));
    this.#seq += 1;
  }

  #send(phones: readonly FakePhone[], more: Partial<Batch> = {}): void {
    this.#seq += 1;
    this.tell({ kind: 'batch', epoch: this.#epoch, seq: this.#seq, counts: this.#counts(), devices: phones.map(rowOf), ...more });
  }

  #counts(): Batch['counts'] {
    const rows = this.#phones.map(rowOf).filter(({ row }) => row !== null);
    const of = (verdict: string): number => rows.filter((row) => row.verdict === verdict).length;
    return { devices: rows.length, pass: of('pass'), unverified: of('unverified'), fail: of('fail'), pending: of('pending') };
  }

  #open(scene: Scene): void {
    const { phones, virtual = false } = this.#options;
    this.#phones = Array.from({ length: phones }, (_, index) => ({ index, beat: 0, ...lifeOf(scene, index, phones) }));
    if (this.#options.state === 'starting') this.#phones = this.#phones.map((phone) => ({ ...phone, step: 0 }));
    this.#bench = {
      job: { id: jobId, name: virtual ? 'Benchtone demo' : 'Acme head office, 2nd floor', revision: 1, virtual },
      state: this.#options.state === 'starting' ? 'starting' : 'running',
      dhcp: this.#options.state === 'site' ? 'off' : this.#options.state === 'dhcp-stopped' ? 'stopped' : 'serving',
      link: this.#options.state === 'unplugged' ? 'gone' : 'up',
      interface: virtual ? 'lo' : 'enp3s0',
      address: virtual ? '127.0.0.1' : '192.168.77.1',
      ports: { dhcp: 67, tftp: 69, http: 80, syslog: 514 },
      startedAt: new Date(startOfJob).toISOString(),
      notices:
        scene === 'trouble' || this.#options.state === 'dhcp-stopped'
          ? [
              {
                at: new Date(startOfJob + 61_000).toISOString(),
                code: 'dhcp.foreign',
                params: { address: '192.168.77.254', mac: '0a1b2c3d4e5f' },
              },
            ]
          : [],
    };
    this.#load = loadOf(scene, this.#counts(), this.#phones);
  }

  #ifRunning(answer: () => unknown): unknown {
    return this.#bench === null ? { refused: { code: 'bench.none', params: {} } } : answer();
  }

  #ofPhone(mac: string, answer: (row: DeviceRow) => unknown): unknown {
    const row = this.#phones.map(rowOf).find((each) => each.mac === mac);
    return row === undefined ? { refused: { code: 'device.unknown', params: { mac } } } : this.#ifRunning(() => answer(row));
  }

  #jobs(): Output<'jobs.list'> {
    const closed = new Date(startOfJob).toISOString();
    const secretsUntil = secretsUntilAfter(0);
    return this.#jobsEver().map((job) => Object.assign(job, this.#closed.has(job.id) ? { closed, secretsUntil } : {}));
  }

  #jobsEver(): Output<'jobs.list'> {
    if (this.#options.scene === 'empty' && this.#bench === null) return [];
    const counts = this.#counts();
    const job = {
      id: jobId,
      name: 'Acme head office, 2nd floor',
      list: 'acme-2nd-floor',
      revision: 1,
      created: new Date(startOfJob).toISOString(),
      closed: null,
      secretsUntil: null,
      virtual: false,
      counts,
      resumable: true,
    };
    const before = (days: number): string => new Date(startOfJob - days * 86_400_000).toISOString();
    return [
      { ...job, virtual: this.#options.virtual ?? false, name: this.#bench?.job.name ?? job.name },
      {
        ...job,
        id: 'job-2',
        name: '株式会社さくら 本社 3 階',
        created: before(1),
        revision: 3,
        counts: { devices: 120, pass: 117, unverified: 2, fail: 1, pending: 0 },
      },
      {
        ...job,
        id: 'job-3',
        name: 'Benchtone demo',
        created: before(2),
        closed: before(2),
        secretsUntil: secretsUntilAfter(-2),
        virtual: true,
        counts: { devices: 24, pass: 24, unverified: 0, fail: 0, pending: 0 },
      },
      {
        ...job,
        id: 'job-4',
        name: 'Nordwind Logistik, Halle B',
        created: before(40),
        closed: before(39),
        resumable: false,
        counts: { devices: 310, pass: 310, unverified: 0, fail: 0, pending: 0 },
      },
    ];
  }

  readonly #handlers: { readonly [Name in CallName]: (input: Input<Name>) => unknown } = {
    'app.info': () => ({ version: '0.1.0', host: 'browser', platform: 'linux', dataFolder: '/home/bench/.local/share/benchtone' }),
    'settings.read': () => this.#settings,
    'settings.write': (input) => {
      this.#settings = { language: input.language ?? this.#settings.language, theme: input.theme ?? this.#settings.theme };
      return {};
    },
    'files.upload': ({ name, base64 }) => {
      const handle = `file-${String(this.#files.size).padStart(16, '0')}`;
      this.#files.set(handle, name);
      return { handle, name, size: Math.floor(base64.length * 0.75) };
    },
    'files.choose': () => null,
    'dhcp.lookup': ({ query }) => this.#ifRunning(() => lookUp(this.#phones.map(rowOf), query, this.#options.scene === 'trouble')),
    'dhcp.explain': ({ mac }) => this.#ofPhone(mac, explained),
    'dhcp.restart': () => {
      this.become({ dhcp: 'serving' });
      return {};
    },
    'site.settings': () => siteSettings,
    'phone.messages': ({ mac }) =>
      this.#ofPhone(mac, (row) => conversation(row, row.address === null ? 0 : this.#spoken, row.row === null && row.name !== null)),
    'phone.capture': ({ mac }) => ({ name: `benchtone-${mac ?? 'all'}.pcapng`, base64: Buffer.from('0a0d0d0a', 'hex').toString('base64') }),
    'phone.report': ({ file }) => ({ name: file, base64: Buffer.from('<flat-profile/>').toString('base64') }),
    'serving.read': () => this.#limits,
    'serving.write': (input) => {
      this.#limits = input;
      return {};
    },
    'syslog.lines': ({ mac, limit }) =>
      this.#ifRunning(() => syslogLines(this.#phones.map(rowOf), mac, limit, this.#options.scene === 'trouble')),
    'doctor.repair': () => ({ done: false, command: '', reason: null }),
    'jobs.close': ({ job }) => {
      this.#closed = new Set([...this.#closed, job]);
      return { purged: secretsUntilAfter(0) };
    },
    'files.save': () => ({ saved: true }),
    'parameters.list': () => packNamed('cisco-mpp')?.parameters() ?? [],
    'recipes.list': () => [{ id: 'office', name: 'Office, one line per phone' }],
    'interfaces.unready': () => (this.#options.scene === 'trouble' ? unready : []),
    'interfaces.list': () => interfaces(this.#options.scene === 'trouble'),
    'doctor.run': () => checks(this.#options.scene === 'trouble'),
    'draft.preview': ({ reveal }) => previewOf(reveal === true),
    'device.preview': ({ reveal }) => ({ ...previewOf(reveal === true), asks: asked }),
    'draft.check': ({ csv, recipe, encoding, columns }) => readingOf(this.#files.get(csv) ?? '', encoding, recipe, columns),
    'draft.changes': () => secondListChanges,
    'draft.remember': () => ({ file: { handle: 'recipe-0123456789abcdef', name: 'office.yaml', size: 900 }, text: 'benchtone: 1\n' }),
    'draft.asks': () => asked,
    'recipes.read': () => ({ name: 'office.yaml', text: recipeText }),
    'recipes.edit': ({ text }) => ({ text, problems: [] }),
    'recipes.take': ({ name, text }) => ({ handle: 'x'.repeat(24), name, size: text.length, problems: [] }),
    // The engine's own: it is pure, and what it says is what the screens are about.
    'template.open': async () => {
      const file = this.#uploads.take('kit.zip', kit().toString('base64'));
      return file.ok ? answered(await this.#templates.open({ file: file.value.handle })) : { refused: file.error };
    },
    'template.read': async (input) => answered(await this.#templates.read(input)),
    'template.use': async (input) => answered(await this.#templates.use(input)),
    'bench.start': () => this.#start(),
    'bench.resume': () => this.#start(),
    'bench.demo': () => this.#start(),
    'bench.stop': () => {
      this.#bench = null;
      this.#load = null;
      this.#send([], { bench: null, load: null });
      return {};
    },
    'board.snapshot': () => ({
      epoch: this.#epoch,
      seq: this.#seq,
      bench: this.#bench,
      load: this.#load,
      counts: this.#counts(),
      devices: this.#phones.map(rowOf),
    }),
    'jobs.list': () => this.#jobs(),
    'jobs.board': ({ job }) => ({ job: this.#jobs().find(({ id }) => id === job) ?? this.#jobs()[0], devices: this.#phones.map(rowOf) }),
    'device.page': ({ mac }) => {
      const phone = this.#phones.find((each) => rowOf(each).mac === mac);
      return phone === undefined
        ? { refused: { code: 'job.unknown', params: {} } }
        : { device: rowOf(phone), timeline: timelineOf(phone, this.#options.scene === 'empty' ? 0 : 60) };
    },
    'keys.count': () => ({ phones: 46, unproven: 26 }),
    'keys.export': ({ job }) => ({
      name: `benchtone-keys-${job}.csv.enc`,
      base64: 'U2FsdGVkX18=',
      phones: 46,
      command: `openssl enc -d -aes-256-cbc -md sha256 -pbkdf2 -iter 600000 -in benchtone-keys-${job}.csv.enc -out keys.csv`,
    }),
    'draft.handOff': () => [...fakeHandOff],
    'device.handOff': () => ({ sealed: true, values: [...provenHandOff], keys: { turn: 0, proven: true, refused: null } }),
    'keys.rotate': ({ mac }) => ({ rotated: mac === null ? 45 : 1, left: [] }),
    'report.csv': () => ({ name: 'acme-head-office.csv', text: 'mac,verdict\r\n00562b043615,pass\r\n' }),
  };

  #start(): unknown {
    if (this.#bench !== null) return { refused: { code: 'data.in-use', params: { pid: 1, folder: '/data' } } };
    this.#open('busy');
    this.#send([], { reset: true });
    return { job: jobId };
  }
}

/** Fourteen days after a job was closed, so many days from the start of the one shown. */
function secretsUntilAfter(days: number): string {
  return new Date(startOfJob + (14 + days) * 86_400_000).toISOString();
}

function loadOf(scene: Scene, { pending }: Batch['counts'], phones: readonly FakePhone[]): Load {
  if (scene === 'done') return { transfers: 0, waiting: 0, queue: [], unfinished: 0, secondsLeft: 0, suggestRandomDelay: null };
  const isTrouble = scene === 'trouble';
  return {
    transfers: Math.min(12, pending),
    waiting: isTrouble ? 36 : 0,
    queue: isTrouble ? phones.slice(4, 12).map((phone) => ({ address: rowOf(phone).address ?? '', mac: rowOf(phone).mac })) : [],
    unfinished: pending,
    secondsLeft: isTrouble ? null : 170,
    suggestRandomDelay: isTrouble ? 30 : null,
  };
}

function lifeOf(scene: Scene, index: number, phones: number): Pick<FakePhone, 'step' | 'trouble'> {
  if (scene === 'done') return { step: 6, trouble: 'none' };
  if (scene === 'feed') return { step: index % 7, trouble: index % 29 === 5 ? 'unproven' : 'none' };
  const sound = { step: index < phones * 0.45 ? 6 : index < phones * 0.85 ? 1 + (index % 5) : 0, trouble: 'none' } as const;
  if (scene !== 'trouble' || index % 3 !== 1) return sound;
  const trouble = troubles[Math.floor(index / 3)] ?? 'none';
  const step = {
    none: sound.step,
    silent: 2,
    unproven: 4,
    password: 4,
    'wrong-image': 2,
    differs: 4,
    retrying: 2,
    unlisted: 1,
    hostile: 2,
  }[trouble];
  return { step, trouble };
}
