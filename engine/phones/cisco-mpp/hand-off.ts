/** The hand-off as data: every value that is in a phone for the bench's sake alone, and what stands in its place afterwards. */
import type { Recipe } from '../../profiles/job.js';
import type { BenchAddress, Compiled, HandOffValue, Parameter } from '../pack.js';
import { markerTag } from './bench-values.js';
import { bootstrapParameters } from './files.js';
import { keyTagsIn } from './keys.js';

/** In the order in which the phone got them. Of a tag that several files wrote, the last value counts. */
export function handOffValues(recipe: Recipe, compiled: Compiled, bench: BenchAddress): readonly HandOffValue[] {
  const { transport, encryption, device, handOff } = compiled;
  const keyTags = keyTagsIn(recipe);
  const after = new Map(handOff.map((parameter) => [parameter.tag, parameter]));
  const mark: Parameter = { tag: markerTag, value: '…', ua: 'na', origin: { from: 'bench', why: 'mark' } };
  const onBench = [...bootstrapParameters(recipe, bench, transport, 'device', { encryption, compiled }), ...device.filter(isOfBench), mark];
  return [...new Map(onBench.map((parameter) => [parameter.tag, parameter])).values()].map(({ tag, value }) => {
    const end = after.get(tag);
    // A key or directory that production uses is not written again: the one the device file brought stays.
    if (end === undefined && keyTags.has(tag)) return { tag, onBench: value, after: value, origin: { from: 'bench', why: 'key' } };
    return { tag, onBench: value, after: end?.value ?? '', origin: end?.origin ?? { from: 'pack', why: 'factory' } };
  });
}

function isOfBench({ origin }: Parameter): boolean {
  return origin?.from === 'bench';
}
