/** `profiles --row`: the files of one row's phone as text, or with the origin of every value; secrets masked unless they are asked for. */
import { type ShownFile, showFiles, someBench } from '../engine/bench/showing.js';
import { packNamed } from '../engine/phones/packs.js';
import { newPhoneKeys } from '../engine/profiles/phone-keys.js';
import { type Given, numberOf, usage } from './arguments.js';
import { exitCode, exitCodeOf } from './exit.js';
import { readJobFiles } from './job-files.js';
import type { Output } from './output.js';
import type { Surroundings } from './surroundings.js';
import { describeOrigin } from './words/origins.js';

const mostRows = 50_000;

/** Exit 1 when the row cannot be served: it has an error, which is told. */
export async function explain(given: Given, output: Output, { environment }: Surroundings): Promise<number> {
  const wanted = numberOf(given, 'row', { min: 1, max: mostRows, whole: true }, 1);
  const read = await readJobFiles(given, environment);
  for (const each of [wanted, read]) {
    if (each.ok) continue;
    output.refuse(each.refusal);
    return exitCodeOf(each.refusal);
  }
  if (!wanted.ok || !read.ok) return exitCode.usage;
  const { recipe, rows, problems } = read.value.job;
  const row = rows.find((each) => each.row === wanted.value);
  for (const problem of problems) if (problem.line === null || row === undefined || problem.line === row.line) output.problem(problem);
  const pack = recipe === undefined ? undefined : packNamed(recipe.phones);
  const compiled = recipe === undefined || row === undefined ? undefined : pack?.compile(recipe, row).compiled;
  if (recipe === undefined || pack === undefined || row === undefined || compiled === undefined) {
    output.refuse(noRow(wanted.value, read.value.job.written.length).refusal);
    return exitCode.someDidNot;
  }
  const whole = compiled.encryption === undefined ? compiled : pack.withKeys(compiled, newPhoneKeys());
  const revealed = given['reveal'] === true;
  for (const file of showFiles({ pack, recipe, compiled: whole, mac: row.mac, bench: someBench, revealed }))
    tell(file, row.row, given['explain'] === true, output);
  return exitCode.allPass;
}

/** Why there is nothing to show of a row. */
function noRow(row: number, rows: number): ReturnType<typeof usage> {
  return usage('usage.no-row', { row, ...(rows > 0 && row > rows ? { rows } : {}) });
}

function tell({ file, path, text, packed, parameters }: ShownFile, row: number, withOrigins: boolean, output: Output): void {
  output.line({ type: 'file', row, file, path, ...packed, text });
  const how = [packed.gzip ? 'gzip' : undefined, packed.encrypted ? 'encrypted' : undefined].filter((each) => each !== undefined);
  output.say(`\n== ${path}${how.length === 0 ? '' : ` (${how.join(', ')})`}`);
  if (!withOrigins) return output.say(text.trimEnd());
  const width = Math.max(...parameters.map(({ tag }) => tag.length), 1);
  for (const { tag, value, ua, secret, origin } of parameters) {
    output.line({ type: 'value', row, file, tag, value, ua, secret, origin: describeOrigin(origin) });
    output.say(`${tag.padEnd(width)}  ${value === '' ? '(empty)' : value}${ua === 'na' ? '' : ` [${ua}]`}  – ${describeOrigin(origin)}`);
  }
}
