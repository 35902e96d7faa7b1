/** The four files a phone may get (design: the life of one phone). */
import { createHmac } from 'node:crypto';
import type { Transport } from '../../contract/observation.js';
import type { Recipe } from '../../profiles/job.js';
import { Secret } from '../../contract/secret.js';
import type { BenchAddress, Compiled, Made, Parameter, Sheet } from '../pack.js';
import { ruleFor } from './account.js';
import { benchValues, markerTag, type Next } from './bench-values.js';
import { writeFlatProfile } from './flat-profile.js';

/**
 * What the bench needs of any phone; leaves `Profile_Rule` alone, so that a phone that fails can be plugged in again. It holds no secret,
 * unless the phone's own account is given.
 */
export function bootstrapFile(recipe: Recipe, bench: BenchAddress, transport: Transport, next: Next, account?: Compiled['account']): Made {
  return next === 'nothing' ? emptyFile() : writeFlatProfile(bootstrapParameters(recipe, bench, transport, next, account));
}

function bootstrapParameters(
  recipe: Recipe,
  bench: BenchAddress,
  transport: Transport,
  next: Exclude<Next, 'nothing'>,
  account: Compiled['account'],
): readonly Parameter[] {
  const known = account === undefined || next !== 'device' ? undefined : { user: account.user, password: account.password.reveal() };
  const needs = [...benchValues(bench, transport, next)].map(([tag, value]): Parameter => {
    const isRule = tag === 'Profile_Rule_B' && known !== undefined;
    return { tag, value: isRule ? new Secret(ruleFor(value, known)) : value, ua: 'na', origin: { from: 'bench', why: 'needs' } };
  });
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
  const { transport, device, handOff } = compiled;
  const account = transport === 'http' ? compiled.account : undefined; // over TFTP it is never told
  const mark: Parameter = {
    tag: markerTag,
    value: markerKey === undefined ? '' : deviceFile(compiled, markerKey).marker,
    ua: 'na',
    origin: { from: 'bench', why: 'mark' },
  };
  return [
    { file: 'bootstrap', parameters: bootstrapParameters(recipe, bench, transport, 'device', account) },
    { file: 'device', parameters: [...device, mark] },
    { file: 'handOff', parameters: handOff },
  ];
}

/** The row's parameters and the marker: HMAC-SHA-256 under the job's key of the same file without it. */
export function deviceFile({ device }: Compiled, markerKey: Uint8Array): Made & { readonly marker: string } {
  const marker = createHmac('sha256', markerKey).update(writeFlatProfile(device).bytes).digest('hex');
  return { ...writeFlatProfile([...device, { tag: markerTag, value: marker, ua: 'na' }]), marker };
}

/** What waited, what production needs, and every value of the bench put back; empty elements are written here alone. */
export function handOffFile({ handOff }: Compiled): Made {
  return writeFlatProfile(handOff);
}

/** Changes nothing: an answer where 404 would stop a phone's rules. */
export function emptyFile(): Made {
  return writeFlatProfile([]);
}
