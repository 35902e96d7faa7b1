/** What a code means, in the person's language, and numbers and times as they are written there. */
import { evidenceNames } from '../../engine/contract/evidence.js';
import { fill } from '../../engine/contract/fill.js';
import type { Params } from '../../engine/contract/problem.js';
import { catalogues, type Key } from '../i18n/catalogues.js';
import type { Language } from '../stores/settings.js';
import { harmless } from './foreign-text.js';
import { isMac, spellMac } from './spelled.js';

export type Words = {
  readonly language: Language;
  /** A text of the window. */
  readonly t: (key: Key, params?: Params) => string;
  /** A code of the engine; one that is not known is shown with its parameters. Everything foreign in it is harmless. */
  readonly code: (code: string, params: Params) => string;
  /** The same as a sentence of its own: with its full stop. */
  readonly sentence: (code: string, params: Params) => string;
  /** 1,234 */
  readonly number: (value: number) => string;
  /** 1.2 kB */
  readonly bytes: (value: number) => string;
  /** 14:03:22, with the day unless it is today. */
  readonly time: (iso: string) => string;
  /** 22 Nov 2026 */
  readonly day: (iso: string) => string;
  /** 22 Nov 2026, 14:03 */
  readonly moment: (iso: string) => string;
};

/** Texts of a language by key; the window's own and the engine's codes alike. */
type Texts = Readonly<Record<string, string>>;

/** `lookup` gives the text of a key in the language. */
export function createWords(language: Language, lookup: (key: Key) => string): Words {
  const plural = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const small = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const dayAndClock = new Intl.DateTimeFormat(language, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const whole = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const known: Texts = catalogues[language];

  function counted(count: number, noun: string): string {
    if (noun === 'byte') return bytes(count);
    const one = `noun.${noun}.one`;
    const key = plural.select(count) === 'one' && isKey(one) ? one : `noun.${noun}.other`;
    return isKey(key) ? lookup(key).replace('#', numbers.format(count)) : numbers.format(count);
  }

  function bytes(count: number): string {
    if (count < 1000) return `${numbers.format(count)} B`;
    return count < 1_000_000 ? `${small.format(count / 1000)} kB` : `${small.format(count / 1_000_000)} MB`;
  }

  function isKey(key: string): key is Key {
    return known[key] !== undefined;
  }

  /** Words of the board, MACs and foreign texts, each as a person may read it. */
  function spoken(name: string, value: string): string {
    if (name === 'missing')
      return value
        .split(', ')
        .map(missing)
        .join(language === 'ja' ? '、' : ', ');
    // What a column was taken for is said as the table of the columns says it.
    const word = name === 'state' ? `state.${value}` : name === 'word' ? `draft.word.${value}` : `word.${name}.${value}`;
    if (isKey(word)) return name === 'state' ? lookup(word).toLowerCase() : lookup(word);
    return isMac(value) ? spellMac(value) : harmless(value);
  }

  function missing(name: string): string {
    const key = `missing.${name}`;
    return evidenceNames.some((each) => each === name) && isKey(key) ? lookup(key) : harmless(name);
  }

  function code(code: string, params: Params): string {
    const said = Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? spoken(name, value) : value]),
    );
    const onPlatform = `${code}@${params['platform']}`;
    if (isKey(onPlatform)) return fill(lookup(onPlatform), said, counted);
    if (isKey(code)) return fill(lookup(code), said, counted);
    const details = Object.entries(said).map(([name, value]) => `${name} ${value}`);
    return details.length === 0 ? code : `${code} (${details.join(', ')})`;
  }

  return {
    language,
    t: (key, params = {}) => fill(lookup(key), params, counted),
    code,
    sentence: (each, params) => {
      const text = code(each, params);
      // After a path or a command a full stop would be taken for a part of it.
      return /[.?!…。?!]$|\/\S*$/.test(text) ? text : `${text}${language === 'ja' ? '。' : '.'}`;
    },
    number: (value) => numbers.format(value),
    bytes,
    time: (iso) => {
      const date = new Date(iso);
      return date.toDateString() === new Date().toDateString() ? clock.format(date) : dayAndClock.format(date);
    },
    day: (iso) => days.format(new Date(iso)),
    moment: (iso) => whole.format(new Date(iso)),
  };
}
