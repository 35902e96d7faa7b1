/**
 * A flat-profile somebody already has: read strictly, for a person wrote or exported it and can mend it.
 * Document types and entities are refused; `ua` is kept; empty elements say nothing.
 */
import { DOMParser, type Element, ParseError } from '@xmldom/xmldom';
import type { Problem } from '../../contract/problem.js';
import type { Access, ParameterTemplates } from '../../profiles/job.js';
import { errorAt, warningAt } from '../../profiles/problems.js';
import type { Steps } from '../../profiles/slices.js';
import type { ForeignEntry } from '../foreign.js';

const lengthLimit = 4 << 20;
/** A whole report has some thousand. */
const mostEntries = 8000;
/** Beginnings and ends of elements, counted before any is read: a million of them would hold up the engine for seconds. */
const mostMarks = 3 * mostEntries;

/** A beginning of an element longer than any: thousands of attributes would hold it up as well. */
const longTag = /<(?![!?])[^<>]{8192}/;

type Read = { readonly entries: readonly ForeignEntry[]; readonly problems: readonly Problem[] };

/** Reads it as a recipe's `template`; with an error there are no parameters. Never throws. */
export function* templateSteps(text: string): Steps<{ parameters: ParameterTemplates; problems: readonly Problem[] }> {
  const { entries, problems } = yield* flatProfileSteps(text);
  const parameters = new Map<string, ParameterTemplates[string]>();
  const twice: Problem[] = [];
  for (const { tag, value, ua } of entries) {
    if (value === '') continue;
    if (parameters.has(tag)) twice.push(warningAt('recipe.template-twice', { column: `template.${tag}` }, { tag }));
    parameters.set(tag, { value, ua });
  }
  return {
    parameters: Object.fromEntries(parameters),
    problems: [...problems.map(inTemplate), ...twice],
  };
}

/** Its place is a line of the recipe, which names the file. */
function inTemplate(problem: Problem): Problem {
  return { ...problem, line: null, column: problem.column === null ? 'template' : `template.${problem.column}` };
}

/** Every element of the profile in its order, empty and repeated ones too. With an error there are none. Never throws. */
export function* flatProfileSteps(text: string): Steps<Read> {
  if (text.length > lengthLimit || hasMore(text, '<', mostMarks) || longTag.test(text)) return refused('recipe.template-too-large');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return refused('recipe.template-dtd');
  const source = text.replace(/^\uFEFF/, '');
  const skipped = (/^\s*/.exec(source)?.[0] ?? '').split('\n').length - 1; // a declaration may only stand at the very beginning
  const whole = source.trim();
  const pieces = piecesOf(whole);
  if (pieces === undefined) return readDocument(whole, skipped);
  const [entries, problems]: [ForeignEntry[], Problem[]] = [[], []];
  for (const piece of pieces) {
    yield;
    const read = readDocument(piece.text, skipped + piece.line);
    if (read.problems.some(({ severity }) => severity === 'error')) return readDocument(whole, skipped); // which knows the place
    for (const entry of read.entries) entries.push(entry);
    problems.push(...read.problems);
  }
  return entries.length > mostEntries ? refused('recipe.template-too-large') : { entries, problems };
}

function refused(code: string, line: number | null = null): Read {
  return { entries: [], problems: [errorAt(code, { line })] };
}

/** Reads a document; `skipped`: lines before it. */
function readDocument(text: string, skipped: number): Read {
  let root: Element | null;
  try {
    root = new DOMParser({ onError: stopAtErrors }).parseFromString(text, 'text/xml').documentElement;
  } catch (error) {
    const at = error instanceof ParseError ? (error.locator as { lineNumber?: number } | undefined)?.lineNumber : undefined;
    return refused('recipe.template-xml', lineOf(at, skipped));
  }
  const profile =
    root === null ? undefined : root.tagName === 'flat-profile' ? root : childrenOf(root).find(({ tagName }) => tagName === 'flat-profile');
  if (profile === undefined) return refused('recipe.template-not-a-profile');

  const elements = childrenOf(profile);
  if (elements.length > mostEntries) return refused('recipe.template-too-large');
  const entries: ForeignEntry[] = [];
  const problems: Problem[] = [];
  for (const element of elements) {
    const { tagName: tag } = element;
    const line = lineOf(element.lineNumber, skipped);
    if (childrenOf(element).length > 0) problems.push(warningAt('recipe.template-nested', { line, column: tag }));
    const ua = element.getAttribute('ua');
    if (ua !== null && !/^(?:na|ro|rw)$/.test(ua)) problems.push(warningAt('recipe.template-ua', { line, column: tag }, { tag }));
    entries.push({ tag, written: tag, value: (element.textContent ?? '').trim(), ua: accessOf(element), line });
  }
  return { entries, problems };
}

const opening = /^(?:<\?xml[^<>]*\?>)?\s*(?<root><flat-profile(?:\s[^<>]*)?>)/;
const closing = /<\/flat-profile\s*>$/;
/** An element of text alone, as all of a profile are. */
const flatElement = /\s*<([A-Za-z_][\w.-]*)(?:\s[^<>]*)?(?:\/>|>[^<]*<\/\1\s*>)/y;
/** Elements of one piece: some milliseconds. */
const elementsOfPiece = 256;
/** Blanks before the end of a profile. */
const mostBlank = 100;

/** A long profile as several short ones, and the lines before each; undefined where it is not elements one after the other and nothing else. */
function piecesOf(text: string): readonly { readonly text: string; readonly line: number }[] | undefined {
  const head = opening.exec(text);
  const root = head?.groups?.['root'];
  const end = closing.exec(text)?.index;
  if (head === null || root === undefined || end === undefined || root.endsWith('/>')) return undefined;
  const pieces: { text: string; line: number }[] = [];
  let [from, line] = [head[0].length, linesIn(head[0]) - linesIn(root)];
  let count = 0;
  const cut = (to: number): void => {
    const inside = text.slice(from, to);
    pieces.push({ text: `${root}${inside}</flat-profile>`, line });
    line += linesIn(inside);
    from = to;
  };
  flatElement.lastIndex = from;
  while (flatElement.lastIndex < end && flatElement.test(text)) {
    count += 1;
    if (count % elementsOfPiece === 0) cut(flatElement.lastIndex);
    const rest = text.slice(flatElement.lastIndex, Math.min(end, flatElement.lastIndex + mostBlank));
    if (flatElement.lastIndex + rest.length === end && rest.trim() === '') {
      cut(end);
      return pieces;
    }
  }
  return undefined;
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}

function hasMore(text: string, sign: string, most: number): boolean {
  let found = 0;
  for (let at = text.indexOf(sign); at !== -1 && found <= most; at = text.indexOf(sign, at + 1)) found += 1;
  return found > most;
}

/** What it throws ends the parsing with the place of the error. */
function stopAtErrors(level: string, message: string): void {
  if (level === 'error') throw new Error(message);
}

function lineOf(line: number | undefined, skipped: number): number | null {
  return line === undefined ? null : line + skipped;
}

function childrenOf(element: Element): Element[] {
  return [...element.childNodes].filter((node): node is Element => node.nodeType === 1);
}

function accessOf(element: Element): Access {
  const said = element.getAttribute('ua');
  return said === 'ro' || said === 'rw' ? said : 'na';
}
