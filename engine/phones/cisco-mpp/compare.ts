/**
 * What a read-back proves. Tags only go out of here, never values.
 *
 * A phone hides its passwords, so a secret proves nothing and is not asked for. Any other parameter has to be there and hold what was
 * written, in the form the phone stores; what only some models or releases have, and what the recipe takes responsibility for, may lack.
 */
import { reveal } from '../../contract/secret.js';
import type { BenchAddress, Comparison, Compiled, Parameter } from '../pack.js';
import { baseUrl, benchTags, benchValues, markerTag } from './bench-values.js';
import { benchRules, ruledBy } from './bench-rules.js';
import { directoryTag, keyTagOf } from './keys.js';
import { normalise, readConfiguration } from './configuration.js';
import { findParameter } from './parameters.js';

type Shown = ReadonlyMap<string, string>;

/** Judges a read-back; undefined when the body is no configuration. Never throws. */
export function compare(
  body: string,
  compiled: Compiled,
  stage: 'device' | 'handOff',
  marker: string,
  bench: BenchAddress,
): Comparison | undefined {
  const shown = readConfiguration(body);
  if (shown === undefined) return undefined;
  const found = shown.get(markerTag) ?? '';
  const judged = found === '' ? 'absent' : found === marker ? 'equal' : 'differs';
  const differs = (parameter: Parameter): boolean => isDifferent(parameter, shown);
  if (stage === 'device') return { marker: judged, differing: compiled.device.filter(differs).map(({ tag }) => tag), left: [] };

  const final = new Map([...compiled.device, ...compiled.handOff].map((parameter) => [parameter.tag, parameter]));
  const left = benchValuesIn(shown, final, bench, compiled);
  const differing = [...final.values()].filter((parameter) => !left.includes(parameter.tag) && differs(parameter)).map(({ tag }) => tag);
  return { marker: judged, differing, left };
}

function isDifferent({ tag, value, ua }: Parameter, shown: Shown): boolean {
  const known = findParameter(tag)?.known;
  if (known?.readable === 'never') return false;
  const found = shown.get(tag);
  const written = normalise(reveal(value));
  if (found === undefined) return known?.readable === 'always' && written !== '';
  // Documents disagree on what an emptied one holds: nothing, the factory's value, or with `rw` the user's own (facts section 2.1).
  if (written === '') return found !== '' && found !== known?.default && ua !== 'rw';
  return known?.kind === 'flag' || /^(?:yes|no)$/i.test(written) ? found.toLowerCase() !== written.toLowerCase() : found !== written;
}

/** The tags of the bench's own that still hold its value, and any rule or server that still names it. */
function benchValuesIn(shown: Shown, final: ReadonlyMap<string, Parameter>, bench: BenchAddress, compiled: Compiled): string[] {
  const ours = new Map<string, Set<string>>();
  const { encryption, keys } = compiled;
  const note = (tag: string, value: string): void => void ours.set(tag, (ours.get(tag) ?? new Set()).add(value));
  for (const transport of ['http', 'tftp'] as const)
    for (const next of ['install', 'device', 'handOff'] as const)
      for (const { text } of benchRules(bench, { ...ruledBy(compiled), transport }, next))
        for (const [tag, value] of benchValues(bench, text)) note(tag, value);
  if (encryption !== undefined && keys !== undefined)
    for (const { key, directory } of [keys.bench, keys.customer, ...keys.former]) {
      note(keyTagOf(encryption), key.reveal());
      note(directoryTag, directory.reveal());
    }
  const owned: ReadonlySet<string> = new Set(benchTags);
  const names = (value: string): boolean => namesBench(value, bench);

  return [...shown]
    .filter(([tag, value]) => {
      const wanted = final.get(tag);
      if (value === '' || (wanted !== undefined && normalise(reveal(wanted.value)) === value)) return false;
      if (tag === markerTag || ours.get(tag)?.has(value) === true) return true;
      const kind = findParameter(tag)?.known.kind;
      return (owned.has(tag) || kind === 'rule' || kind === 'url' || tag === 'Syslog_Server' || tag === 'Debug_Server') && names(value);
    })
    .map(([tag]) => tag);
}

/** True for a value that holds the bench's address as an address of its own (`10.0.0.1`, not part of `110.0.0.10`). */
function namesBench(value: string, bench: BenchAddress): boolean {
  if (value.includes(`${baseUrl(bench, 'http')}/`) || value.includes(`${baseUrl(bench, 'tftp')}/`)) return true;
  for (let at = value.indexOf(bench.address); at !== -1; at = value.indexOf(bench.address, at + 1)) {
    const [before, after] = [value.charAt(at - 1), value.charAt(at + bench.address.length)];
    if (!/[\d.]/.test(before) && !/\d/.test(after)) return true;
  }
  return false;
}
