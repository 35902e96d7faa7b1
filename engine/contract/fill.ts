/**
 * A text of a catalogue, filled in: the one way in which every user interface writes its words.
 *
 *   {name}        the parameter
 *   {name:row}    counted in the language: "1 row", "3 rows"
 *   [ … {name}]   left out when the parameter is missing or empty
 *   {{ }}         braces, as they stand in a recipe
 */
import type { Params } from './problem.js';

const optional = /\[(?<part>[^[\]]*\{\w+[^[\]]*)\]/g;
const placeholder = /(?<!\{)\{(?<name>\w+)(?::(?<noun>\w+))?\}(?!\})/g;

/** Writes a number with its unit. */
export type Counted = (count: number, noun: string) => string;

/** Fills a text; a parameter that is missing where it is not optional leaves nothing behind. */
export function fill(text: string, params: Params, counted: Counted): string {
  const isThere = (name: string): boolean => (params[name] ?? '') !== '';
  return text
    .replaceAll(optional, (_whole, part: string) => (placeholders(part).every(isThere) ? part : ''))
    .replaceAll(placeholder, (_whole, name: string, noun?: string) => {
      const value = params[name] ?? '';
      return noun === undefined ? String(value) : counted(Number(value), noun);
    });
}

/** The parameters a text names. */
export function placeholders(text: string): readonly string[] {
  return [...text.matchAll(placeholder)].flatMap(({ groups }) => groups?.['name'] ?? []);
}

/** The parameters a text cannot do without. */
export function neededBy(text: string): readonly string[] {
  return placeholders(text.replaceAll(optional, ''));
}
