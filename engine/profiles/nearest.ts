/** The nearest right word to a wrong one, for suggestions. */

/**
 * The candidate fewest keystrokes away, or null when none is near enough to offer. Upper and lower case count as equal, a pair
 * swapped as one keystroke (optimal string alignment). Near enough is a quarter of the length, three at most.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const wanted = word.trim().toLowerCase();
  if (wanted === '' || wanted.length > 128) return null;
  let best: string | null = null;
  let fewest = Math.min(3, Math.max(1, Math.floor(wanted.length / 4))) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= fewest) continue;
    const strokes = distance(wanted, candidate.toLowerCase(), fewest);
    if (strokes < fewest) [best, fewest] = [candidate, strokes];
    if (fewest === 0) break;
  }
  return best;
}

/** Rows of the table below, used again and again: a file of ten thousand strange tags is compared with three thousand known ones each. */
const width = 256;
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
