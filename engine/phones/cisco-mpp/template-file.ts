/**
 * A flat-profile somebody already has: read strictly, for a person wrote or exported it and can mend it.
 * Document types and entities are refused; `ua` is kept; empty elements say nothing.
 */
import { DOMParser, type Element, ParseError } from '@xmldom/xmldom';
import type { Problem } from '../../contract/problem.js';
import type { Access, ParameterTemplates } from '../../profiles/job.js';
import { errorAt, warningAt } from '../../profiles/problems.js';
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
export function readTemplateFile(text: string): { parameters: ParameterTemplates; problems: readonly Problem[] } {
  const { entries, problems } = readFlatProfile(text);
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
export function readFlatProfile(text: string): Read {
  const refuse = (code: string, line: number | null = null): Read => ({ entries: [], problems: [errorAt(code, { line })] });
  if (text.length > lengthLimit || hasMore(text, '<', mostMarks) || longTag.test(text)) return refuse('recipe.template-too-large');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return refuse('recipe.template-dtd');
  const source = text.replace(/^\uFEFF/, '');
  const skipped = (/^\s*/.exec(source)?.[0] ?? '').split('\n').length - 1; // a declaration may only stand at the very beginning
  let root: Element | null;
  try {
    root = new DOMParser({ onError: stopAtErrors }).parseFromString(source.trim(), 'text/xml').documentElement;
  } catch (error) {
    const at = error instanceof ParseError ? (error.locator as { lineNumber?: number } | undefined)?.lineNumber : undefined;
    return refuse('recipe.template-xml', lineOf(at, skipped));
  }
  const profile =
    root === null ? undefined : root.tagName === 'flat-profile' ? root : childrenOf(root).find(({ tagName }) => tagName === 'flat-profile');
  if (profile === undefined) return refuse('recipe.template-not-a-profile');

  const elements = childrenOf(profile);
  if (elements.length > mostEntries) return refuse('recipe.template-too-large');
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
