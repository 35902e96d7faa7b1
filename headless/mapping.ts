/** What each column of a list was taken for, as `check` prints it: so that a person sees it before a bench believes it. */
import { type KnownWord, knownWords } from '../engine/contract/columns.js';
import type { Result } from '../engine/contract/problem.js';
import type { Columns } from '../engine/profiles/known-columns.js';
import { nearest } from '../engine/profiles/nearest.js';
import type { ColumnRole } from '../engine/profiles/read-job.js';
import { usage } from './arguments.js';
import type { Output } from './output.js';

/** `--columns mac=Hardware,model=Kind`; `name=` says that no column is the name. */
export function columnsOf(text: string | undefined): Result<Columns | undefined> {
  if (text === undefined) return { ok: true, value: undefined };
  const columns: Partial<Record<KnownWord, string>> = {};
  for (const part of text.split(',')) {
    const [name = '', ...heading] = part.split('=');
    const word = knownWords.find((each) => each === name.trim());
    if (word === undefined || heading.length === 0) {
      const suggestion = nearest(name, knownWords);
      return usage('usage.columns', { part, words: knownWords.join(', '), ...(suggestion === null ? {} : { suggestion }) });
    }
    columns[word] = heading.join('=').trim();
  }
  return { ok: true, value: columns };
}

/** A line a column; nothing where the list has none. */
export function tellMapping(roles: readonly ColumnRole[], output: Output): void {
  if (roles.length === 0) return;
  const width = Math.min(32, Math.max(...roles.map(({ heading }) => heading.length)));
  output.say('\nColumns:');
  for (const role of roles) {
    output.line({ type: 'column', ...role });
    output.say(`  ${role.heading.padEnd(width)}  ${wordsOf(role)}`);
  }
  const open = roles.filter(({ word, looks }) => word === null && looks !== null);
  if (open.length > 0)
    output.say(`If that is what they are: --columns ${open.map(({ heading, looks }) => `${looks}=${JSON.stringify(heading)}`).join(',')}`);
}

const byWords = { said: 'as you say', heading: '', spelling: 'by its heading' } as const;
const looksWords = { mac: 'MAC addresses', model: 'phone models', serial: 'serial numbers' } as const;

function wordsOf({ heading, word, by, use, looks }: ColumnRole): string {
  const known = word === null || by === null ? [] : [`${word}${byWords[by] === '' ? '' : ` (${byWords[by]})`}`];
  const used =
    use === 'parameter' ? ['sets that parameter of the phone'] : use === 'recipe' && word !== heading ? ['used by the recipe'] : [];
  const seen = looks === null ? [] : [`not used; looks like ${looksWords[looks]}`];
  const all = [...known, ...used, ...seen];
  return all.length === 0 ? 'not used' : all.join(', ');
}
