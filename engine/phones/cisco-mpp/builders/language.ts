/**
 * `language` of a recipe: what the phone shows, in which country's manner, and the file it learns the language from.
 *
 *   Dictionary_Server_Script serv=http://host/locale/;d0=English;x0=en-US_88xx-12.0.4.0002.xml;d1=Japanese;x1=ja-JP_88xx-…xml
 *
 * Phones speak English by themselves; any other language is a file of the model and release, or they go on in English without a word.
 */
import type { Meant } from '../../../profiles/meant-schema.js';
import { nearest } from '../../../profiles/nearest.js';
import { shown } from '../../../profiles/problems.js';
import { error, type Finding } from '../findings.js';
import type { MadePiece, Piece } from './piece.js';

/** `hasScript`: the recipe writes `Dictionary_Server_Script` itself. */
export function languagePieces({ language }: Meant, hasScript: boolean): Piece[] {
  if (language === undefined) return [];
  const { name, ...files } = typeof language === 'string' ? { name: language } : language;
  const parts = Object.fromEntries(Object.entries({ name, ...files }).filter((entry) => entry[1] !== undefined)) as Record<string, string>;
  const hasFile = files.server !== undefined && files.file !== undefined;
  const piece = (tag: string, value: (spoken: Spoken, filled: Filled) => string, quiet: boolean): Piece => ({
    path: 'language',
    builder: 'language',
    tag,
    parts,
    needs: ['name'],
    quiet,
    make: (filled) => made(filled, hasScript, value),
  });
  return [
    piece('Language_Selection', (spoken) => spoken.name, false),
    piece('Locale', ({ locale }) => locale, true),
    ...(hasFile ? [piece('Dictionary_Server_Script', script, true)] : []),
  ];
}

type Spoken = { readonly name: string; readonly locale: string };
type Filled = Readonly<Record<string, string>>;

function made(filled: Filled, hasScript: boolean, value: (spoken: Spoken, filled: Filled) => string): MadePiece {
  const { name = '', server = '', file = '', english = '' } = filled;
  const spoken = languageNamed(name);
  if (spoken === undefined)
    return {
      value: '',
      findings: [
        error(
          'parameter.language-unknown',
          { value: shown(name) },
          nearest(
            name,
            [...byName().values()].map((each) => each.name),
          ),
        ),
      ],
    };
  const needsFile = !hasScript && spoken.name !== 'English' && (server === '' || file === '');
  return { value: value(spoken, filled), findings: [...(needsFile ? [needed(spoken)] : []), ...checkFiles(server, [file, english])] };
}

function needed({ name }: Spoken): Finding {
  return error('parameter.language-file', { language: name });
}

function checkFiles(server: string, files: readonly string[]): Finding[] {
  const isFolder = server === '' || /^(?:https?|tftp):\/\/[^\s;]+$/i.test(server);
  const areNames = files.every((file) => /^[^\s;/]*$/.test(file));
  return isFolder && areNames ? [] : [error('parameter.language-place')];
}

function script({ name }: Spoken, { server = '', file = '', english = '' }: Filled): string {
  if (server === '' || file === '') return '';
  const folder = server.endsWith('/') ? server : `${server}/`;
  const files = [...(english === '' ? [] : [`English;x0=${english}`]), `${name};x${english === '' ? 0 : 1}=${file}`];
  return [`serv=${folder}`, ...files.map((each, index) => `d${index}=${each}`)].join(';');
}

/** A language by its English or its own name, by `ja`, or by `ja-JP`; the country is the usual one unless said. */
function languageNamed(text: string): Spoken | undefined {
  const said = text.normalize('NFKC').trim().slice(0, 60);
  const [, code = '', region] = /^([a-z]{2})(?:[-_]([a-z]{2}))?$/i.exec(said) ?? [];
  if (code === '') return byName().get(said.toLowerCase());
  const name = englishNames().of(code.toLowerCase());
  return name === undefined ? undefined : { name, locale: localeOf(code.toLowerCase(), region?.toUpperCase()) };
}

/** Made when somebody asks: what it needs of the system's tables is megabytes. */
let namesInEnglish: Intl.DisplayNames | undefined;

function englishNames(): Intl.DisplayNames {
  namesInEnglish ??= new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  return namesInEnglish;
}

function localeOf(code: string, region = new Intl.Locale(code).maximize().region): string {
  return region === undefined ? code : `${code}-${region}`;
}

let named: ReadonlyMap<string, Spoken> | undefined;

function byName(): ReadonlyMap<string, Spoken> {
  named ??= new Map(
    Array.from({ length: 26 * 26 }, (_, index) => String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26))).flatMap((code) => {
      const name = englishNames().of(code);
      if (name === undefined || name === code || new Intl.Locale(code).language !== code) return [];
      const own = new Intl.DisplayNames(code, { type: 'language', fallback: 'none' }).of(code) ?? name;
      const spoken = { name, locale: localeOf(code) };
      return [name, own].map((each) => [each.toLowerCase(), spoken] as const);
    }),
  );
  return named;
}
