import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { placeholders } from '../../engine/contract/fill.js';
import { describeCode, describeProblem, describeRefusal, texts } from '../../headless/words.js';
import { checkNames } from '../../headless/words/checks.js';
import { counted } from '../../engine/contract/english/counted.js';

const root = resolve(import.meta.dirname, '../..');
const sources = ['engine', 'headless'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/^(?:words|contract\/english)/.test(file))
    .filter((file) => !(folder === 'engine' && /^desk|^contract\/(?:bench-|draft-)?calls/.test(file))) // only a window hears of those, and has its own words
    .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(join(root, folder, file), 'utf8') })),
);

/** Families of codes; what begins with one of them, in quotes, is a code. */
const code =
  /['`](?<code>(?:csv|activation|mac|number|extension|user|model|recipe|parameter|usage|job|data|key|file|files(?=\.no-)|report|dhcp|link|remedy|repair|firewall|buffer|rehearsal|interface|pool|port|phone|readBack|handOff|identity|import|spc)\.[A-Za-z][\w.-]*)['`]/g;

/** Codes put together from a kind: where the kinds are listed, and how they become codes. */
const composed: readonly { readonly file: string; readonly list: RegExp; readonly prefix: string; readonly suffix?: string }[] = [
  { file: 'engine/roster/verdict.ts', list: /type Contradiction =(?<kinds>[^;]*);/, prefix: 'phone.' },
  { file: 'engine/contract/observation.ts', list: /kind: 'readBackFailed';[^}]*because:(?<kinds>[^;]*);/, prefix: 'readBack.' },
  { file: 'engine/contract/observation.ts', list: /kind: 'fileBroken';[^}]*because:(?<kinds>[^;]*);/, prefix: 'file.' },
  { file: 'engine/contract/observation.ts', list: /type RefusedBecause =(?<kinds>[^;]*);/, prefix: 'file.' },
  { file: 'engine/network/interlocks.ts', list: /const questions = \[(?<kinds>[^\]]*)\]/, prefix: '', suffix: '-unknown' },
];

/** Not told to anybody: files, ids and troubles that only a log hears of. */
const unsaid = new Set([
  'dhcp.malformed',
  'dhcp.unkept', // the journal says so too, of the whole bench
  'dhcp.send-failed',
  'dhcp.failed',
  'report.csv',
  ...Object.keys(checkNames),
]);

describe('words of the command line', () => {
  test('every code has words, and every text a code', () => {
    const codes = new Set([...literals(), ...composedCodes(), ...recipeCodes()].filter((each) => !unsaid.has(each)));
    expect([...codes].filter((each) => texts[each] === undefined)).toEqual([]);
    expect(Object.keys(texts).filter((each) => !codes.has(each.replace(/@.*$/, '')))).toEqual([]);
  });

  test('a text names only parameters that its code is made with', () => {
    const unknown = Object.entries(texts).flatMap(([each, text]) => {
      const places = sources.filter((source) => mentions(source.text, each.replace(/@.*$/, '')));
      const given = places.map((source) => source.text).join('\n');
      return placeholders(text)
        .filter((name) => !new RegExp(`\\b${name}\\b(?:: |,| \\}|\\?:)`).test(given))
        .map((name) => `${each}: {${name}}`);
    });
    expect(unknown).toEqual([]);
  });

  test('texts are short, and have no full stop at the end', () => {
    expect(Object.entries(texts).filter(([, text]) => text.length > 300 || text.endsWith('.'))).toEqual([]);
  });
});

describe('filling in', () => {
  test('numbers are counted', () => {
    expect([counted(0, 'row'), counted(1, 'row'), counted(2, 'phone')]).toEqual(['0 rows', '1 row', '2 phones']);
  });

  test('words of the board and MACs are spelled for people, a platform has its own text', () => {
    expect(describeCode('phone.unproven', { missing: 'word, readBack' })).toBe(
      'time ran out; what was not seen: its own word that it took it (does a firewall here block UDP 514?); its settings as read back. Unplug it and plug it in again. Twice the same: set it aside',
    );
    expect(describeCode('mac.foreign-oui', { value: '00562b043615', oui: '00562b' })).toContain('00:56:2b:04:36:15');
    expect(describeCode('port.privilege', { protocol: 'udp', port: 67, first: 1024, platform: 'darwin' })).toContain('as root');
    expect(describeCode('port.privilege', { protocol: 'udp', port: 67, first: 1024, platform: 'linux' })).toContain('sysctl');
    expect(describeCode('new.code', { a: 1 })).toBe('new.code (a 1)');
  });

  test('a problem says in which file and where, and what may have been meant', () => {
    const where = { severity: 'error', line: 7, suggestion: null } as const;
    expect([
      describeProblem({ ...where, column: 'model', code: 'model.missing', params: {} }),
      describeProblem({ ...where, column: 'phones', code: 'recipe.unknown-pack', params: { file: 'recipe' }, suggestion: 'cisco-mpp' }),
      describeProblem({ ...where, line: null, column: null, severity: 'warning', code: 'csv.empty', params: {} }),
      describeRefusal({ kind: 'usage', code: 'job.no-rows', params: {} }),
    ]).toEqual([
      'error    list line 7, model: there is no model. It stands on the label below the phone, such as CP-8851',
      'error    recipe line 7, phones: there is no such phone family. Did you mean cisco-mpp?',
      'warning  the list is empty. Its first line has to be the headings, with at least “model”',
      'benchtone: the list has no row that can be served, so nothing was started',
    ]);
  });
});

function literals(): string[] {
  return sources.flatMap(({ text }) => [...withoutComments(text).matchAll(code)].flatMap(({ groups }) => groups?.['code'] ?? []));
}

function composedCodes(): string[] {
  return composed.flatMap(({ file, list, prefix, suffix = '' }) => {
    const kinds = list.exec(sourceOf(file))?.groups?.['kinds'];
    if (kinds === undefined) throw new Error(`${file} no longer lists the kinds that become ${prefix}… codes`);
    const names = suffix === '' ? kinds.matchAll(/'([\w-]+)'/g) : kinds.matchAll(/stop: '([\w.-]+)'/g);
    return [...names].map(([, name = '']) => `${prefix}${name}${suffix}`);
  });
}

/** Those the recipe's reader and its templates put together. */
function recipeCodes(): string[] {
  const notYet = [...sourceOf('engine/profiles/recipe.ts').matchAll(/refuse\('[\w.]+', '([\w-]+)'\)/g)];
  const failures = [...sourceOf('engine/profiles/template.ts').matchAll(/code: '([\w-]+)'/g)];
  if (notYet.length === 0 || failures.length === 0) throw new Error('the recipe reader no longer puts codes together as it did');
  return [...notYet.map(([, name = '']) => `recipe.not-yet.${name}`), ...failures.map(([, name = '']) => `recipe.${name}`)];
}

/** A code stands in a file whole, or as the last part of one put together. */
function mentions(text: string, each: string): boolean {
  const part = each.replace(/^(?:phone|readBack|file|recipe\.not-yet|recipe)\./, '').replace(/-unknown$/, '');
  return (
    text.includes(`'${each}'`) ||
    text.includes(`'${part}'`) ||
    (each.startsWith('parameter.') && text.includes('checkValue(')) ||
    (each.startsWith('phone.') && text.includes('`phone.$'))
  );
}

function sourceOf(file: string): string {
  return sources.find((source) => source.file === file)?.text ?? '';
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}
