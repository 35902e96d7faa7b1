/** What a phone will ask for, as sentences. */
import type { Ask } from '../../engine/contract/ask.js';

type AskCase = Ask['cases'][number];

export const stageWords: Readonly<Record<Ask['stage'], string>> = { bench: 'on the bench', production: 'with the customer' };

/** Options by name; others (`--alias`) are said as they are written. */
const optionWords: Readonly<Record<string, string | undefined>> = {
  key: 'encrypted',
  uid: 'with a user',
  pwd: 'and a password',
  srv: 'found by DNS SRV',
  delta: 'what changed alone',
  status: 'its status',
};

/** A line for each way a rule may go. */
export function askInWords({ tag, cases, on }: Ask): string[] {
  const name = tag.padEnd(15);
  if (cases.length === 0) return [`${name} asks for nothing`];
  const some = cases.map((each, index) => `${index === 0 ? name : ' '.repeat(15)} ${caseInWords(each, index)}`);
  return on.length === 0 ? some : [...some, `${' '.repeat(15)} (${on.map((macro) => `$${macro}`).join(', ')}: only the phone knows)`];
}

function caseInWords({ condition, url, sets, options }: AskCase, index: number): string {
  const when = condition === null ? (index === 0 ? '' : 'else ') : `if ${condition}: `;
  const set = sets.length === 0 ? '' : `sets ${sets.join(', ')}${url === null ? '' : ' and '}`;
  const how = options.map((option) => optionWords[option] ?? `--${option}`).join(' ');
  return `${when}${set}${url === null ? '' : `asks for ${url}`}${how === '' ? '' : ` (${how})`}`;
}
