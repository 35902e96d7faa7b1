/**
 * The texts of a row as what they are put together of: its cells, each once, where a template only strings them together; a text that a
 * filter or a builder makes stands for itself. A cell is in many texts, so there is less to hand on and to write.
 */
import type { Template } from '../../profiles/template.js';
import { between } from '../pack.js';

/** A text of a row: a column of its own, or a template. */
type Text = { readonly tag: string; readonly slot?: { readonly template: Template } };

export type Cells = {
  /** The cells of a row of which these are the texts, joined by `between`. */
  of(columns: Readonly<Record<string, string>>, texts: readonly string[]): string;
  /** Its texts again. */
  texts(cells: readonly string[]): readonly string[];
};

/** Says which cells these texts are made of. */
export function cellsOf(made: readonly Text[]): Cells {
  const joins = made.map(({ tag, slot }) => (slot === undefined ? ['', tag, ''] : slot.template.joins));
  const columns = [...new Set(joins.flatMap((parts) => parts?.filter((_, i) => i % 2 === 1) ?? []))];
  const place = new Map(columns.map((column, i) => [column, i]));
  const whole = joins.flatMap((parts, i) => (parts === undefined ? [i] : []));
  // For each text: texts at even places and numbers of cells at odd ones, or the number of its own.
  const recipes = joins.map(
    (parts, i) => parts?.map((part, at) => (at % 2 === 0 ? part : (place.get(part) ?? -1))) ?? columns.length + whole.indexOf(i),
  );
  return {
    of: (row, texts) =>
      columns
        .map((column) => row[column] ?? '')
        .concat(whole.map((i) => texts[i] ?? ''))
        .join(between),
    texts: (cells) =>
      recipes.map((parts) =>
        typeof parts === 'number'
          ? (cells[parts] ?? '')
          : parts.map((part) => (typeof part === 'number' ? (cells[part] ?? '') : part)).join(''),
      ),
  };
}
