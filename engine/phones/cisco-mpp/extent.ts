/** Whether a model has the line, key or expansion module a tag numbers: a phone ignores a tag beyond its last one in silence. */
import { error, type Finding, warning } from './findings.js';
import { countOn, type Found } from './parameters.js';
import { phoneModel } from './phone-models.js';

/** A key of a line the model has not. */
export function extensionBeyond(model: string, { known }: Found, value: string): Finding | undefined {
  const lines = phoneModel(model)?.lines;
  return known.kind === 'extension' && lines !== undefined && /^\d{1,2}$/.test(value) && Number(value) > lines
    ? error('parameter.extension-beyond', { model, value, lines })
    : undefined;
}

/** What is wrong with a tag on a model; nothing for a model the family lacks. */
export function beyond(model: string, found: Found): Finding | undefined {
  const phone = phoneModel(model);
  const count = phone === undefined ? undefined : countOn(phone, found);
  if (phone === undefined || count === undefined) return undefined;
  const { number, most } = count;
  if (found.unit !== undefined) {
    if (number > most) return error(most === 0 ? 'parameter.no-unit' : 'parameter.unit', { model, units: most });
    return phone.unitsUnverified ? warning('parameter.unit-unverified', { model }) : undefined;
  }
  if (number <= most) return undefined;
  switch (found.known.per ?? 'line') {
    case 'line':
      return error('parameter.line', { model, lines: most });
    case 'key':
      return error('parameter.key', { model, keys: most });
    case 'function':
      return error(most === 0 ? 'parameter.no-function' : 'parameter.function', { model, functions: most });
  }
}
