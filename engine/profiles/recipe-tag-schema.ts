/**
 * The parameters of a phone family in the JSON schema of a recipe: an editor completes their names, says what each is, and underlines what
 * is none. A schema cannot know what `unchecked` lists: a recipe that has it may name anything.
 */
import type { ParameterInfo } from '../contract/parameter-calls.js';
import { isNode, type Node, recipeJsonSchema, scalars, spellings } from './recipe-json-schema.js';

/** What a parameter may be called: one name, or the first of many and a pattern of all. */
export type ParameterNames = { readonly info: ParameterInfo; readonly first: string; readonly pattern: string | null };

/** Where recipes name parameters; `*` is any model. */
const places: readonly (readonly string[])[] = [['parameters'], ['handOff'], ['bootstrap'], ['models', '*', 'parameters']];

/** The schema as it lies beside the starter recipes. */
export function editorSchema(names: readonly ParameterNames[]): Node {
  const schema = recipeJsonSchema();
  const { properties } = schema;
  if (!isNode(properties)) throw new Error('a recipe has keys');
  const given = { $ref: '#/$defs/parameters' };
  const { models } = properties;
  const ofModel = isNode(models) ? models['additionalProperties'] : undefined;
  if (!isNode(models) || !isNode(ofModel) || !isNode(ofModel['properties'])) throw new Error('a recipe has models');
  const tags = { type: 'array', items: { anyOf: [{ $ref: '#/$defs/tag' }, scalars] } };
  return {
    ...schema,
    properties: {
      ...properties,
      parameters: given,
      handOff: given,
      clear: tags,
      models: { ...models, additionalProperties: { ...ofModel, properties: { ...ofModel['properties'], parameters: given, clear: tags } } },
    },
    if: { required: ['unchecked'] },
    else: { properties: Object.fromEntries(places.flatMap((path) => Object.entries(known(path)))) },
    $defs: { ...definitions(names) },
  };
}

/** At a path nothing but parameters that are known. */
function known([key = '', ...rest]: readonly string[]): Node {
  const below: Node = rest.length === 0 ? { propertyNames: { $ref: '#/$defs/tag' } } : inside(rest);
  return { [key]: below };
}

function inside(path: readonly string[]): Node {
  const [key, ...rest] = path;
  return key === '*' ? { additionalProperties: { properties: known(rest) } } : { properties: known(path) };
}

function definitions(names: readonly ParameterNames[]): Node {
  const singles = names.map(({ first }) => first);
  const patterns = names.flatMap(({ pattern }) => pattern ?? []);
  const value = (info: ParameterInfo): Node => ({ $ref: `#/$defs/value/${info.spellings[0] ?? info.tag}` });
  const entry = (info: ParameterInfo): Node => ({
    description: described(info),
    anyOf: [value(info), { $ref: '#/$defs/written', properties: { value: value(info) } }],
  });
  const parameters = {
    type: 'object',
    properties: Object.fromEntries(names.map(({ first, info }) => [first, entry(info)])),
    patternProperties: Object.fromEntries(names.flatMap(({ pattern, info }) => (pattern === null ? [] : [[pattern, entry(info)]]))),
    additionalProperties: true,
  };
  return {
    tag: { anyOf: [{ enum: singles }, ...patterns.map((pattern) => ({ pattern }))] },
    parameters,
    written: {
      type: 'object',
      properties: {
        value: scalars,
        ua: { enum: ['na', 'ro', 'rw'], description: 'What the user of the phone may do with it: not see it, see it, change it' },
        clear: { enum: ['true', true], description: 'Emptied' },
      },
      additionalProperties: false,
    },
    filled: { type: ['string', 'null'], pattern: String.raw`\{\{|^$`, description: 'Taken from the row: "{{column}}"' },
    value: Object.fromEntries(names.map(({ info }) => [info.spellings[0] ?? info.tag, valueOf(info)])),
  };
}

/** The help of the catalogue, and what the factory sets. */
function described({ en, default: factory, unit, since, until }: ParameterInfo): string {
  const notes = [
    factory === null || factory === '' ? '' : `Factory: ${factory}.`,
    unit === null ? '' : `Unit: ${unit}.`,
    since === null ? '' : `From ${since} on.`,
    until === null ? '' : `Up to ${until}.`,
  ];
  return [en.help, ...notes].filter((note) => note !== '').join(' ');
}

/** What may stand there, where that is simple and certain; of what only follows from a name the values are offered and nothing is refused. */
function valueOf({ kind, values, min, max, confidence }: ParameterInfo): Node {
  const isCertain = confidence === 'report' || confidence === 'document';
  const others = isCertain ? { $ref: '#/$defs/filled' } : scalars;
  if (kind === 'flag')
    return { anyOf: [{ enum: ['Yes', 'No'] }, { type: 'boolean' }, { type: 'string', pattern: '^(?:[Yy][Ee][Ss]|[Nn][Oo])$' }, others] };
  if (kind === 'choice') return { anyOf: [{ enum: values.flatMap(spellings) }, others] };
  if (kind !== 'integer' || !isCertain) return scalars;
  const range = { minimum: min ?? 0, ...(max === null ? {} : { maximum: max }) };
  return { anyOf: [{ type: 'integer', ...range }, { type: 'string', pattern: String.raw`^\d{1,10}$` }, others] };
}
