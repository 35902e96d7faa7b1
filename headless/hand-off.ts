/** `handoff`: every value that is in a phone for the bench alone, and what stands in its place when it leaves. */
import { handOffRows } from '../engine/desk/hand-off.js';
import type { HandOffRow } from '../engine/contract/hand-off-calls.js';
import { packNamed } from '../engine/phones/packs.js';
import { type Given, numberOf } from './arguments.js';
import { exitCode, exitCodeOf } from './exit.js';
import { readJobFiles } from './job-files.js';
import type { Output } from './output.js';
import type { Surroundings } from './surroundings.js';

/** Of the row named, else of the first that can be served. Exit 1 when there is none. */
export async function handOff(given: Given, output: Output, { environment }: Surroundings): Promise<number> {
  const wanted = numberOf(given, 'row', { min: 1, max: 1_000_000, whole: true }, undefined);
  const read = await readJobFiles(given, environment);
  for (const each of [wanted, read]) {
    if (each.ok) continue;
    output.refuse(each.refusal);
    return exitCodeOf(each.refusal);
  }
  if (!wanted.ok || !read.ok) return exitCode.usage;
  const { recipe, rows, problems } = read.value.job;
  for (const problem of problems) output.problem(problem);
  const row = rows.find((each) => wanted.value === undefined || each.row === wanted.value);
  const compiled = recipe === undefined || row === undefined ? undefined : packNamed(recipe.phones)?.compile(recipe, row).compiled;
  if (recipe === undefined || row === undefined || compiled === undefined) return exitCode.someDidNot;
  const values = handOffRows(recipe, compiled, () => 'waiting').map(({ state: _state, ...value }) => value);
  output.line({ type: 'handOff', row: row.row, mac: row.mac, model: row.model, values: [...values] });
  if (!output.json) for (const line of table(values)) output.say(line);
  output.say(`Row ${row.row}, ${row.model}: a phone is sealed when its own page shows none of these ${values.length} any more`);
  return exitCode.allPass;
}

const words: Readonly<Record<HandOffRow['by'], string>> = {
  factory: "the factory's value",
  recipe: 'the recipe',
  row: 'the list',
  key: 'kept: production uses it',
};

function table(values: readonly Omit<HandOffRow, 'state'>[]): string[] {
  const cells = values.map(({ tag, onBench, after, by, place }) => [
    tag,
    onBench,
    after === '' ? '(empty)' : after,
    place === null ? words[by] : `${words[by]}: ${place}`,
  ]);
  const lines = [['parameter', 'on the bench', 'afterwards', 'because of'], ...cells];
  const widths = [0, 1, 2].map((column) => Math.min(60, Math.max(...lines.map((line) => line[column]?.length ?? 0))));
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
