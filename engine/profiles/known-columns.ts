/**
 * Columns known by their heading: what exports of BroadWorks, FreePBX and 3CX and lists in English and Japanese call the five things
 * a row is about. Nothing is guessed: a heading is one of these words or it is not, and what was taken for what is said.
 */
import type { Problem } from '../contract/problem.js';
import { parseMac } from '../contract/mac.js';
import { errorAt, warningAt } from './problems.js';

/** What a row is about, as headings of our own. */
export const knownWords = ['mac', 'model', 'serial', 'name', 'extension'] as const;
type KnownWord = (typeof knownWords)[number];

/** By known word, the heading of the column that holds it. */
export type Columns = Readonly<Partial<Record<KnownWord, string>>>;

/** Letters and digits of a heading, in lower case and of normal width: `MAC-Address`, `mac_address` and `ＭＡＣＡｄｄｒｅｓｓ` are one. */
const spellings: Readonly<Record<KnownWord, readonly string[]>> = {
  mac: [
    'macaddress',
    'macaddr',
    'macid',
    'devicemac',
    'devicemacaddress',
    'phonemac',
    'phonemacaddress',
    'macアドレス',
    '電話機mac',
    '端末mac',
  ],
  model: [
    'phonemodel',
    'devicemodel',
    'devicetype',
    'phonetype',
    'modelname',
    'modelnumber',
    '機種',
    '機種名',
    'モデル',
    '型番',
    '型名',
    '型式',
  ],
  serial: ['serialnumber', 'serialno', 'phoneserial', 'シリアル', 'シリアル番号', 'シリアルno', '製造番号'],
  name: ['displayname', 'fullname', 'cidname', 'calleridname', '名前', '氏名', '表示名', '使用者', '使用者名', '利用者', '利用者名'],
  extension: ['ext', 'extensionnumber', 'extensionno', 'extno', 'extnumber', '内線', '内線番号', '内線no'],
};

const wordBySpelling = new Map(knownWords.flatMap((word) => [word, ...spellings[word]].map((spelling) => [spelling, word] as const)));

/**
 * Which column is which: the recipe's word first, then a heading that is a known word, then one that is another spelling of it.
 * Two columns that could be the same thing are an error, for only a person knows which is meant.
 */
export function takeColumns(
  headings: readonly string[],
  said: Columns,
  line: number,
): { readonly columns: Columns; readonly problems: readonly Problem[] } {
  const columns: Partial<Record<KnownWord, string>> = {};
  const problems: Problem[] = [];
  for (const word of knownWords) {
    const wanted = said[word];
    if (wanted !== undefined) {
      const found = headings.find((each) => each === wanted) ?? headings.find((each) => canonical(each) === canonical(wanted));
      if (found === undefined) problems.push(errorAt('csv.column-missing', { line, column: wanted }, { word }));
      else columns[word] = found;
      continue;
    }
    const [own, ...others] = candidates(headings, word, said);
    if (own === undefined) continue;
    columns[word] = own;
    if (own.toLowerCase() === word) continue;
    if (others.length > 0) problems.push(errorAt('csv.column-ambiguous', { line, column: own }, { word, other: others[0] ?? '' }));
    else problems.push(warningAt('csv.column-taken', { line, column: own }, { word }));
  }
  return { columns, problems };
}

/** A column full of MACs that nothing names: its rows would be served as phones nobody knows the MAC of. */
export function unnamedMacs(
  headings: readonly string[],
  columns: Columns,
  rows: readonly { readonly values: Readonly<Record<string, string>> }[],
  line: number,
): Problem[] {
  if (columns.mac !== undefined) return [];
  const taken = new Set(Object.values(columns));
  const full = headings.filter((heading) => {
    if (taken.has(heading)) return false;
    const cells = rows.map(({ values }) => values[heading] ?? '').filter((cell) => cell !== '');
    return cells.length > 0 && cells.every((cell) => parseMac(cell) !== undefined && !/^\d{12}$/.test(cell));
  });
  return full.map((heading) => errorAt('csv.column-like-mac', { line, column: heading }));
}

/** The known word itself beats every other spelling. */
function candidates(headings: readonly string[], word: KnownWord, said: Columns): string[] {
  const taken = new Set(Object.values(said));
  const free = headings.filter((each) => !taken.has(each));
  const exact = free.filter((each) => each.toLowerCase() === word);
  return exact.length > 0 ? exact : free.filter((each) => wordBySpelling.get(canonical(each)) === word);
}

function canonical(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\uFFFD]/gu, '');
}
