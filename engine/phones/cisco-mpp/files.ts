/** The files a phone may get (design: the life of one phone). */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Transport } from '../../contract/observation.js';
import type { Recipe } from '../../profiles/job.js';
import { reveal } from '../../contract/secret.js';
import type { AroundMarker, BenchAddress, BootstrapOwn, Compiled, Made, NextFile, Parameter, Sheet } from '../pack.js';
import { benchRules, ruledBy } from './bench-rules.js';
import { benchValues, markerTag, ruleParameter } from './bench-values.js';
import { installParameters } from './keys.js';
import { flatProfileOf, linesOf, profileType, writeFlatProfile } from './flat-profile.js';
import { apart } from './parts.js';

/**
 * What the bench needs of any phone; leaves `Profile_Rule` alone, so that a phone that fails can be plugged in again. It holds no secret,
 * unless the phone's own account is given.
 */
export function bootstrapFile(recipe: Recipe, bench: BenchAddress, transport: Transport, next: NextFile, own: BootstrapOwn = {}): Made {
  if (next === 'nothing') return emptyFile();
  return writeFlatProfile([...bootstrapParameters(recipe, bench, transport, next, own), ...commonIn(own.compiled)]);
}

/** The bootstrap is the first of the four parts, for `Profile_Rule` itself stays as it is (ADR 0027). */
function commonIn(compiled: Compiled | undefined): readonly Parameter[] {
  return compiled === undefined ? [] : apart(compiled).bootstrap;
}

/** What the bootstrap writes, but for the common part. */
export function bootstrapParameters(
  recipe: Recipe,
  bench: BenchAddress,
  transport: Transport,
  next: Exclude<NextFile, 'nothing'>,
  { account, encryption, compiled }: BootstrapOwn,
): readonly Parameter[] {
  // Whose row is not known has no part of its own yet, and no account; where its hand-off will lie it is told with its row.
  const ruled =
    compiled === undefined
      ? { encryption, inPartsAs: undefined, guarded: account !== undefined || mayJoin(recipe), account: toldAs(account) }
      : { ...ruledBy(compiled), account: toldAs(account), encryption };
  const rules = benchRules(bench, { ...ruled, transport }, next);
  const values = benchValues(bench, rules[0]?.text ?? '');
  const needs = [...values].map(([tag, value]) => ruleParameter(tag, value, rules.find((each) => each.tag === tag)?.holdsAccount === true));
  const behind = rules.slice(1).map(({ tag, text, holdsAccount }) => ruleParameter(tag, text, holdsAccount));
  const said = Object.entries(recipe.bootstrap).map(([tag, value]): Parameter => ({
    tag,
    value,
    ua: 'na',
    origin: { from: 'recipe', path: `bootstrap.${tag}`, columns: [] },
  }));
  return [...needs, ...behind, ...said];
}

/** The hand-off of some row may come in the place of its device file. */
function mayJoin({ delivery, models }: Recipe): boolean {
  return [delivery, ...Object.values(models).map((each) => each.delivery)].some(
    (each) => each?.account !== undefined || each?.parts === true,
  );
}

function toldAs(account: Compiled['account']): { readonly user: string; readonly password: string } | undefined {
  return account === undefined ? undefined : { user: account.user, password: account.password.reveal() };
}

/** The files of a phone whose network is known to be its own, as `bootstrapFile`, `deviceFile` and `handOffFile` write them. */
export function sheetsOf(recipe: Recipe, compiled: Compiled, bench: BenchAddress, markerKey?: Uint8Array): readonly Sheet[] {
  const { transport, handOff, encryption } = compiled;
  const account = transport === 'http' ? compiled.account : undefined; // over TFTP it is never told
  const mark: Parameter = {
    tag: markerTag,
    value: markerKey === undefined ? '' : deviceFile(compiled, markerKey).marker,
    ua: 'na',
    origin: { from: 'bench', why: 'mark' },
  };
  const first = encryption === undefined ? 'device' : 'install';
  const install: Sheet[] = first === 'install' ? [{ file: 'install', parameters: installParameters(compiled, bench) }] : [];
  const { phone, ...others } = apart(compiled);
  const shared: Sheet[] =
    compiled.parts === undefined ? [] : (['model', 'customer'] as const).map((file) => ({ file, parameters: others[file] }));
  const own = { ...(account === undefined ? {} : { account }), encryption, compiled };
  return [
    { file: 'bootstrap', parameters: [...bootstrapParameters(recipe, bench, transport, first, own), ...commonIn(compiled)] },
    ...install,
    ...shared,
    { file: 'device', parameters: [...phone, mark] },
    { file: 'handOff', parameters: handOff },
  ];
}

/**
 * The row's parameters and the marker: HMAC-SHA-256 under the job's key of the same file without it. Where the phone gets its configuration
 * in parts, its own part and the marker of the whole.
 */
export function deviceFile(compiled: Compiled, markerKey: Uint8Array): Made & { readonly marker: string } {
  const lines = linesOf(compiled.device);
  const marker = createHmac('sha256', keyObjectOf(markerKey)).update(flatProfileOf(lines), 'utf8').digest('hex');
  const own = compiled.parts === undefined ? lines : linesOf(apart(compiled).phone); // not written again, for ten thousand of them are made
  const text = flatProfileOf(`${own}${markLine[0]}${marker}${markLine[1]}`);
  return { bytes: Buffer.from(text, 'utf8'), contentType: profileType, marker };
}

const markLine = [`  <${markerTag} ua="na">`, `</${markerTag}>\n`] as const;

/** The whole device file as it stands around its marker. */
export function aroundMarker({ device }: Compiled): AroundMarker {
  const text = flatProfileOf(linesOf(device));
  const end = text.lastIndexOf('</'); // a device file is never empty: the bench's own part is in it
  return { start: text.slice(0, end), end: text.slice(end), mark: [markLine[0], `${markLine[1]}${text.slice(end)}`] };
}

/** A key object takes less than half the time of bare bytes, so each key is made one once. */
const keyObjects = new WeakMap<Uint8Array, KeyObject>();

function keyObjectOf(key: Uint8Array): KeyObject {
  const made = keyObjects.get(key) ?? createSecretKey(key);
  keyObjects.set(key, made);
  return made;
}

/** What waited, what production needs, and every value of the bench put back; empty elements are written here alone. */
export function handOffFile({ handOff }: Compiled): Made {
  return writeFlatProfile(handOff);
}

/** What a phone should find on the customer's server: everything it holds in the end, nothing of the bench. */
export function productionFile({ device, handOff }: Compiled): Made {
  const final = new Map([...device, ...handOff].map((parameter) => [parameter.tag, parameter]));
  return writeFlatProfile([...final.values()].filter(({ value }) => reveal(value) !== ''));
}

/** Changes nothing: an answer where 404 would stop a phone's rules. */
export function emptyFile(): Made {
  return writeFlatProfile([]);
}
