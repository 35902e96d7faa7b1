/** The board as lines of text: a line a phone at each step, the counts now and then, and at the end what needs a hand. */
import type { Counts, DeviceView } from '../engine/bench/board.js';
import { spellMac } from '../engine/contract/mac.js';
import type { Output } from './output.js';
import { describeCode, stateWords, verdictWords } from './words.js';

export class Progress {
  readonly #output: Output;
  readonly #counts: () => Counts;
  readonly #shown = new Map<string, string>();

  constructor(output: Output, counts: () => Counts) {
    this.#output = output;
    this.#counts = counts;
  }

  /** Says a phone's step, once; with `--json` the JSON lines say it all. */
  device(view: DeviceView): void {
    if (this.#output.json) return;
    const text = `${verdictWords[view.verdict]} ${stateWords[view.state]}${problemText(view)}`;
    if (this.#shown.get(view.mac) === text) return;
    this.#shown.set(view.mac, text);
    const { pass, devices } = this.#counts();
    const who = `${spellMac(view.mac)}  ${(view.model ?? '?').padEnd(5)} ${(view.address ?? '').padEnd(15)}`;
    this.#output.say(`[${String(pass).padStart(String(devices).length)}/${devices}]  ${who}  ${text}`);
  }

  /** Every phone that did not pass, and why. */
  handsNeeded(views: readonly DeviceView[]): void {
    const lacking = views.filter(({ verdict, row }) => row !== null && verdict !== 'pass');
    if (lacking.length === 0) return;
    this.#output.say('\nThese need a hand:');
    for (const view of lacking) {
      const why = problemText(view) || `: ${stateWords[view.state]}`;
      this.#output.say(`  ${spellMac(view.mac)}  ${(view.model ?? '?').padEnd(5)} row ${view.row}  ${verdictWords[view.verdict]}${why}`);
    }
  }

  summary(counts: Counts, seconds: number): void {
    const { devices, pass, unverified, fail, pending } = counts;
    this.#output.say(
      `\n${devices} phones: ${pass} ready to box, ${unverified} not proven, ${fail} failed, ${pending} still to come. ${seconds} s`,
    );
  }
}

function problemText({ problem }: DeviceView): string {
  return problem === null ? '' : `: ${describeCode(problem.code, problem.params)}`;
}
