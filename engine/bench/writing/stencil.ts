/**
 * A text of many files, cut where they differ: `pieces` are the same in all of them, between two of them stands one of a row's texts,
 * whose number `holes` says. It is cut out of a file that was made of marks in place of texts, so it is never another file than the pack's.
 */
import { randomBytes } from 'node:crypto';

export type Stencil = { readonly pieces: readonly string[]; readonly holes: readonly number[] };

/** So many marks that nobody has written before: 64 hexadecimal digits each, which stand in a document as they are. */
export function newMarks(count: number): readonly string[] {
  const own = randomBytes(24).toString('hex');
  return Array.from({ length: count }, (_, i) => `${own}${i.toString(16).padStart(16, '0')}`);
}

/** Cuts a text at the marks in it, which are of letters, digits, `-` and `_`. */
export function cutAt(text: string, marks: readonly string[]): Stencil {
  if (marks.length === 0) return { pieces: [text], holes: [] };
  const numbers = new Map(marks.map((mark, i) => [mark, i]));
  const parts = text.split(new RegExp(`(${marks.join('|')})`)); // pieces at even places, marks at odd ones
  return {
    pieces: parts.filter((_, i) => i % 2 === 0),
    holes: parts.flatMap((part, i) => (i % 2 === 1 ? (numbers.get(part) ?? []) : [])),
  };
}

/** The text with a row's texts in their places, as they are written in XML. */
export function fillStencil({ pieces, holes }: Stencil, written: readonly string[]): string {
  let filled = pieces[0] ?? '';
  for (let i = 0; i < holes.length; i += 1) filled += (written[holes[i] ?? -1] ?? '') + (pieces[i + 1] ?? '');
  return filled;
}
