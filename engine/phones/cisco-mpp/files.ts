/** The four files a phone may get (design: the life of one phone). */
import { createHmac } from 'node:crypto';
import type { Transport } from '../../contract/observation.js';
import type { Recipe } from '../../profiles/job.js';
import type { BenchAddress, Compiled, Made } from '../pack.js';
import { ruleFor } from './account.js';
import { benchValues, markerTag, type Next } from './bench-values.js';
import { writeFlatProfile } from './flat-profile.js';

/**
 * What the bench needs of any phone; leaves `Profile_Rule` alone, so that a phone that fails can be plugged in again. It holds no secret,
 * unless the phone's own account is given.
 */
export function bootstrapFile(recipe: Recipe, bench: BenchAddress, transport: Transport, next: Next, account?: Compiled['account']): Made {
  if (next === 'nothing') return emptyFile();
  const known = account === undefined || next !== 'device' ? undefined : { user: account.user, password: account.password.reveal() };
  const values = [...benchValues(bench, transport, next), ...Object.entries(recipe.bootstrap)].map(
    ([tag, value]) => [tag, tag === 'Profile_Rule_B' ? ruleFor(value, known) : value] as const,
  );
  return writeFlatProfile(values.map(([tag, value]) => ({ tag, value, ua: 'na' })));
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
