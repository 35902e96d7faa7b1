/** A recipe as a person would have written it, in YAML: what stands in it, where it came from, and which columns its list has to have. */
import { Document, Pair, Scalar, YAMLMap } from 'yaml';
import type { Access } from '../job.js';

type Line = { readonly tag: string; readonly value: string; readonly ua: Access; readonly place: 'parameters' | 'handOff' };

export type RecipeParts = {
  readonly name: string;
  readonly phones: string;
  /** Names of the files it was made from. */
  readonly files: readonly string[];
  readonly columns: readonly string[];
  readonly tags: readonly Line[];
  readonly unchecked: readonly string[];
};

/** The same parts always give the same text. */
export function recipeText({ name, phones, files, columns, tags, unchecked }: RecipeParts): string {
  const contents = new YAMLMap();
  const document = new Document(contents);
  const head = { benchtone: 1, name, phones };
  for (const [key, value] of Object.entries(head)) contents.add(new Pair(new Scalar(key), new Scalar(value)));
  document.commentBefore = ` Made from ${files.map(oneLine).join(', ')}.\n Columns the list has to have: ${columns.map(oneLine).join(', ')}`;
  for (const place of ['parameters', 'handOff'] as const) {
    const map = new YAMLMap();
    for (const { tag, value, ua, place: at } of tags) if (at === place) map.set(tag, ua === 'na' ? text(value) : withAccess(value, ua));
    if (map.items.length > 0) contents.add(new Pair(spaced(place), map));
  }
  if (unchecked.length > 0) contents.add(new Pair(spaced('unchecked'), document.createNode(unchecked)));
  return document.toString({ lineWidth: 0 });
}

/** Quoted unless nobody could take it for anything but a text: `0900` and `Yes` are texts to the reader, but not to every editor. */
function text(value: string): Scalar {
  const scalar = new Scalar(value);
  if (!/^[A-Za-z][\w./:@-]*$/.test(value) || /^(?:true|false|null|on|off)$/i.test(value)) scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

function withAccess(value: string, ua: Access): YAMLMap {
  const map = new YAMLMap();
  map.flow = true;
  map.set('value', text(value));
  map.set('ua', ua);
  return map;
}

/** A key with an empty line before it. */
function spaced(name: string): Scalar {
  const key = new Scalar(name);
  key.spaceBefore = true;
  return key;
}

function oneLine(value: string): string {
  return value.replaceAll(/[\r\n\u0085\u2028\u2029]+/g, ' ').slice(0, 300);
}
