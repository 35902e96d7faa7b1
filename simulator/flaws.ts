/** What a fault does to one phone: when it dies, what it does not take, what it says that is not so. */
import type { Fault } from './faults.js';
import type { Parameters } from './parameters.js';
import type { Entry } from './profile.js';
import type { Random } from './random.js';
import { type Stage, stageOf } from './record.js';

/** Parameters a phone with a bad ear passes over first; each is readable. */
const likelyIgnored = [/^Display_Name_\d+_$/, /^Proxy_\d+_$/, /^User_ID_\d+_$/, /^Auth_ID_\d+_$/, /^Station_/, /^Voice_Mail_Number$/];
/** Ones whose loss would be another fault. */
const neverIgnored =
  /^(GPP_P|Profile_Rule.*|Resync_.*|Syslog_Server|Log_.*|Report_.*|Web_Server_Port|Enable_Web_.*|Enable_Direct_.*|DHCP_.*)$/;

export class Flaws {
  readonly #fault: Fault | undefined;
  readonly #early: boolean;
  readonly #random: Random;
  readonly #deaf = new Set<string>();
  readonly #lies = new Map<string, string>();

  constructor(fault: Fault | undefined, random: Random) {
    this.#fault = fault;
    this.#random = random;
    this.#early = random.chance(0.5);
    if (fault === 'wrong-admin-password') this.#deaf.add('Admin_Password');
    if (fault === 'lying-cfg' && this.#early) this.#deaf.add('GPP_P');
  }

  /** Whether it dies of fetching this: before it asks, or with the first bytes. */
  death(path: string): 'before' | 'half-way' | undefined {
    const dying: Readonly<Partial<Record<Fault, Stage>>> = {
      'dies-in-bootstrap': 'bootstrap',
      'dies-in-device': 'device',
      'dies-before-hand-off': 'hand-off',
    };
    if (this.#fault === undefined || dying[this.#fault] !== stageOf(path)) return undefined;
    return this.#fault === 'dies-before-hand-off' || this.#early ? 'before' : 'half-way';
  }

  /** Whether it dies over its DHCP message: some with their first DISCOVER out, some when they should ask for what was offered. */
  diesOfDhcp(isDiscover: boolean): 'before' | 'after' | undefined {
    if (this.#fault !== 'dies-in-dhcp') return undefined;
    if (isDiscover) return this.#early ? 'after' : undefined;
    return 'before';
  }

  /** Tags it passes over, once it has this file in hand; remembers what it will lie about. */
  listen(path: string, entries: readonly Entry[], parameters: Parameters): ReadonlySet<string> {
    if (stageOf(path) !== 'device') return this.#deaf;
    if (this.#fault === 'parameter-ignored' && this.#deaf.size === 0) this.#ignoreOne(entries, parameters);
    if (this.#fault === 'lying-cfg' && !this.#early) {
      for (const { tag } of entries)
        if (!neverIgnored.test(tag) || tag === 'GPP_P') if (!this.#lies.has(tag)) this.#lies.set(tag, parameters.get(tag));
    }
    return this.#deaf;
  }

  /** What cfg.xml shows in place of the truth. */
  get lies(): ReadonlyMap<string, string> {
    return this.#lies;
  }

  #ignoreOne(entries: readonly Entry[], parameters: Parameters): void {
    const wanted = entries.filter(({ tag, value }) => parameters.shows(tag) && parameters.get(tag) !== value && !neverIgnored.test(tag));
    const likely = wanted.filter(({ tag }) => likelyIgnored.some((pattern) => pattern.test(tag)));
    const [first, ...rest] = likely.length > 0 ? likely : wanted;
    if (first !== undefined) this.#deaf.add(this.#random.pick([first, ...rest]).tag);
  }
}
