/** The board as lines of text: a line a phone at each step, each with the count of those ready, and at the end what needs a hand. */
import type { Counts, DeviceView } from '../engine/bench/board.js';
import { type Mac, spellMac } from '../engine/contract/mac.js';
import type { Output } from './output.js';
import { describeCode } from './words.js';
import { counted } from '../engine/contract/english/counted.js';
import { stateWords, verdictWords } from '../engine/contract/english/phones.js';

/** The line of a phone's row in the list. */
type LineOf = (mac: Mac) => number | undefined;

export class Progress {
  readonly #output: Output;
  readonly #counts: () => Counts;
  readonly #lineOf: LineOf;
  readonly #shown = new Map<string, string>();
  #waiting: string[] = [];

  constructor(output: Output, counts: () => Counts, lineOf: LineOf) {
    this.#output = output;
    this.#counts = counts;
    this.#lineOf = lineOf;
  }

  /** Says a phone's step, once; with `--json` the JSON lines say it all. */
  device(view: DeviceView): void {
    if (this.#output.json) return;
    const text = stepText(view);
    const key = `${view.row} ${view.model} ${text}`;
    if (this.#shown.get(view.mac) === key) return;
    this.#shown.set(view.mac, key);
    if (this.#waiting.length === 0) setTimeout(() => this.#tell(), togetherMs);
    this.#waiting.push(`${this.#who(view)}  ${(view.address ?? '').padEnd(15)}  ${text}`);
  }

  /** A line of its own, after the steps before it; with `--json` nothing. */
  say(text: string): void {
    this.#tell();
    if (!this.#output.json) this.#output.say(text);
  }

  /** A thousand phones may take a step at once: counted once for all, and written in one piece. */
  #tell(): void {
    if (this.#waiting.length === 0) return;
    const { pass, devices } = this.#counts();
    const ready = `${String(pass).padStart(String(devices).length)}/${devices} ready`;
    this.#output.say(this.#waiting.map((line) => `${ready}  ${line}`).join('\n'));
    this.#waiting = [];
  }

  /** Every phone that did not pass, and why: those with a problem first, those that never came by their number alone once they are many. */
  handsNeeded(views: readonly DeviceView[], counts: Counts): void {
    this.#tell();
    const lacking = views.filter(({ verdict, row }) => row !== null && verdict !== 'pass').sort(byRow);
    const [absent, present] = [lacking.filter(isAbsent), lacking.filter((view) => !isAbsent(view))];
    const [busy, stuck] = [present.filter(isBusy), present.filter((view) => !isBusy(view))];
    if (stuck.length > 0) this.#output.say(`\n${stuck.length === 1 ? '1 phone needs a hand' : `${stuck.length} phones need a hand`}:`);
    for (const view of stuck) this.#output.say(`  ${this.#who(view)}  ${stepText(view)}`);
    if (busy.length > 0) this.#output.say('\nWere still being prepared (leave them plugged in, and go on):');
    for (const view of busy) this.#output.say(`  ${this.#who(view)}  ${stepText(view)}`);
    const unbound = counts.devices - views.filter(({ row }) => row !== null).length;
    if (absent.length + unbound === 0) return;
    this.#output.say('\nNot seen yet (not plugged in, or the cable or the switch is at fault):');
    for (const view of absent.slice(0, mostAbsent)) this.#output.say(`  ${this.#who(view).trimEnd()}`);
    if (absent.length > mostAbsent) this.#output.say(`  and ${absent.length - mostAbsent} more; “benchtone report” lists them`);
    if (unbound > 0) this.#output.say(`  ${counted(unbound, 'row')} without a MAC, still waiting for any phone of the model`);
  }

  #who({ mac, model }: DeviceView): string {
    const line = this.#lineOf(mac);
    return `${(line === undefined ? 'no line' : `line ${line}`).padEnd(8)}  ${spellMac(mac)}  ${(model ?? '?').padEnd(5)}`;
  }

  summary({ devices, pass, unverified, fail, pending }: Counts, seconds: number, leftOut = ''): void {
    this.#tell();
    const rest = [
      [unverified, 'not proven'],
      [fail, 'failed'],
      [pending, 'not finished'],
    ] as const;
    const others = rest.map(([count, what]) => `, ${count} ${what}`).join('');
    this.#output.say(`\n${counted(devices, 'phone')}: ${pass} ready to box${others}. ${leftOut === '' ? '' : `${leftOut}. `}${seconds} s`);
  }
}

const mostAbsent = 30;
/** Steps within so many milliseconds are told together. */
const togetherMs = 50;

function isAbsent({ state, verdict }: DeviceView): boolean {
  return state === 'expected' && verdict === 'pending';
}

function isBusy({ verdict, problem }: DeviceView): boolean {
  return verdict === 'pending' && problem === null;
}

function byRow(one: DeviceView, other: DeviceView): number {
  return (one.row ?? 0) - (other.row ?? 0);
}

/** `FAIL: the phone says …`, `has its address`, `PASS: ready …`. */
function stepText({ verdict, state, problem }: DeviceView): string {
  const said = problem === null ? stateWords[state] : describeCode(problem.code, problem.params);
  const judged = verdictWords[verdict];
  return judged === '' ? said : `${judged}: ${said}`;
}
