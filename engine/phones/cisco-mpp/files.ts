/** The files a phone may get (design: the life of one phone). */
import { createHmac } from 'node:crypto';
import type { Transport } from '../../contract/observation.js';
import type { Encryption, Recipe } from '../../profiles/job.js';
import { reveal, Secret } from '../../contract/secret.js';
import type { BenchAddress, Compiled, Made, NextFile, Parameter, Sheet } from '../pack.js';
import { ruleFor } from './account.js';
import { benchValues, markerTag } from './bench-values.js';
import { fileAddress, installParameters, lastRule, lastRuleTag } from './keys.js';
import { writeFlatProfile } from './flat-profile.js';

/**
 * What the bench needs of any phone; leaves `Profile_Rule` alone, so that a phone that fails can be plugged in again. It holds no secret,
 * unless the phone's own account is given.
 */
export function bootstrapFile(
  recipe: Recipe,
  bench: BenchAddress,
  transport: Transport,
  next: NextFile,
  account?: Compiled['account'],
  encryption?: Encryption,
): Made {
  return next === 'nothing' ? emptyFile() : writeFlatProfile(bootstrapParameters(recipe, bench, transport, next, account, encryption));
}

/** What the bootstrap writes. */
export function bootstrapParameters(
  recipe: Recipe,
  bench: BenchAddress,
  transport: Transport,
  next: Exclude<NextFile, 'nothing'>,
  account: Compiled['account'],
  encryption: Encryption | undefined,
): readonly Parameter[] {
  const known = account === undefined || next !== 'device' ? undefined : { user: account.user, password: account.password.reveal() };
  const rule = ruleFor(fileAddress(bench, transport, next, encryption), known);
  const last = lastRule(bench, transport, encryption);
  const needs = [...benchValues(bench, rule), ...(last === undefined ? [] : [[lastRuleTag, last] as const])].map(
    ([tag, value]): Parameter => {
      const isSecret = tag === 'Profile_Rule_B' && known !== undefined;
      return { tag, value: isSecret ? new Secret(value) : value, ua: 'na', origin: { from: 'bench', why: 'needs' } };
    },
  );
  const said = Object.entries(recipe.bootstrap).map(([tag, value]): Parameter => ({
    tag,
    value,
    ua: 'na',
    origin: { from: 'recipe', path: `bootstrap.${tag}`, columns: [] },
  }));
  return [...needs, ...said];
}

/** The files of a phone whose network is known to be its own, as `bootstrapFile`, `deviceFile` and `handOffFile` write them. */
export function sheetsOf(recipe: Recipe, compiled: Compiled, bench: BenchAddress, markerKey?: Uint8Array): readonly Sheet[] {
  const { transport, device, handOff, encryption } = compiled;
  const account = transport === 'http' ? compiled.account : undefined; // over TFTP it is never told
  const mark: Parameter = {
    tag: markerTag,
    value: markerKey === undefined ? '' : deviceFile(compiled, markerKey).marker,
    ua: 'na',
    origin: { from: 'bench', why: 'mark' },
  };
  const first = encryption === undefined ? 'device' : 'install';
  const install: Sheet[] = first === 'install' ? [{ file: 'install', parameters: installParameters(compiled, bench) }] : [];
  return [
    { file: 'bootstrap', parameters: bootstrapParameters(recipe, bench, transport, first, account, encryption) },
    ...install,
    { file: 'device', parameters: [...device, mark] },
    { file: 'handOff', parameters: handOff },
  ];
}

const end = Buffer.from('</flat-profile>\n');

/** The row's parameters and the marker: HMAC-SHA-256 under the job's key of the same file without it. */
export function deviceFile({ device }: Compiled, markerKey: Uint8Array): Made & { readonly marker: string } {
  const { bytes, contentType } = writeFlatProfile(device);
  const marker = createHmac('sha256', markerKey).update(bytes).digest('hex');
  // Written once, for ten thousand of them are made: the last line is put in before the end.
  const line = `  <${markerTag} ua="na">${marker}</${markerTag}>\n`;
  return { bytes: Buffer.concat([bytes.subarray(0, -end.length), Buffer.from(line), end]), contentType, marker };
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
