/**
 * The form of a recipe as JSON schema (draft 2020-12): what editors complete and underline by, and what keys may stand where.
 *
 * Benchtone reads every scalar as its source text; an editor takes `20` for a number and `true` for a boolean. Wherever the form wants a
 * text the schema lets those pass, too.
 */
import { z } from 'zod';
import { recipeForm } from './recipe-schema.js';

export type Node = { readonly [key: string]: unknown };

/** A text, as an editor may see it. */
export const scalars: Node = { type: ['string', 'number', 'boolean', 'null'], maxLength: 8192 };

/** The form alone, without the names of parameters. */
export function recipeJsonSchema(): Node {
  const form = loosened(z.toJSONSchema(recipeForm, { io: 'input', unrepresentable: 'any' }));
  return { ...form, title: 'Benchtone recipe', description: 'Everything about a job except its rows. Format version 1.' };
}

/** The keys that may stand at a path; none where the form leaves them open. */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  let here: readonly Node[] = [recipeJsonSchema()];
  for (const key of path) here = here.flatMap((node) => below(node, String(key)));
  return [...new Set(here.flatMap(alternatives).flatMap(ownKeys))];
}

function below(node: Node, key: string): Node[] {
  return alternatives(node).flatMap(({ properties, additionalProperties, items }) =>
    [isNode(properties) ? properties[key] : undefined, additionalProperties, items].filter(isNode),
  );
}

function alternatives(node: Node): Node[] {
  const { anyOf } = node;
  return Array.isArray(anyOf) ? anyOf.filter(isNode).flatMap(alternatives) : [node];
}

function ownKeys({ properties, propertyNames }: Node): string[] {
  if (isNode(properties)) return Object.keys(properties);
  return isNode(propertyNames) && Array.isArray(propertyNames['enum']) ? propertyNames['enum'].map(String) : [];
}

function loosened(node: Node): Node {
  const entries = Object.entries(node).map(([key, value]): [string, unknown] => {
    if (key === 'propertyNames') return [key, value];
    if (Array.isArray(value)) return [key, value.map((each: unknown) => (isNode(each) ? loosened(each) : each))];
    return [key, isNode(value) ? loosened(value) : value];
  });
  const loose: Record<string, unknown> = Object.fromEntries(entries);
  if (loose['const'] !== undefined || Array.isArray(loose['enum'])) {
    const { const: only, enum: some, type: _texts, ...rest } = loose;
    return { ...rest, enum: (Array.isArray(some) ? some : [only]).flatMap(spellings) };
  }
  return loose['type'] === 'string' ? { ...loose, type: ['string', 'number', 'boolean', 'null'] } : loose;
}

/** A value as an editor may see it. */
export function spellings(text: unknown): unknown[] {
  if (text === 'true' || text === 'false') return [text, text === 'true'];
  return typeof text === 'string' && /^\d+$/.test(text) ? [text, Number(text)] : [text];
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
