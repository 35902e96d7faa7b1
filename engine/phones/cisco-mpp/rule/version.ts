/** Software versions as rules compare them (facts section 3.3): the numbers count, the model before them does not. */

/** Below 0 when `one` is older than `other`, 0 when equal, above when newer; undefined when either holds no number. */
export function compareVersions(one: string, other: string): number | undefined {
  const [a, b] = [numbers(one), numbers(other)];
  if (a.length === 0 || b.length === 0) return undefined;
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** `sip88xx.12-0-7MPP0101-52` is 12, 0, 7, 101, 52. The prefix ends at a dot that follows a letter, with digits or not. */
function numbers(version: string): readonly number[] {
  const own = version.trim().replace(/^[A-Za-z][A-Za-z0-9]*\./, '');
  return (own.match(/\d{1,9}/g) ?? []).map(Number);
}
