/** The words of the command line: what a code means and what to do. A code without words of its own is shown with its parameters. */
import type { State, VerdictKind } from '../engine/contract/evidence.js';
import type { Params, Problem, Refusal } from '../engine/contract/problem.js';
import { checkTexts } from './words/checks.js';
import { phoneTexts } from './words/phones.js';
import { problemTexts } from './words/problems.js';
import { refusalTexts } from './words/refusals.js';

export const usageText = `usage: benchtone <command> [options]

  demo      [--phones 24] [--seed N] [--fault RATE] [--data DIR] [--json]
            a whole job on loopback, with virtual phones
  check     --csv FILE [--recipe FILE] [--encoding NAME] [--json]
            every row with its problems; nothing is served
  run       --csv FILE [--recipe FILE] --interface NAME [--address CIDR] [--pool FIRST-LAST]
            [--ports dhcp=67,tftp=69,http=80,syslog=514] [--data DIR] [--new-job] [--skip-bad]
            [--encoding NAME] [--files DIR] [--unlisted ignore|phones|any] [--no-dhcp]
            [--despite-default-route NAME] [--until-done] [--timeout SECONDS] [--json]
            prepares real phones on the interface of the bench switch
  profiles  --csv FILE [--recipe FILE] [--encoding NAME] --out DIR [--jobs N] [--json]
            writes each phone's profile, and manifest.csv
  report    [--job ID] [--data DIR] [--format csv|json]
            what happened to each phone; the latest job unless named
  doctor    [--interface NAME] [--ports ...] [--json]
            what stops or hinders a bench here, and what to do
  phones    (--interface NAME | --relay ADDR:PORT) [--csv FILE] [--count N] [--seed N]
            [--fault RATE] [--speed X] [--json]
            virtual phones, as a program of their own

exit codes: 0 all phones passed, 1 some did not, 2 wrong usage or input, 3 refused for safety, 4 a port, privilege or address is missing
`;

export const stateWords: Readonly<Record<State, string>> = {
  expected: 'expected',
  leased: 'has an address',
  bootstrap: 'asked for its first file',
  firmware: 'takes firmware',
  device: 'fetches its profile',
  verify: 'took its profile, being checked',
  handOff: 'checked, being handed off',
  handedOff: 'handed off',
};

export const verdictWords: Readonly<Record<VerdictKind, string>> = { pass: 'PASS', unverified: 'UNPROVEN', fail: 'FAIL', pending: '...' };

export const checkWords = { ok: 'ok', warn: 'WARN', stop: 'STOP' } as const;

const texts: Readonly<Record<string, string>> = { ...phoneTexts, ...problemTexts, ...refusalTexts, ...checkTexts };

/** A code in words, its `{parameters}` filled in. */
export function describeCode(code: string, params: Params): string {
  const text = texts[code];
  if (text === undefined) {
    const details = Object.entries(params).map(([name, value]) => `${name} ${value}`);
    return details.length === 0 ? code : `${code} (${details.join(', ')})`;
  }
  return text.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => String(params[name] ?? ''));
}

export function describeProblem({ line, column, code, severity, params, suggestion }: Problem): string {
  const place = [line === null ? undefined : `line ${line}`, column === null ? undefined : column]
    .filter((part) => part !== undefined)
    .join(', ');
  const hint = suggestion === null ? '' : ` Did you mean ${suggestion}?`;
  return `${severity === 'error' ? 'error' : 'warning'}${place === '' ? '' : ` ${place}`}: ${describeCode(code, params)}${hint}`;
}

export function describeRefusal({ code, params }: Refusal): string {
  return `benchtone: ${describeCode(code, params)}`;
}
