/** New keys, with a real data folder and over real sockets: what a phone is given, when, and under which key. */
import type { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { Order } from '../../../engine/bench/order.js';
import { profileSource } from '../../../engine/bench/profile-source.js';
import { rotateStored } from '../../../engine/bench/rotate-stored.js';
import { KeyRotation } from '../../../engine/bench/rotation.js';
import { storedJob } from '../../../engine/bench/stored-job.js';
import type { Mac } from '../../../engine/contract/mac.js';
import type { Fact } from '../../../engine/contract/observation.js';
import { packNamed } from '../../../engine/phones/packs.js';
import { decryptSalted } from '../../../engine/profiles/packing/openssl.js';
import { type KeyPair, mostFormer } from '../../../engine/profiles/phone-keys.js';
import { Roster } from '../../../engine/roster/roster.js';
import { systemClock } from '../../../engine/services/service.js';
import { startTftp } from '../../../engine/services/tftp/server.js';
import { groupOf } from '../../../engine/store/group-commit.js';
import { type Job, Jobs } from '../../../engine/store/jobs.js';
import { Journal } from '../../../engine/store/journal.js';
import { StoredPhoneKeys } from '../../../engine/store/phone-keys.js';
import { fact, proven } from '../roster/journals.js';
import { openLoopback } from '../services/loopback.js';
import { RawClient } from '../services/tftp/raw-client.js';
import { DataFolder, workOrder } from '../store/data-folder.js';

const mac = 'c4c603000001' as Mac;
const at = '2026-11-22T09:00:00.000Z';
const bench = { address: '10.77.0.1', ports: { tftp: 69, http: 80, syslog: 514 } } as const;
const password = 'Maple!Front-9';
const recipe = `benchtone: 1
name: Keys
phones: cisco-mpp
delivery: { transport: tftp, encrypt: true }
parameters: { Admin_Password: "{{admin}}" }
handOff: { Profile_Rule: '[--key $A] https://prov.example.com/$B/$MA.xml' }
`;

/** A bench on a data folder, without its network but for TFTP; a second one on the same folder is the first after it was killed. */
class SmallBench implements AsyncDisposable {
  readonly roster: Roster;
  readonly order: Order;
  readonly rotation: KeyRotation;
  readonly keys: StoredPhoneKeys;
  readonly database: DatabaseSync;
  readonly #stop: () => Promise<void>;
  readonly port: number;

  private constructor(parts: Pick<SmallBench, 'roster' | 'order' | 'rotation' | 'keys' | 'database' | 'port'>, stop: () => Promise<void>) {
    ({
      roster: this.roster,
      order: this.order,
      rotation: this.rotation,
      keys: this.keys,
      database: this.database,
      port: this.port,
    } = parts);
    this.#stop = stop;
  }

  static async open(data: DataFolder, job: Job): Promise<SmallBench> {
    const database = data.open();
    const jobs = new Jobs(database, Buffer.alloc(32, 3));
    const read = jobs.recipe(job);
    const pack = packNamed('cisco-mpp');
    if (read === undefined || pack === undefined || job.key === undefined) throw new Error('the job is sound');
    const keys = new StoredPhoneKeys(database, job.id, job.key);
    const order = new Order(pack, read, jobs.rows(job), job.key, (whose) => keys.of(whose));
    const whereabouts = { leased: () => mac, neighbour: () => undefined };
    const roster = new Roster({ journal: new Journal(database, job.id), whereabouts, admits: () => true });
    roster.replay();
    roster.expect(mac, at);
    const rotation = new KeyRotation({ database, job, order, roster, now: () => at });
    rotation.look();
    const tftp = await startTftp({
      port: 0,
      open: openLoopback,
      files: profileSource({ order, bench, whereabouts, device: (whose) => roster.get(whose) }),
      observe: (observation) => roster.observe(observation),
      clock: systemClock,
    });
    if (!tftp.ok) throw new Error(tftp.refusal.code);
    const { port } = tftp.value;
    return new SmallBench({ roster, order, rotation, keys, database, port }, async () => tftp.value[Symbol.asyncDispose]());
  }

  /** Puts facts on the phone's account. */
  live(...facts: readonly Fact[]): void {
    for (const each of facts) this.roster.record(mac, at, each);
  }

  /** The pair the phone is to have. */
  get pair(): KeyPair {
    const { customer } = this.keys.of(mac);
    return customer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop();
    groupOf(this.database).flush();
  }
}

function makeJob(data: DataFolder): Job {
  const { recipe: read, rows, files } = workOrder(`mac,model,admin\n${mac},8851,${password}\n`, recipe);
  return new Jobs(data.open(), Buffer.alloc(32, 3)).create({ recipe: read, rows, input: files, at });
}

const pathIn = ({ directory }: KeyPair): string => `/${directory.reveal()}/device/${mac}.xml`;
const opened = (bytes: Uint8Array, { key }: KeyPair): string | undefined => {
  const plain = decryptSalted(bytes, key.reveal(), 'sha256');
  return plain === undefined ? undefined : Buffer.from(plain).toString();
};
const installed: readonly Fact[] = [...proven.slice(0, 4), fact.keyDelivered];
const provenNow: readonly Fact[] = [fact.word, fact.readBack];

it('in the middle of a transfer: the file on its way is the old one and proves nothing, the next brings the new keys under the old one', async () => {
  using data = new DataFolder();
  const job = makeJob(data);
  await using it = await SmallBench.open(data, job);
  it.live(...installed);
  const old = it.pair;
  await using client = await RawClient.open();
  client.ask(it.port, pathIn(old));
  const first = await client.next(); // block 1 has come, and is not acknowledged yet
  expect(await it.rotation.rotate([mac])).toEqual([{ mac, refused: null }]);
  const fresh = it.pair;
  expect(fresh.key.reveal()).not.toBe(old.key.reveal());

  const parts = [];
  for (let received = first; ; received = await client.next()) {
    if (received.packet.kind !== 'data') throw new Error(received.packet.kind);
    parts.push(received.packet.bytes);
    client.ack(received.port, received.packet.block);
    if (received.packet.bytes.length < 512) break;
  }
  expect(opened(Buffer.concat(parts), old)).toContain(old.directory.reveal());
  expect(opened(Buffer.concat(parts), old)).not.toContain(fresh.directory.reveal());
  await expect.poll(() => it.roster.get(mac)?.evidence.delivery).toBeUndefined();
  it.live(...provenNow);
  expect(it.roster.get(mac)).toMatchObject({ keyTurn: 1, evidence: { lease: expect.anything() } });
  expect(it.roster.get(mac)?.provenTurn).toBeUndefined();

  const next = await client.fetch(it.port, pathIn(old));
  expect(Buffer.from(next).includes(fresh.key.reveal())).toBe(false);
  expect(opened(next, old)).toContain(fresh.key.reveal());
  expect(opened(await client.fetch(it.port, pathIn(fresh)), fresh)).toContain(password);
  await expect.poll(() => it.roster.get(mac)?.evidence.delivery).toBeDefined();
  it.live(...provenNow);
  expect(it.roster.get(mac)?.provenTurn).toBe(1);

  // Proven: what it had before opens nothing any more.
  await using late = await RawClient.open();
  late.ask(it.port, pathIn(old));
  expect((await late.next()).packet.kind).toBe('error');
});

it('two in a row: whichever of the pairs a phone has by then, its file comes under that one and brings the last', async () => {
  using data = new DataFolder();
  const job = makeJob(data);
  await using it = await SmallBench.open(data, job);
  it.live(...installed);
  const pairs = [it.keys.of(mac).bench, it.pair];
  for (let turn = 0; turn < 2; turn += 1) {
    await it.rotation.rotate([mac]);
    pairs.push(it.pair);
  }
  await using client = await RawClient.open();
  for (const pair of pairs) expect(opened(await client.fetch(it.port, pathIn(pair)), pair)).toContain(it.pair.key.reveal());
  expect(it.roster.get(mac)?.keyTurn).toBe(2);
});

it('killed at any moment in between, nothing is lost: the phone is given the new keys by the bench that comes after', async () => {
  using data = new DataFolder();
  const job = makeJob(data);
  const before = await SmallBench.open(data, job);
  before.live(...installed, fact.deviceAsked, fact.deviceDelivered, ...provenNow);
  groupOf(before.database).flush();
  const old = before.pair;
  before.keys.rotate([mac]); // on disk, and that is where it ended: no fact tells of it
  await before[Symbol.asyncDispose]();

  await using after = await SmallBench.open(data, job);
  expect(after.roster.get(mac)).toMatchObject({ keyTurn: 1, provenTurn: 0, evidence: { lease: expect.anything() } });
  expect(after.roster.get(mac)?.evidence.readBack).toBeUndefined();
  await using client = await RawClient.open();
  expect(opened(await client.fetch(after.port, pathIn(old)), old)).toContain(after.pair.key.reveal());
  after.rotation.look();
  expect([...new Journal(after.database, job.id).replay()].filter((entry) => entry.fact.kind === 'keysRotated')).toHaveLength(1);
});

it('by another process: a bench at work sees it by itself; of a phone that left meanwhile it takes it back', async () => {
  using data = new DataFolder();
  const job = makeJob(data);
  await using it = await SmallBench.open(data, job);
  it.live(...installed, fact.deviceAsked, fact.deviceDelivered, ...provenNow);
  groupOf(it.database).flush();
  const elsewhere = data.open();
  const jobs = new Jobs(elsewhere, Buffer.alloc(32, 3));
  const held = (): string | undefined => {
    const stored = storedJob(elsewhere, jobs, job);
    return stored.ok ? stored.value.keys.get(mac)?.customer.key.reveal() : undefined;
  };
  const old = it.pair;
  expect(await rotateStored({ database: elsewhere, jobs, job, told: true }, null, at)).toEqual({
    ok: true,
    value: [{ mac, refused: null }],
  });
  it.rotation.look();
  expect(it.roster.get(mac)).toMatchObject({ keyTurn: 1, provenTurn: 0 });
  groupOf(it.database).flush();
  expect(held()).toBe(old.key.reveal()); // the phone has this one until it proves the new one
  it.live(fact.deviceAsked, fact.deviceDelivered, ...provenNow);
  groupOf(it.database).flush();
  expect(held()).toBe(it.pair.key.reveal());

  const kept = it.pair;
  new StoredPhoneKeys(elsewhere, job.id, job.key!).rotate([mac]);
  it.live(fact.handOffDelivered);
  expect(it.pair.key.reveal()).not.toBe(kept.key.reveal());
  it.rotation.look();
  expect([it.pair.key.reveal(), it.order.of(mac)?.compiled.keys?.customer.key.reveal()]).toEqual([kept.key.reveal(), kept.key.reveal()]);
  expect(held()).toBe(kept.key.reveal());
});

it('while no bench works on the job it is noted at once, and the next bench has nothing to add', async () => {
  using data = new DataFolder();
  const job = makeJob(data);
  const before = await SmallBench.open(data, job);
  before.live(...installed, fact.deviceAsked, fact.deviceDelivered, ...provenNow);
  await before[Symbol.asyncDispose]();
  const database = data.open();
  const jobs = new Jobs(database, Buffer.alloc(32, 3));
  await rotateStored({ database, jobs, job, told: false }, [mac], at);
  const facts = (): number => [...new Journal(database, job.id).replay()].filter((entry) => entry.fact.kind === 'keysRotated').length;
  expect(facts()).toBe(1);
  await using after = await SmallBench.open(data, job);
  expect(after.roster.get(mac)).toMatchObject({ keyTurn: 1, provenTurn: 0 });
  groupOf(after.database).flush();
  expect(facts()).toBe(1);
});

it('is refused for a phone that left, that is none of the job, or that has too many waiting, with a code for each', async () => {
  using data = new DataFolder();
  const job = makeJob(data);
  await using it = await SmallBench.open(data, job);
  it.live(...installed);
  const codes = async (whose: Mac): Promise<string | undefined> => (await it.rotation.rotate([whose]))[0]?.refused?.code;
  expect(await codes('c4c603000009' as Mac)).toBe('key.no-row');
  for (let turn = 0; turn < mostFormer; turn += 1) expect(await codes(mac)).toBeUndefined();
  expect(await codes(mac)).toBe('key.waiting');
  it.live(fact.deviceAsked, fact.deviceDelivered, ...provenNow);
  expect(await codes(mac)).toBeUndefined();
  it.live(fact.deviceAsked, fact.deviceDelivered, ...provenNow, fact.handOffDelivered);
  expect(await codes(mac)).toBe('key.leaving');
});
