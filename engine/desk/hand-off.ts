/** What phones leave the bench with: the values that go and what replaces them, and the keys a customer's server needs. */
import type { DatabaseSync } from 'node:sqlite';
import { keyListCsv, keyRounds, lockKeyList } from '../bench/writing/key-list.js';
import { rotateStored } from '../bench/rotate-stored.js';
import { type Rotated, whyNotRotated } from '../bench/rotation.js';
import { storedJob } from '../bench/stored-job.js';
import type { Input, Output } from '../contract/calls.js';
import type { HandOffRow } from '../contract/hand-off-calls.js';
import type { Mac } from '../contract/mac.js';
import type { Fact } from '../contract/observation.js';
import type { Result } from '../contract/problem.js';
import { Secret } from '../contract/secret.js';
import type { BenchAddress, Compiled, HandOffValue } from '../phones/pack.js';
import { packNamed } from '../phones/packs.js';
import type { Recipe } from '../profiles/job.js';
import { newPhoneKeys } from '../profiles/phone-keys.js';
import { type Device, hasItsKeys } from '../roster/device.js';
import type { Job, Jobs } from '../store/jobs.js';
import type { Journal } from '../store/journal.js';
import { StoredPhoneKeys } from '../store/phone-keys.js';
import { done, failed, type Reply, refused } from './reply.js';

/** Stands for the bench where none is known (RFC 5737). */
const someBench: BenchAddress = { address: '192.0.2.1', ports: { tftp: 69, http: 80, syslog: 514 } };
/** Of a phone's journal, far more than follows its hand-off. */
const lookBack = 2000;

export type LeavingOptions = {
  readonly database: DatabaseSync;
  readonly jobs: Jobs;
  readonly journal: (job: Job) => Journal;
  /** The bench a job is at work on, if it is this one. */
  readonly benchOf: (job: string) => BenchAddress | undefined;
  /** A phone as the board of its job has it. */
  readonly deviceOf: (job: Job, mac: Mac) => Device | undefined;
  /** New keys by the bench that is at work on a job; undefined where none of this process is. */
  readonly rotateOn: (job: string, macs: readonly Mac[] | null) => Promise<readonly Rotated[]> | undefined;
  readonly now: () => Date;
};

/** A row's bench-only values, secrets masked. Keys stand for those it would get. */
export function handOffRows(
  recipe: Recipe,
  compiled: Compiled,
  stateOf: (tag: string) => HandOffRow['state'],
  bench = someBench,
): readonly HandOffRow[] {
  const pack = packNamed(recipe.phones);
  if (pack === undefined) return [];
  const own = compiled.keys === undefined ? pack.withKeys(compiled, newPhoneKeys()) : compiled;
  return pack.handOffValues(recipe, own, bench).map(({ tag, onBench, after, origin }) => {
    const { by, place } = decidedBy(origin);
    return { tag, onBench: onBench.toString(), after: after.toString(), by, place, state: stateOf(tag) };
  });
}

function decidedBy(origin: HandOffValue['origin']): Pick<HandOffRow, 'by' | 'place'> {
  switch (origin.from) {
    case 'row':
      return { by: 'row', place: origin.column };
    case 'recipe':
      return { by: 'recipe', place: origin.path };
    case 'pack':
      return { by: 'factory', place: null };
    case 'bench':
      return { by: 'key', place: null };
  }
}

function isHandOffDelivered(fact: Fact): boolean {
  return fact.kind === 'fileDelivered' && fact.purpose === 'handOff';
}

export class Leaving {
  readonly #options: LeavingOptions;

  constructor(options: LeavingOptions) {
    this.#options = options;
  }

  /** A phone's bench-only values, and which of them its own page still showed when it was last looked at. */
  device({ job: id, mac }: Input<'device.handOff'>): Reply<Output<'device.handOff'>> {
    const { database, jobs, journal, benchOf } = this.#options;
    const job = jobs.find(id);
    if (job === undefined) return failed('job.unknown', { job: id });
    const facts = journal(job)
      .of(mac as Mac, lookBack)
      .map(({ fact }) => fact);
    const bound = facts.findLast((fact) => fact.kind === 'bound');
    const recipe = jobs.recipe(job);
    const row = bound === undefined ? undefined : jobs.row(job, bound.row);
    const pack = recipe === undefined ? undefined : packNamed(recipe.phones);
    const compiled = recipe === undefined || row === undefined ? undefined : pack?.compile(recipe, { ...row, mac: mac as Mac }).compiled;
    if (recipe === undefined || pack === undefined || compiled === undefined || job.key === undefined)
      return failed('device.unknown', { mac });
    const keys = new StoredPhoneKeys(database, id, job.key).find(mac as Mac);
    const last = facts.findLast((fact) => fact.kind === 'readBack' && fact.stage === 'handOff');
    const notYet = last?.kind === 'readBack' ? new Set([...last.left, ...last.differing]) : undefined;
    const stateOf = (tag: string): HandOffRow['state'] => (notYet === undefined ? 'waiting' : notYet.has(tag) ? 'left' : 'gone');
    const own = keys === undefined ? compiled : pack.withKeys(compiled, keys);
    // Where the hand-off closes the phone's page nobody can look: that it was fetched has to do.
    const unseen = bound?.kind === 'bound' && !bound.terms.readableAfter && facts.some(isHandOffDelivered);
    return done({
      sealed: notYet?.size === 0 || unseen,
      values: [...handOffRows(recipe, own, stateOf, benchOf(id))],
      keys: compiled.encryption === undefined ? null : this.#keysOf(job, mac as Mac),
    });
  }

  /** How far a phone is with its keys, by its journal: what the board knows of it is of the same. */
  #keysOf(job: Job, mac: Mac): Output<'device.handOff'>['keys'] {
    const device = this.#options.deviceOf(job, mac);
    const turn = device?.keyTurn ?? 0;
    const refused = whyNotRotated(device, true);
    return {
      turn,
      proven: device !== undefined && hasItsKeys(device),
      refused: refused === null ? null : { code: refused.code, params: { ...refused.params } },
    };
  }

  /** New keys, by the bench that is at work on the job, else by the data folder alone. */
  async rotate({ job: id, mac }: Input<'keys.rotate'>): Promise<Reply<Output<'keys.rotate'>>> {
    const { database, jobs, rotateOn, now } = this.#options;
    const job = jobs.find(id);
    if (job === undefined) return failed('job.unknown', { job: id });
    const macs = mac === null ? null : [mac as Mac];
    const onBench = rotateOn(id, macs);
    const rotated: Result<readonly Rotated[]> =
      onBench === undefined
        ? await rotateStored({ database, jobs, job, told: false }, macs, now().toISOString())
        : { ok: true, value: await onBench };
    if (!rotated.ok) return refused(rotated.refusal);
    const left = rotated.value.flatMap(({ mac: whose, refused: why }) =>
      why === null ? [] : [{ mac: whose, reason: { code: why.code, params: { ...why.params } } }],
    );
    const [only] = left;
    if (mac !== null && only !== undefined) return failed(only.reason.code, only.reason.params);
    return done({ rotated: rotated.value.length - left.length, left });
  }

  count({ job: id }: Input<'keys.count'>): Reply<Output<'keys.count'>> {
    const { database, jobs } = this.#options;
    const job = jobs.find(id);
    if (job === undefined) return failed('job.unknown', { job: id });
    const macs = job.key === undefined ? [] : new StoredPhoneKeys(database, id, job.key).macs();
    const proven = macs.filter((mac) => {
      const device = this.#options.deviceOf(job, mac);
      return device !== undefined && hasItsKeys(device);
    });
    return done({ phones: macs.length, unproven: macs.length - proven.length });
  }

  /** The list goes out locked, never in the clear: whoever has it opens every profile of the job. */
  async export({ job: id, passphrase }: Input<'keys.export'>): Promise<Reply<Output<'keys.export'>>> {
    const { database, jobs } = this.#options;
    const job = jobs.find(id);
    if (job === undefined) return failed('job.unknown', { job: id });
    const stored = storedJob(database, jobs, job);
    if (!stored.ok) return refused(stored.refusal);
    const { keys } = stored.value;
    if (keys.size === 0) return failed('job.no-keys');
    const csv = keyListCsv([...keys].map(([mac, { customer }]) => [mac, customer] as const));
    const name = `benchtone-keys-${id}.csv.enc`;
    const locked = await lockKeyList(csv, new Secret(passphrase));
    const command = `openssl enc -d -aes-256-cbc -md sha256 -pbkdf2 -iter ${keyRounds} -in ${name} -out keys.csv`;
    return done({ name, base64: Buffer.from(locked).toString('base64'), phones: keys.size, command });
  }
}
