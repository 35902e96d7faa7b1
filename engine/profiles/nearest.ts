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

/** Optimal string alignment distance; gives up with `limit` as soon as it can't be smaller. */
function distance(from: string, to: string, limit: number): number {
  let before: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      let cell = Math.min(at(previous, j) + 1, at(row, j - 1) + 1, at(previous, j - 1) + same);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) cell = Math.min(cell, at(before, j - 2) + 1);
      row.push(cell);
      least = Math.min(least, cell);
    }
    if (least >= limit) return limit;
    [before, previous] = [previous, row];
  }
  return at(previous, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
