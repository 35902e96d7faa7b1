/**
 * A resync: `Profile_Rule`, then B, C and D (Cisco MPP provisioning guide). While `Profile_Rule` is a path the phone asks where the DHCP
 * options lead, and takes the first file it finds. A failure stops the sequence.
 */
import type { Character } from './character.js';
import type { Identity } from './identity.js';
import { type Account, accountOf } from './login.js';
import { expand, type Macros } from './macros.js';
import type { Parameters } from './parameters.js';
import { openFile } from './decrypt.js';
import { type Entry, readProfile } from './profile.js';
import { discoveryUrls, isDiscovered, optionValues, resolveRule, type Server, splitOptions, type Url } from './rules.js';
import { errorTexts, type Fetched } from './transfer.js';

/** What a resync needs of its phone. */
export type ResyncSetup = {
  readonly identity: Identity;
  readonly character: Character;
  readonly parameters: Parameters;
  /** DHCP options of the lease. */
  readonly options: ReadonlyMap<number, Uint8Array>;
  readonly signal: AbortSignal;
  macros(): Macros;
  /** `account`: the one the rule names. */
  fetch(url: Url, account?: Account): Promise<Fetched>;
  log(event: 'request' | 'success' | 'failure', url: Url, error: string): void;
  /** Applies a profile, encrypted on the way or not; says whether anything changed. */
  take(url: Url, entries: readonly Entry[], locked: boolean): boolean;
};

/** `changed`: a parameter is another than before, also where a later rule failed. */
export type Resynced = { readonly ok: boolean; readonly changed: boolean };

/** What became of one rule. */
type Tried = { readonly ok: boolean; readonly changed: boolean; readonly url?: Url };

type Problem = keyof typeof errorTexts;

const followers = ['Profile_Rule_B', 'Profile_Rule_C', 'Profile_Rule_D'] as const;
const skipped: Tried = { ok: true, changed: false };

export class Resync {
  readonly #setup: ResyncSetup;
  #found: Server | undefined;

  constructor(setup: ResyncSetup) {
    this.#setup = setup;
  }

  /** Runs the phone's own rules. */
  async run(): Promise<Resynced> {
    const { parameters, character, signal } = this.#setup;
    const before = new Map(followers.map((tag) => [tag, parameters.get(tag)]));
    const tried = [await this.#first(parameters.get('Profile_Rule'))];
    for (const tag of followers) {
      if (tried.some(({ ok }) => !ok) || signal.aborted) break;
      const rule = character.newRule === 'next-pass' ? (before.get(tag) ?? '') : parameters.get(tag);
      if (rule.trim() !== '') tried.push(await this.#one(expand(rule, this.#setup.macros())));
    }
    return this.#conclude(tried);
  }

  /** Fetches and applies one URL, as `/admin/resync?URL` asks; the rules stay as they are. */
  async runOnce(url: string): Promise<Resynced> {
    return this.#conclude([await this.#one(expand(url, this.#setup.macros()))]);
  }

  #conclude(tried: readonly Tried[]): Resynced {
    const ok = tried.every((rule) => rule.ok);
    const last = tried.findLast(({ url }) => url !== undefined)?.url;
    if (ok && last !== undefined && this.#setup.character.successLine === 'per-pass') this.#setup.log('success', last, '');
    return { ok, changed: tried.some(({ changed }) => changed) };
  }

  async #first(rule: string): Promise<Tried> {
    if (rule.trim() === '') return skipped;
    const expanded = expand(rule, this.#setup.macros());
    if (!isDiscovered(rule)) return this.#one(expanded);
    const { parameters, options, identity } = this.#setup;
    const values = optionValues(parameters.get('DHCP_Option_To_Use'), options).map((value) => expand(value, this.#setup.macros()));
    let reason: Problem = 'unreachable';
    let last: Url | undefined;
    for (const url of values.flatMap((value) => discoveryUrls(value, expanded, identity))) {
      const fetched = await this.#fetch(url);
      if (this.#setup.signal.aborted) return { ok: false, changed: false };
      if (fetched.ok) {
        this.#found = url;
        return this.#take(url, fetched, undefined);
      }
      // "Not there" outweighs "nobody there": the server that answered says what is wrong.
      if (reason !== 'not-found') reason = fetched.because;
      last = url;
    }
    return this.#fail(last, reason);
  }

  async #one(rule: string): Promise<Tried> {
    const { options, rest } = splitOptions(rule);
    const url = resolveRule(rest, this.#server());
    if (url === undefined) return this.#fail(undefined, 'unsupported-rule');
    const fetched = await this.#fetch(url, accountOf(options));
    if (this.#setup.signal.aborted) return { ok: false, changed: false };
    return fetched.ok ? this.#take(url, fetched, options.get('key')) : this.#fail(url, fetched.because);
  }

  /** Where a rule without a server leads: to the one that had the first file, else the first that DHCP names. */
  #server(): Server | undefined {
    if (this.#found !== undefined) return this.#found;
    const { parameters, options, identity } = this.#setup;
    const [value] = optionValues(parameters.get('DHCP_Option_To_Use'), options);
    return value === undefined ? undefined : discoveryUrls(expand(value, this.#setup.macros()), '/', identity)[0];
  }

  #fetch(url: Url, account?: Account): Promise<Fetched> {
    this.#setup.log('request', url, '');
    return this.#setup.fetch(url, account);
  }

  async #take(url: Url, file: Extract<Fetched, { ok: true }>, key: string | undefined): Promise<Tried> {
    const { candidates, locked } = await openFile(file, { key, ikm: this.#setup.parameters.get('IKM_HTTP_Encrypt_Content') });
    if (this.#setup.signal.aborted) return { ok: false, changed: false };
    const profile = candidates.map((each) => readProfile(each)).find(({ ok }) => ok);
    if (profile?.ok !== true) return this.#fail(url, locked ? 'locked' : 'corrupt');
    const changed = this.#setup.take(url, profile.entries, locked);
    if (this.#setup.character.successLine === 'per-rule') this.#setup.log('success', url, '');
    return { ok: true, changed, url };
  }

  #fail(url: Url | undefined, reason: Problem): Tried {
    // With Resync_Fails_On_FNF "No" a missing file is no failure.
    if (reason === 'not-found' && !this.#setup.parameters.isOn('Resync_Fails_On_FNF')) return skipped;
    this.#setup.log('failure', url ?? { scheme: 'tftp', host: '', port: 69, path: '' }, errorTexts[reason]);
    return { ok: false, changed: false };
  }
}
