/**
 * A recipe's text, changed in one place: what an engineer wrote around it (comments, order, quotes, blank lines) stays as it is.
 *
 * The YAML document says what the changed recipe has to mean; where it is possible the change is made in the text itself, and taken only
 * when it reads as the document does. Else the document writes the whole text anew, with its comments but in its own spacing.
 */
import { type Document, isMap, isScalar, parseDocument, Scalar, stringify, type YAMLMap } from 'yaml';
import type { Problem } from '../contract/problem.js';
import { readYaml } from './recipe-yaml.js';

/** A text to stand at a key path (`['parameters', 'Proxy_1_']`), or null to take the key away. */
export type RecipeEdit = { readonly path: readonly string[]; readonly value: string | null };

export type EditedRecipe =
  | { readonly ok: true; readonly text: string }
  /** The text is no YAML a recipe could be made of, or a key on the way holds no keys. */
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Applies edits in order; never throws. What the recipe then says is for `readRecipe` to judge. */
export function editRecipe(text: string, edits: readonly RecipeEdit[]): EditedRecipe {
  let edited = text.replace(/^\uFEFF/, '');
  for (const edit of edits) {
    const read = readYaml(edited);
    if (read.value === undefined) return { ok: false, problems: read.problems };
    if (typeof read.value === 'string' && read.value !== '') return { ok: false, problems: [noKeys(null)] };
    const next = applied(edited, edit);
    if (next === undefined) return { ok: false, problems: [noKeys(edit.path.join('.'))] };
    edited = next;
  }
  return { ok: true, text: edited };
}

function noKeys(column: string | null): Problem {
  return { line: null, column, code: 'recipe.form', severity: 'error', params: { file: 'recipe' }, suggestion: null };
}

const options = { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent', prettyErrors: false } as const;

function applied(text: string, edit: RecipeEdit): string | undefined {
  const document = parseDocument(text, options);
  if (edit.value === null && !document.hasIn(edit.path)) return text;
  if (!change(document, edit)) return undefined;
  const wanted = meaning(document);
  if (wanted === undefined) return undefined;
  const spliced = splice(text, edit);
  if (spliced !== undefined && meaning(parseDocument(spliced, options)) === wanted) return spliced;
  try {
    return document.toString({ lineWidth: 0 });
  } catch {
    return undefined; // a key that is no text, which no recipe has: the library cannot write it
  }
}

/** What a text says; undefined where it says nothing: it has mistakes, or an alias whose anchor is not there (any more). */
function meaning(document: Document): string | undefined {
  if (document.errors.length > 0) return undefined;
  try {
    return JSON.stringify(document.toJS({ maxAliasCount: 1000 }));
  } catch {
    return undefined;
  }
}

function change(document: Document, { path, value }: RecipeEdit): boolean {
  for (let depth = 0; depth < path.length; depth += 1) {
    const above = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    const isEmpty = above === null || above === undefined || (isScalar(above) && (above.value === '' || above.value === null));
    if (!isEmpty && !isMap(above)) return false;
    if (!isEmpty || value === null) continue;
    if (depth > 0) document.setIn(path.slice(0, depth), document.createNode({}));
    else if (above !== null) document.contents = null;
  }
  if (path.length === 0) return false;
  if (value === null) {
    document.deleteIn(path);
    return true;
  }
  const old = document.getIn(path, true);
  if (isScalar(old)) {
    old.value = value;
    delete old.source;
    if (old.type === Scalar.PLAIN) old.type = styleOf(value);
  } else document.setIn(path, scalar(value));
  return true;
}

/** `Yes` and `10` are texts here, but `true` without quotes is told to be YAML's own word, and braces would be a map. */
function styleOf(value: string): Scalar.PLAIN | Scalar.QUOTE_DOUBLE {
  return /^[A-Za-z0-9$/][^:#{}[\],&*!|>'"%@`\n\r\t\\]*(?<! )$/.test(value) && !/^(?:true|false|null)$/i.test(value)
    ? Scalar.PLAIN
    : Scalar.QUOTE_DOUBLE;
}

function scalar(value: string): Scalar {
  const made = new Scalar(value);
  made.type = styleOf(value);
  return made;
}

function written(value: string): string {
  return stringify(scalar(value), { schema: 'failsafe', lineWidth: 0 }).trimEnd();
}

/** The change made in the text alone; undefined where that is not simple. */
function splice(text: string, { path, value }: RecipeEdit): string | undefined {
  const document = parseDocument(text, options);
  const old = document.getIn(path, true);
  if (value === null) return undefined;
  if (isScalar(old) && old.range && (old.type === Scalar.PLAIN || old.type?.startsWith('QUOTE_') === true)) {
    const [start, end] = old.range;
    return start === end ? undefined : text.slice(0, start) + written(value) + text.slice(end);
  }
  if (old !== undefined) return undefined;
  const depth = path.findIndex((_key, index) => !isMap(document.getIn(path.slice(0, index + 1), true)));
  const map: unknown = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
  return isMap(map) ? inserted(text, map, path.slice(depth), value) : undefined;
}

/** New lines below the last key of a map written in lines of its own. */
function inserted(text: string, map: YAMLMap, keys: readonly string[], value: string): string | undefined {
  const first: unknown = map.items[0]?.key;
  const last = map.items.at(-1);
  if (map.flow === true || last === undefined || !isScalar(first) || !first.range) return undefined;
  const lineStart = text.lastIndexOf('\n', first.range[0] - 1) + 1;
  const indent = text.slice(lineStart, first.range[0]);
  const end = endOf(last);
  if (end === undefined || indent.trim() !== '') return undefined;
  const at = text.indexOf('\n', Math.max(0, end - 1));
  const lines = keys.map((key, index) => {
    const deeper = indent + '  '.repeat(index);
    return index === keys.length - 1 ? `${deeper}${written(key)}: ${written(value)}\n` : `${deeper}${written(key)}:\n`;
  });
  return at === -1 ? `${text}\n${lines.join('')}` : text.slice(0, at + 1) + lines.join('') + text.slice(at + 1);
}

/** Where what is written of a pair ends, comments behind it left out. */
function endOf({ key, value }: { readonly key: unknown; readonly value: unknown }): number | undefined {
  if (isMap(value) && value.flow !== true) {
    const last = value.items.at(-1);
    return last === undefined ? undefined : endOf(last);
  }
  const node = value ?? key;
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? (node.range[1] as number) : undefined;
}
