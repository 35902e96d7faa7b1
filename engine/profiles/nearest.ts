/** The nearest right word to a wrong one, for suggestions. */

/** Longer candidates are nobody's wish. */
const width = 256;

/**
 * The candidate fewest keystrokes away, or null when none is near enough to offer. Upper and lower case count as equal, a pair
 * swapped as one keystroke (optimal string alignment). Near enough is a quarter of the length, three at most.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  return nearestOf(Array.from(candidates, asCandidate), word);
}

/** The same among candidates that are asked for again and again. */
export function nearestAmong(candidates: readonly string[]): (word: string) => string | null {
  const made = candidates.map(asCandidate);
  return (word) => nearestOf(made, word);
}

/** `letters`: which there are, a bit each. */
type Candidate = { readonly text: string; readonly lower: string; readonly letters: number };

function nearestOf(candidates: readonly Candidate[], word: string): string | null {
  const wanted = asCandidate(word.trim());
  const { length } = wanted.lower;
  if (length === 0 || length > 128) return null;
  let best: string | null = null;
  let fewest = Math.min(3, Math.max(1, Math.floor(length / 4))) + 1;
  for (const { text, lower, letters } of candidates) {
    if (Math.abs(lower.length - length) >= fewest) continue;
    if (bits(letters ^ wanted.letters) > 2 * (fewest - 1)) continue; // a keystroke takes one letter and gives one at most
    const strokes = distance(wanted.lower, lower, fewest);
    if (strokes < fewest) [best, fewest] = [text, strokes];
    if (fewest === 0) break;
  }
  return best;
}

function asCandidate(text: string): Candidate {
  const lower = text.slice(0, width).toLowerCase();
  let letters = 0;
  for (let i = 0; i < lower.length; i++) letters |= 1 << (lower.charCodeAt(i) & 31);
  return { text, lower: text.length > width ? `${lower}${' '.repeat(width)}` : lower, letters };
}

/** How many are set. */
function bits(of: number): number {
  let left = of;
  let count = 0;
  for (; left !== 0; count++) left &= left - 1;
  return count;
}

/** Rows of the table below, used again and again: a file of ten thousand strange tags is compared with three thousand known ones each. */
const rows = [new Uint8Array(width), new Uint8Array(width), new Uint8Array(width)] as const;

/**
 * Optimal string alignment distance; gives up with `limit` as soon as it can't be smaller. Only the band around the diagonal is looked at:
 * beyond it every cell is `limit` or more. Texts of 128 characters at most.
 */
function distance(from: string, to: string, limit: number): number {
  if (to.length >= width) return limit;
  let before: Uint8Array = rows[0];
  let previous: Uint8Array = rows[1];
  let row: Uint8Array = rows[2];
  for (let j = 0; j <= to.length; j++) previous[j] = Math.min(j, limit);
  for (let i = 1; i <= from.length; i++) {
    const [first, last] = [Math.max(1, i - limit), Math.min(to.length, i + limit)];
    row[first - 1] = first === 1 ? Math.min(i, limit) : limit;
    let least = limit;
    for (let j = first; j <= last; j++) {
      const same = from.charCodeAt(i - 1) === to.charCodeAt(j - 1) ? 0 : 1;
      const above = j === i + limit ? limit : (previous[j] ?? limit);
      let cell = Math.min(above + 1, (row[j - 1] ?? limit) + 1, (previous[j - 1] ?? limit) + same, limit);
      if (isSwapped(from, i, to, j)) cell = Math.min(cell, (before[j - 2] ?? limit) + 1);
      row[j] = cell;
      if (cell < least) least = cell;
    }
    if (least >= limit) return limit;
    [before, previous, row] = [previous, row, before];
  }
  return Math.abs(from.length - to.length) >= limit ? limit : (previous[to.length] ?? limit);
}

/** The pair that ends there stands the other way round. */
function isSwapped(from: string, i: number, to: string, j: number): boolean {
  return i > 1 && j > 1 && from.charCodeAt(i - 1) === to.charCodeAt(j - 2) && from.charCodeAt(i - 2) === to.charCodeAt(j - 1);
}
