/**
 * What headings call the things a row is about: lists in English, German, French and Japanese (`resources/headings.json`), and what other
 * programs export.
 *
 * 3CX and FreePBX: headings of their extension exports (3CX documentation "bulk extension import", FreePBX Bulk Handler). BroadWorks
 * has no one export; these are the names its element managers and portals use.
 */
import { z } from 'zod';
import headings from '../../resources/headings.json' with { type: 'json' };
import { type KnownWord, knownWords } from '../contract/columns.js';

/** Letters and digits of a heading, in lower case and of normal width: `MAC-Address`, `mac_address` and `ＭＡＣＡｄｄｒｅｓｓ` are one. */
const spellings = z.array(z.string());

const { words: spelledBy, alone } = z
  .strictObject({
    /** By word and language. */
    words: z.record(z.enum(knownWords), z.record(z.string(), spellings)),
    /**
     * What means a word only where nothing beside it could: `Password` among several may be that of the web page or the voice mail, `Nom` beside
     * `Prénom` is half a name. `unless`: part of another heading.
     */
    alone: z.array(z.strictObject({ word: z.enum(knownWords), spellings, unless: spellings })),
  })
  .parse(headings);

/** A heading of another program that means something only beside its others. */
type Export = {
  /** Headings that show whose list it is, all of them there. */
  readonly signature: readonly string[];
  readonly words: Readonly<Partial<Record<KnownWord, string>>>;
  /** Headings that look like a known word and are none. */
  readonly others: readonly string[];
};

const exports: readonly Export[] = [
  // FreePBX Bulk Handler: `devicetype` is fixed or adhoc, `password` the user manager's, `user` the device's owner.
  {
    signature: ['extension', 'tech'], // an export somebody shortened is one still
    words: { extension: 'extension', name: 'name', sip_password: 'secret' },
    others: ['devicetype', 'password', 'user', 'account'],
  },
  // 3CX: `Number` is the extension, `PIN` and `VMNoPin` the voice mail's.
  {
    signature: ['number', 'firstname', 'lastname', 'authid', 'authpassword'],
    words: { extension: 'number', auth_id: 'authid', sip_password: 'authpassword' },
    others: ['sipid'],
  },
];

const wordBySpelling = new Map(
  knownWords.flatMap((word) => [canonical(word), ...Object.values(spelledBy[word]).flat()].map((spelling) => [spelling, word] as const)),
);

/** The known word each heading spells, by heading; those of a known export as that program means them. */
export function wordsOf(headings: readonly string[]): ReadonlyMap<string, KnownWord> {
  const spelled = new Map(headings.map((heading) => [heading, canonical(heading)]));
  const there = new Set(spelled.values());
  const of = exports.find(({ signature }) => signature.every((each) => there.has(each)));
  const own = new Map(Object.entries(of?.words ?? {}).map(([word, spelling]) => [spelling, word as KnownWord]));
  const words = new Map<string, KnownWord>();
  for (const [heading, spelling] of spelled) {
    const known = of?.others.includes(spelling) === true ? undefined : (wordBySpelling.get(spelling) ?? aloneWord(spelling, there));
    const word = own.get(spelling) ?? known;
    if (word !== undefined) words.set(heading, word);
  }
  return words;
}

/** What a heading means where no other of the list could be the same thing. */
function aloneWord(spelling: string, there: ReadonlySet<string>): KnownWord | undefined {
  const found = alone.find((each) => each.spellings.includes(spelling));
  if (found === undefined) return undefined;
  const rivals = [...there].filter((other) => other !== spelling && found.unless.some((part) => other.includes(part)));
  return rivals.length === 0 ? found.word : undefined;
}

/** A heading's letters and digits, whatever its case, width and signs. */
export function canonical(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\uFFFD]/gu, '');
}
