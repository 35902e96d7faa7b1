/** The catalogue as people look things up in it. */
import type { ParameterInfo } from '../../contract/parameter-calls.js';
import type { Known } from './catalogue/entry.js';
import { catalogue, countOn, findParameter, nearestParameter, tagsOf } from './parameters.js';
import { phoneModels, unitKeys } from './phone-models.js';

/** Every parameter, area by area. */
export function listParameters(): readonly ParameterInfo[] {
  return catalogue().map(info);
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
