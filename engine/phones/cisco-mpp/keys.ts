/**
 * Encrypted profiles, in the states Cisco's guides name (facts section 8.1):
 *
 *   MFG-RESET   factory values; asks for the bootstrap
 *   SP-CUST     the bootstrap's rule names this bench
 *   SEC-PRV-1   the install file, in the clear, holds key and directory: `GPP_A`, `GPP_B`, and a rule `[--key $A] .../$B/...`, with the
 *               account where the recipe has one
 *   SEC-PRV-2   everything from here on is encrypted; the device file brings another key and directory, which nobody overheard
 *
 * With RFC 8188 the key stands in `IKM_HTTP_Encrypt_Content` and the rule needs no `--key` (facts section 4.2).
 */
import type { Encryption, Recipe } from '../../profiles/job.js';
import { spelledIkm } from '../../profiles/packing/pack-file.js';
import type { KeyPair, PhoneKeys } from '../../profiles/phone-keys.js';
import type { Mac } from '../../contract/mac.js';
import { Secret } from '../../contract/secret.js';
import type { BenchAddress, Compiled, Made, Parameter } from '../pack.js';
import { benchRules, isJoined, pathTo, ruledBy } from './bench-rules.js';
import { baseUrl, ruleParameter } from './bench-values.js';
import { ownDelivery } from './delivery.js';
import { writeFlatProfile } from './flat-profile.js';
import { macrosIn } from './rule/macros.js';

export const directoryTag = 'GPP_B';
/** Leads to the hand-off where files are encrypted. */
export const lastRuleTag = 'Profile_Rule_C';

/** How a model's own files are encrypted; undefined where they are not, and for any model where none is said. */
export function encryptionFor(recipe: Recipe, model: string | undefined): Encryption | undefined {
  const said = ownDelivery(recipe, model)?.encrypt ?? recipe.delivery.encrypt;
  return said === false ? undefined : said;
}

/** Every encryption a recipe has for one model or another. */
function encryptionsOf(recipe: Recipe): readonly Encryption[] {
  return [undefined, ...Object.keys(recipe.models)].flatMap((model) => encryptionFor(recipe, model) ?? []);
}

/** The parameter that holds the key. */
export function keyTagOf({ form }: Encryption): string {
  return form === 'salted' ? 'GPP_A' : 'IKM_HTTP_Encrypt_Content';
}

/** The parameters that a recipe leaves to the bench because it encrypts. */
export function keyTagsIn(recipe: Recipe): ReadonlySet<string> {
  return new Set(encryptionsOf(recipe).flatMap((how) => [keyTagOf(how), directoryTag]));
}

/**
 * The action URL that fetches one file once (Cisco provisioning methods, "resync"); its argument is not percent-encoded. Whether it takes
 * options is documented nowhere: where the file is encrypted or behind an account, the phone is asked to follow its own rules instead, which
 * have them.
 */
export function resyncPath(bench: BenchAddress, compiled: Compiled, mac: Mac, purpose: 'device' | 'handOff'): string {
  if (compiled.encryption !== undefined || isJoined(compiled)) return '/admin/resync';
  return `/admin/resync?${baseUrl(bench, compiled.transport)}${pathTo(purpose, compiled.model).replace('$MA', mac)}`;
}

/** A row's files with the phone's keys among them: the device file brings the pair the phone leaves with. */
export function withKeys(compiled: Compiled, keys: PhoneKeys): Compiled {
  const { encryption } = compiled;
  if (encryption === undefined) return compiled;
  return { ...compiled, keys, device: [...compiled.device, ...keyParameters(encryption, keys.customer)] };
}

/** The first key and directory, in the clear, and where the encrypted file lies: of the row it holds the account at most. */
export function installFile(compiled: Compiled, bench?: BenchAddress): Made {
  return writeFlatProfile(installParameters(compiled, bench));
}

/** What the install file writes; nothing while the phone has no keys. */
export function installParameters(compiled: Compiled, bench: BenchAddress | undefined): readonly Parameter[] {
  const { encryption, keys } = compiled;
  if (encryption === undefined || keys === undefined) return [];
  // With its account, as the bootstrap would have it: refused in this pass the phone would wait for a minute.
  const rules = bench === undefined ? [] : benchRules(bench, ruledBy(compiled), 'device').filter(({ to }) => to !== 'handOff');
  return [...keyParameters(encryption, keys.bench), ...rules.map(({ tag, text, holdsAccount }) => ruleParameter(tag, text, holdsAccount))];
}

/** What puts a pair into a phone. */
function keyParameters(encryption: Encryption, pair: KeyPair): readonly Parameter[] {
  const key = encryption.form === 'salted' ? pair.key : new Secret(spelledIkm(pair, encryption.ikm));
  return [
    { tag: keyTagOf(encryption), value: key, ua: 'na', origin: { from: 'bench', why: 'key' } },
    { tag: directoryTag, value: pair.directory, ua: 'na', origin: { from: 'bench', why: 'key' } },
  ];
}

/**
 * Which of key and directory are of no use once the phone is handed off: those that none of its final rules names, unless the recipe
 * says to keep both or neither. A key of RFC 8188 stands in no rule, so it goes unless it is kept.
 */
export function spentKeyTags(encryption: Encryption, finalRules: readonly string[]): readonly string[] {
  const tags = [keyTagOf(encryption), directoryTag];
  if (encryption.keep !== undefined) return encryption.keep ? [] : tags;
  const named = new Set(finalRules.flatMap((rule) => macrosIn(rule).map(({ name }) => `GPP_${name}`)));
  return tags.filter((tag) => !named.has(tag));
}

/** True for a text whose rule holds a key or password itself and no macro in its place. */
export function holdsKey(text: string): boolean {
  return text.includes('--') && /--(?:key|pwd)\b(?!\s+"?\$)/.test(text);
}
