/** The catalogues: every code has words, in both languages, with the same placeholders. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { evidenceNames, states, verdictKinds } from '../../engine/contract/evidence.js';
import { texts as commandLine } from '../../headless/words.js';
import { catalogues, type Key } from '../../renderer/i18n/catalogues.js';
import { placeholders } from '../../engine/contract/fill.js';

const root = resolve(import.meta.dirname, '../..');
const filesOf = (folder: string): { readonly file: string; readonly text: string }[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(join(root, folder, file), 'utf8') }));

const engine = filesOf('engine');
const english: Readonly<Record<string, string>> = catalogues.en;

/** Families of codes the engine, the shell and the browser host answer with; what begins with one of them, in quotes, is a code. */
const code =
  /['`](?<code>(?:csv|activation|mac|number|extension|user|model|recipe|parameter|job|data|key|file|dhcp|link|remedy|repair|firewall|buffer|rehearsal|interface|pool|port|phone|readBack|handOff|identity|bench|call|upload|draft|demo|engine|dialog|phones|device|import|spc)\.[A-Za-z][\w.-]*)['`]/g;

/** Not told to a person at the window: only a log hears of them. */
const unsaid = new Set([
  'engine.started',
  'engine.said',
  'bench.resumed',
  'phones.csv',
  'dhcp.malformed',
  'dhcp.unkept', // the journal says so too, of the whole bench
  'dhcp.send-failed',
  'dhcp.failed',
  'job.none',
  'csv.encoding-unknown',
]);

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}

describe('the catalogues', () => {
  test('have the same keys and placeholders in both languages', () => {
    const differing = (Object.keys(catalogues.en) as Key[]).filter((key) => {
      const [en, ja] = [catalogues.en[key], catalogues.ja[key]].map((text) => [...new Set(placeholders(text))].toSorted().join());
      return en !== ja;
    });
    expect(Object.keys(catalogues.ja).toSorted()).toEqual(Object.keys(catalogues.en).toSorted());
    expect(differing).toEqual([]);
  });

  test('have no text that is empty, or in the wrong language', () => {
    const isJapanese = /[\u3040-\u30FF\u4E00-\u9FFF]/;
    const untranslated = (Object.keys(catalogues.ja) as Key[]).filter(
      (key) =>
        !isJapanese.test(catalogues.ja[key]) &&
        key !== 'draft.encoding.utf-8' &&
        /[a-z]{4}/.test(catalogues.ja[key].replaceAll(/\{[^}]*\}/g, '')),
    );
    expect(Object.entries(english).filter(([, text]) => text === '' || isJapanese.test(text))).toEqual([]);
    expect(untranslated).toEqual([]);
  });

  test('have words for every code of the engine and of those that stand before it', () => {
    const sources = [...engine, ...['electron', 'headless/ui'].flatMap((folder) => optional(folder))];
    const codes = new Set(
      sources.flatMap(({ text }) => [...withoutComments(text).matchAll(code)].flatMap(({ groups }) => groups?.['code'] ?? [])),
    );
    const checkIds = new Set(Object.keys(english).flatMap((key) => (key.startsWith('check.') ? [key.slice('check.'.length)] : [])));
    const calls = new Set(
      ['calls', 'bench-calls', 'preview-calls', 'template-calls', 'draft-calls', 'hand-off-calls'].flatMap((file) =>
        [...sourceOf(`engine/contract/${file}.ts`).matchAll(/'(?<name>[a-z]+\.[a-zA-Z]+)': \{/g)].map(([, name]) => name),
      ),
    );
    const missing = [...codes].filter(
      (each) => english[each] === undefined && !unsaid.has(each) && !checkIds.has(each) && !calls.has(each),
    );
    expect(missing).toEqual([]);
  });

  test('have words for everything the command line has words for, but its own usage', () => {
    const own = /@address$|^(?:usage|report)\.|^files\.no-folder$|^file\.(?:unreadable|unwritable)$/;
    expect(Object.keys(commandLine).filter((each) => !own.test(each) && english[each] === undefined)).toEqual([]);
  });

  test('have words for every fact, and the facts name nothing they lack', () => {
    const text = sourceOf('engine/contract/observation.ts');
    const kinds = [...text.matchAll(/readonly kind: '(?<kind>\w+)'/g)].flatMap(({ groups }) => groups?.['kind'] ?? []);
    const codes = kinds.flatMap((kind) => {
      if (kind === 'word') return ['requesting', 'successful', 'failed'].map((outcome) => `fact.word.${outcome}`);
      return kind === 'readBack' ? ['fact.readBack.equal', 'fact.readBack.differs'] : [`fact.${kind}`];
    });
    expect(kinds.length).toBeGreaterThan(20);
    expect(codes.filter((each) => english[each] === undefined)).toEqual([]);
    const unknown = Object.entries(english)
      .filter(([key]) => key.startsWith('fact.'))
      .flatMap(([key, words]) =>
        placeholders(words)
          .filter((name) => name !== 'rate') // made of bytes and seconds
          .filter((name) => !new RegExp(`readonly ${name}\\??:`).test(text))
          .map((name) => `${key}: ${name}`),
      );
    expect(unknown).toEqual([]);
  });

  test('have words for every value a fact can have', () => {
    const text = sourceOf('engine/contract/observation.ts');
    const lists: readonly [string, RegExp][] = [
      ['purpose', /type Purpose =(?<kinds>[^;]*);/g],
      ['transport', /type Transport =(?<kinds>[^;]*);/g],
      ['because', /type (?:IgnoredBecause|RefusedBecause) =(?<kinds>[^;]*);|readonly because: (?<more>'[^;]*);/g],
      ['stage', /readonly stage:(?<kinds>[^;}]*)/g],
      ['marker', /readonly marker:(?<kinds>[^;]*);/g],
      ['by', /readonly by:(?<kinds> '[^;}]*)/g],
      ['step', /readonly step:(?<kinds>[^;]*);/g],
    ];
    const missing = lists.flatMap(([name, list]) => {
      const values = [...text.matchAll(list)].flatMap((found) => [...(found[0] ?? '').matchAll(/'([\w-]+)'/g)].map(([, value]) => value));
      expect(values.length, name).toBeGreaterThan(1);
      return values.map((value) => `word.${name}.${value}`).filter((key) => english[key] === undefined);
    });
    expect(missing).toEqual([]);
  });

  test('have words for the board', () => {
    const keys = [
      ...states.map((state) => `state.${state}`),
      ...verdictKinds.map((kind) => `verdict.${kind}`),
      ...evidenceNames.flatMap((name) => [
        `evidence.${name}`,
        `evidence.${name}.how`,
        `evidence.${name}.lacks`,
        `missing.${name}`,
        `waits.${name}`,
      ]),
    ];
    expect(keys.filter((key) => english[key] === undefined)).toEqual([]);
  });

  test('have every text that the window asks for, and none that nothing asks for', () => {
    const window = filesOf('renderer').filter(({ file }) => !file.startsWith('renderer/i18n/'));
    const text = window.map((each) => each.text).join('\n');
    const families =
      /^(?:import|spc|origin|csv|activation|mac|number|extension|user|model|recipe|parameter|job|data|key|file|dhcp|link|remedy|repair|firewall|buffer|rehearsal|interface|pool|port|phone|phones|device|readBack|handOff|identity|fact|word|missing|noun|check|state|verdict|evidence|engine|call|bench|serve|option|message|upload)\.|^draft\.(?:gone|row-unservable)$/;
    const unused = Object.keys(english).filter((key) => !families.test(key) && !text.includes(`'${key}'`) && !isComposed(key, text));
    expect(unused).toEqual([]);
  });
});

/** Keys put together from a part: `board.group.${group}`. */
function isComposed(key: string, text: string): boolean {
  const parts = key.split('.');
  return parts.some((_part, index) => {
    const before = parts.slice(0, index).join('.');
    return index > 0 && text.includes(`\`${before}.\${`);
  });
}

function optional(folder: string): ReturnType<typeof filesOf> {
  try {
    return filesOf(folder);
  } catch {
    return []; // not there in every checkout
  }
}

function sourceOf(file: string): string {
  return engine.find((source) => source.file === file)?.text ?? '';
}
