/** Where output goes: with `--json` JSON lines alone on standard output and words on standard error; else words on standard output. */
import type { Line } from '../engine/contract/lines.js';
import type { Problem, Refusal } from '../engine/contract/problem.js';
import { describeProblem, describeRefusal } from './words.js';

export class Output {
  readonly json: boolean;

  constructor(json: boolean) {
    this.json = json;
  }

  /** A line for scripts; nothing without `--json`. */
  line(line: Line): void {
    if (this.json) process.stdout.write(`${JSON.stringify(line)}\n`);
  }

  /** Words for people. */
  say(text: string): void {
    (this.json ? process.stderr : process.stdout).write(`${text}\n`);
  }

  problem(problem: Problem): void {
    this.line({ type: 'problem', ...problem, params: { ...problem.params } });
    this.say(describeProblem(problem));
  }

  /** An interlock that took effect while serving: the bench goes on without what it stopped. */
  interlock(refusal: Refusal): void {
    this.line({ type: 'check', id: refusal.code, state: 'stop', code: refusal.code, params: { ...refusal.params } });
    process.stderr.write(
      `${describeRefusal(refusal)}\nbenchtone: the bench goes on, but hands out no more addresses; start it again once this is mended\n`,
    );
  }

  refuse(refusal: Refusal): void {
    this.line({ type: 'refused', code: refusal.code, params: { ...refusal.params } });
    process.stderr.write(`${describeRefusal(refusal)}\n`);
  }
}
