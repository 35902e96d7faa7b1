/** The catalogue as people look things up in it. */
import type { ParameterInfo } from '../../contract/parameter-calls.js';
import type { ParameterNames } from '../../profiles/recipe-tag-schema.js';
import type { Known } from './catalogue/entry.js';
import { catalogue, countOn, findParameter, nearestParameter, tagsOf } from './parameters.js';
import { phoneModels, unitKeys } from './phone-models.js';

/** Every parameter, area by area. */
export function listParameters(): readonly ParameterInfo[] {
  return catalogue().map(info);
}

/** Every spelling of every parameter, as an editor takes it. */
export function listNames(): readonly ParameterNames[] {
  return catalogue().flatMap((known) =>
    [known.tag, ...(known.also ?? [])].map((spelling) => {
      const tags = tagsOf(known, spelling);
      const [first = spelling] = tags;
      return { info: info(known), first, pattern: tags.length > 1 ? patternOf(tags) : null };
    }),
  );
}

/** What all of the tags have in common, and between it what they differ by. */
function patternOf(tags: readonly string[]): string {
  const [one = ''] = tags;
  const shared = (of: (tag: string, length: number) => string): number => {
    let length = 0;
    while (length < one.length && tags.every((tag) => of(tag, length + 1) === of(one, length + 1))) length += 1;
    return length;
  };
  const front = shared((tag, length) => tag.slice(0, length));
  const back = shared((tag, length) => tag.slice(-length));
  const parts = tags.map((tag) => tag.slice(front, tag.length - back));
  return `^${one.slice(0, front)}(?:${parts.join('|')})${one.slice(one.length - back)}$`;
}

/** The parameter of a tag as it is written (`Proxy_3_`) or as the catalogue calls it (`Proxy_n_`); else the nearest one's tag. */
export function lookUpParameter(
  tag: string,
): { readonly info: ParameterInfo } | { readonly info?: undefined; readonly suggestion: string | null } {
  const known = findParameter(tag)?.known ?? catalogue().find((each) => each.tag === tag);
  return known === undefined ? { suggestion: nearestParameter(tag) } : { info: info(known) };
}

function info(known: Known): ParameterInfo {
  const {
    tag,
    area,
    kind,
    default: value,
    values = [],
    min,
    max,
    unit,
    limit,
    readable,
    waits,
    also = [],
    since,
    until,
    confidence,
  } = known;
  return {
    tag,
    spellings: [...spellings(known), ...also],
    area,
    kind,
    default: value,
    values,
    min: min ?? null,
    max: max ?? null,
    unit: unit ?? null,
    limit: limit ?? null,
    models: models(known),
    readable,
    waits: waits !== undefined,
    since: since ?? null,
    until: until ?? null,
    confidence,
    en: { label: known.en[0], help: known.en[1] },
    ja: { label: known.ja[0], help: known.ja[1] },
  };
}

function spellings(known: Known): string[] {
  const tags = tagsOf(known);
  const [first = known.tag, last = first] = [tags[0], tags.at(-1)];
  return first === last ? [first] : [first, last];
}

/** How many of a numbered parameter each model has. */
function models(known: Known): ParameterInfo['models'] {
  const [tag = ''] = tagsOf(known);
  const found = findParameter(tag);
  if (found === undefined) return [];
  return phoneModels.flatMap((phone) => {
    const count = countOn(phone, found)?.most;
    return count === undefined ? [] : { model: phone.model, count: found.unit === undefined ? count : count * unitKeys };
  });
}
