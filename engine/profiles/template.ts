/**
 * `{{column}}` in a recipe's values: Liquid with variables and filters, nothing else. No tags, hence no loops, files or conditions.
 *
 * A template is parsed once and filled for every row. The usual form, text and plain names, is filled without Liquid, which is what
 * makes two thousand rows a matter of milliseconds.
 */
import { Liquid, LiquidError, type Template as LiquidTemplate } from 'liquidjs';

export type Template = {
  /** The columns it takes its value from; none for a fixed text. */
  readonly columns: readonly string[];
  /** Where it only strings texts (at even places) and columns (at odd ones) together: those. */
  readonly joins?: readonly string[];
  render(columns: Readonly<Record<string, string>>): Filled;
};

type Filled =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly code: 'missing-column'; readonly column: string }
  | { readonly ok: false; readonly code: 'template-failed' };

export type ParsedTemplate = { readonly ok: true; readonly template: Template } | { readonly ok: false };

/** Longest value, in characters. */
export const templateLimit = 8192;
/** A name Liquid reads as one word: letters of any script, digits, `_` and `-`. */
const plainOutput = /\{\{\s*([\p{L}_][\p{L}\p{N}_-]*)\s*\}\}/gu;

/** Parses a value; not ok when it is no template (an unclosed `{{`, a tag, an unknown filter). Never throws. */
export function parseTemplate(text: string): ParsedTemplate {
  if (text.length > templateLimit) return { ok: false };
  if (!text.includes('{{') && !text.includes('{%')) return { ok: true, template: { columns: [], render: () => ({ ok: true, text }) } };
  const rest = text.replaceAll(plainOutput, '');
  return rest.includes('{{') || rest.includes('{%') ? parseLiquid(text) : { ok: true, template: plain(text) };
}

function plain(text: string): Template {
  const parts = text.split(plainOutput); // texts at even places, names at odd ones
  return {
    columns: [...new Set(parts.filter((_, i) => i % 2 === 1))],
    joins: parts,
    render(columns) {
      let filled = parts[0] ?? '';
      for (let i = 1; i < parts.length; i += 2) {
        const name = parts[i] ?? '';
        if (!Object.hasOwn(columns, name)) return { ok: false, code: 'missing-column', column: name };
        filled += `${columns[name] ?? ''}${parts[i + 1] ?? ''}`;
      }
      return { ok: true, text: filled };
    },
  };
}

function parseLiquid(text: string): ParsedTemplate {
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    parseLimit: 2 * templateLimit,
    renderLimit: 200, // milliseconds
    memoryLimit: 1_000_000,
    templates: {}, // no files
  });
  for (const tag of Object.keys(liquid.tags)) delete liquid.tags[tag];
  let parsed: LiquidTemplate[];
  let columns: string[];
  try {
    parsed = liquid.parse(text);
    columns = liquid.globalVariablesSync(parsed);
  } catch {
    return { ok: false };
  }
  return {
    ok: true,
    template: {
      columns,
      render(values) {
        const missing = columns.find((column) => !Object.hasOwn(values, column));
        if (missing !== undefined) return { ok: false, code: 'missing-column', column: missing };
        try {
          return { ok: true, text: String(liquid.renderSync(parsed, values)) };
        } catch (error) {
          if (!LiquidError.is(error) && !(error instanceof Error)) throw error;
          return { ok: false, code: 'template-failed' };
        }
      },
    },
  };
}
