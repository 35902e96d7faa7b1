/**
 * YAML text -> plain values and the line of every key path. Every scalar keeps its source text (`0900` stays `0900`), for a recipe
 * is texts for a phone, not numbers. No custom tags; aliases within a budget, so that a bomb of them is refused (YAML 1.2 section 7.1).
 */
import {
  type Alias,
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  Parser,
  Scalar,
  type YAMLMap,
  YAMLParseError,
} from 'yaml';
import type { Problem } from '../contract/problem.js';
import { recipeFileError } from './problems.js';
import { finish, type Steps } from './slices.js';

export type Plain = string | readonly Plain[] | { readonly [key: string]: Plain };

export type ReadYaml = {
  readonly value?: Plain;
  readonly lines: Readonly<Record<string, number>>;
  /** Key paths whose value was written without quotes: `true` there is YAML's, not a text's. */
  readonly unquoted: ReadonlySet<string>;
  readonly problems: readonly Problem[];
};

/** `scalars`: keys and values; `problems`: told of one text; `line`: characters of one that are looked at. */
const limits = { characters: 1 << 20, nodes: 20_000, scalars: 40_000, depth: 16, problems: 200, line: 1000 } as const;
/** What is done in one step: a millisecond or two. */
const [piecesAtOnce, nodesAtOnce] = [512, 512];
/** What the lexer says before each scalar. */
const scalarFollows = '\u001f';

/** Reads one document; never throws. */
export function readYaml(text: string): ReadYaml {
  return finish(yamlSteps(text));
}

/** The same in steps. */
export function* yamlSteps(text: string): Steps<ReadYaml> {
  const lines: Record<string, number> = {};
  const unquoted = new Set<string>();
  const refuse = (code: string, line: number | null = null): ReadYaml => ({
    lines,
    unquoted,
    problems: [recipeFileError(code, line)],
  });
  if (text.length > limits.characters) return refuse('recipe.too-large');

  const counter = new LineCounter();
  const lineAt = (offset: number | undefined): number => counter.linePos(offset ?? 0).line;
  const cut = yield* tokensOf(text, counter);
  if (cut === undefined) return refuse('recipe.too-deep');
  yield;
  const document = composed(cut, text.length);
  if (document === undefined) return refuse('recipe.syntax'); // nested so deep that the parser gave up
  yield;
  const written = text.split('\n');
  const problems = [...document.errors, ...document.warnings].slice(0, limits.problems).map(({ code, pos }) => {
    const line = lineAt(pos[0]);
    const braces = valueInBraces((written[line - 1] ?? '').slice(0, limits.line));
    if (code === 'UNEXPECTED_TOKEN' && braces !== undefined) return recipeFileError('recipe.unquoted-braces', line, `"${braces}"`);
    return recipeFileError(slips[code] ?? 'recipe.syntax', line);
  });
  if (problems.length > 0) return { lines, unquoted, problems };

  let nodes = 0;
  const slipped: Problem[] = [];
  // An alias means the newest anchor before it, wherever it is looked at again; the library would walk through the whole document for each.
  const anchors = new Map<string, Node>();
  const anchored = new Set<Node>();
  const meant = new Map<Alias, Node | undefined>();
  const keepAnchor = (node: unknown): void => {
    if (!isNode(node) || isAlias(node) || node.anchor === undefined || anchored.has(node)) return;
    anchored.add(node);
    anchors.set(node.anchor, node);
  };
  const meantBy = (alias: Alias): Node | undefined => {
    if (!meant.has(alias)) meant.set(alias, anchors.get(alias.source));
    return meant.get(alias);
  };
  /** `{{name}}` without quotes: to YAML a map whose key is a map. */
  const inBraces = (key: unknown): Problem[] => {
    if (!isMap(key) || key.flow !== true || !key.range) return [];
    const [start, end] = key.range;
    return [recipeFileError('recipe.unquoted-braces', lineAt(start), `"{${text.slice(start, end)}}"`)];
  };
  const leaf = (node: unknown, path: string): string => {
    if (!isScalar(node)) return '';
    if (node.type === Scalar.PLAIN) unquoted.add(path);
    return textOf(node);
  };
  function* plain(node: unknown, path: string, depth: number): Steps<Plain> {
    nodes += 1;
    if (nodes % nodesAtOnce === 0) yield;
    if (nodes > limits.nodes || depth > limits.depth) throw new TooMuch();
    if (isNode(node) && path !== '' && !Object.hasOwn(lines, path)) setOwn(lines, path, lineAt(node.range?.[0]));
    keepAnchor(node);
    if (isAlias(node)) return yield* plain(meantBy(node), path, depth + 1);
    if (isMap(node)) return yield* plainMap(node, path, depth);
    if (!isSeq(node)) return leaf(node, path);
    const values: Plain[] = [];
    for (const [i, item] of node.items.entries()) values.push(yield* plain(item, `${path}.${i}`, depth + 1));
    return values;
  }
  function* plainMap({ items }: YAMLMap, path: string, depth: number): Steps<Plain> {
    const value: Record<string, Plain> = {};
    for (const pair of items) {
      const key = isScalar(pair.key) ? textOf(pair.key) : '';
      keepAnchor(pair.key);
      slipped.push(...inBraces(pair.key));
      const at = path === '' ? key : `${path}.${key}`;
      const line = isNode(pair.key) ? lineAt(pair.key.range?.[0]) : null;
      // No parameter, model or column is called so, and what checks the form would pass over it.
      if (key === '__proto__') slipped.push(recipeFileError('recipe.syntax', line));
      // Looked for here, for the library compares every key with every other.
      if (Object.hasOwn(value, key)) slipped.push(recipeFileError('recipe.key-twice', line));
      if (line !== null) setOwn(lines, at, line);
      setOwn(value, key, yield* plain(pair.value, at, depth + 1));
    }
    return value;
  }
  try {
    const value = yield* plain(document.contents, '', 0);
    return slipped.length > 0 ? { lines, unquoted, problems: slipped } : { value, lines, unquoted, problems: [] };
  } catch (error) {
    if (error instanceof TooMuch || error instanceof ReferenceError || error instanceof RangeError) return refuse('recipe.too-deep');
    throw error;
  }
}

/** The text cut into tokens; undefined where there are more than any recipe needs, which is found out before anything is made of them. */
function* tokensOf(text: string, counter: LineCounter): Steps<readonly CST.Token[] | 'gave up' | undefined> {
  const parser = new Parser(counter.addNewLine);
  counter.addNewLine(0);
  const tokens: CST.Token[] = [];
  let [pieces, scalars] = [0, 0];
  try {
    for (const piece of new Lexer().lex(text)) {
      if (piece === scalarFollows && (scalars += 1) > limits.scalars) return undefined;
      if ((pieces += 1) % piecesAtOnce === 0) yield;
      tokens.push(...parser.next(piece));
    }
    tokens.push(...parser.end());
    return tokens;
  } catch {
    return 'gave up';
  }
}

/** The document of tokens. */
function composed(tokens: readonly CST.Token[] | 'gave up', length: number): Document.Parsed | undefined {
  if (tokens === 'gave up') return undefined;
  try {
    const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
    const [document, second] = composer.compose(tokens, true, length);
    if (second !== undefined)
      document?.errors.push(new YAMLParseError([second.range[0], second.range[1]], 'MULTIPLE_DOCS', 'a second document'));
    return document;
  } catch {
    return undefined;
  }
}

/** Slips with words of their own, by the library's code. */
const slips: Readonly<Record<string, string | undefined>> = {
  TAG_RESOLVE_FAILED: 'recipe.tag',
  TAB_AS_INDENT: 'recipe.tab',
  MULTIPLE_DOCS: 'recipe.several',
};

/** `{{name}} and more` of a line `Tag: {{name}} and more`, short of a comment. */
function valueInBraces(line: string): string | undefined {
  return /^[^"'#]*:\s+(?<value>\{\{[^"#]*)/.exec(line)?.groups?.['value']?.trim();
}

/** Thrown when the budget is spent; never leaves this file. */
class TooMuch extends Error {}

function textOf(node: Scalar): string {
  return typeof node.value === 'string' ? node.value : (node.source ?? '');
}

/** Sets a key as the object's own, `__proto__` too. */
function setOwn<T>(target: Record<string, T>, key: string, value: T): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}
