/** Where output goes: with `--json` JSON lines alone on standard output and words on standard error; else words on standard output. */
import type { Line } from '../engine/contract/lines.js';
import type { Problem, Refusal } from '../engine/contract/problem.js';
import { visible } from '../engine/services/visible.js';
import { describeCode, describeProblem, describeRefusal } from './words.js';

/** Lists, archives and phones bring text that a terminal would obey: its colours, its cursor, the direction it writes in. */
export function forTerminal(text: string): string {
  return text
    .split('\n')
    .map((line) => visible(line, Number.POSITIVE_INFINITY).replaceAll(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd'))
    .join('\n');
}

export class Output {
  readonly json: boolean;
  readonly #notices = new Set<string>();
  /** Lines of this turn, written in one piece: a thousand phones may take a step at once. */
  #lines = '';

  constructor(json: boolean) {
    this.json = json;
  }

  /** A line for scripts; nothing without `--json`. */
  line(line: Line): void {
    if (this.json) this.text(JSON.stringify(line));
  }

  /** A line that is text already. */
  text(line: string): void {
    if (this.#lines === '') setImmediate(() => this.#write());
    this.#lines += `${line}\n`;
  }

  /** Words for people. */
  say(text: string): void {
    this.#write();
    (this.json ? process.stderr : process.stdout).write(`${forTerminal(text)}\n`);
  }

  /** Words beside what goes to standard output. */
  aside(text: string): void {
    this.#write();
    process.stderr.write(`${forTerminal(text)}\n`);
  }

  problem(problem: Problem): void {
    this.line({ type: 'problem', ...problem, params: { ...problem.params } });
    this.say(describeProblem(problem));
  }

  /** What the bench says of itself while it serves; kept, to be said again at the end. */
  notice(notice: Refusal): void {
    const { kind, code, params } = notice;
    this.line({ type: 'check', id: code, state: kind === 'interlock' ? 'stop' : 'warn', code, params: { ...params } });
    const words = describeCode(code, params);
    this.#write();
    process.stderr.write(`Note: ${forTerminal(words)}\n`);
    this.#notices.add(words);
  }

  /** Everything that was noticed, once each. */
  get notices(): readonly string[] {
    return [...this.#notices];
  }

  refuse(refusal: Refusal): void {
    this.line({ type: 'refused', code: refusal.code, params: { ...refusal.params } });
    this.#write();
    process.stderr.write(`${forTerminal(describeRefusal(refusal))}\n`);
  }

  #write(): void {
    const lines = this.#lines;
    this.#lines = '';
    if (lines !== '') process.stdout.write(lines);
  }
}
