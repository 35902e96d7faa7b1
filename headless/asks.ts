/** `asks`: what each row's phone will ask for, on the bench and with the customer, in words. Exit 1 when a row cannot be served. */
import type { Ask } from '../engine/contract/ask.js';
import { spellMac } from '../engine/contract/mac.js';
import type { BenchAddress } from '../engine/phones/pack.js';
import { packNamed } from '../engine/phones/packs.js';
import { type Given, numberOf } from './arguments.js';
import { exitCode, exitCodeOf } from './exit.js';
import { readJobFiles } from './job-files.js';
import type { Output } from './output.js';
import type { Surroundings } from './surroundings.js';
import { askInWords, stageWords } from './words/asks.js';

/** Stands for the bench, whose address is not known before it runs (RFC 5737). */
export const someBench: BenchAddress = { address: '192.0.2.1', ports: { tftp: 69, http: 80, syslog: 514 } };

export async function asks(given: Given, output: Output, { environment }: Surroundings): Promise<number> {
  const only = numberOf(given, 'row', { min: 1, max: 1_000_000, whole: true }, undefined);
  const files = await readJobFiles(given, environment);
  for (const each of [only, files]) {
    if (each.ok) continue;
    output.refuse(each.refusal);
    return exitCodeOf(each.refusal);
  }
  if (!only.ok || !files.ok) return exitCode.usage;
  const { recipe, rows, problems } = files.value.job;
  const errors = problems.filter(({ severity }) => severity === 'error');
  for (const problem of errors) output.problem(problem);
  const pack = recipe === undefined ? undefined : packNamed(recipe.phones);
  if (recipe === undefined || pack === undefined) return exitCode.someDidNot;
  for (const row of rows) {
    if (only.value !== undefined && row.row !== only.value) continue;
    const { compiled } = pack.compile(recipe, row);
    if (compiled === undefined) continue;
    const found: readonly Ask[] = pack.asks(recipe, compiled, row, someBench);
    output.line({ type: 'asks', row: row.row, mac: row.mac, model: row.model, asks: found.map(copied) });
    output.say(`\n${row.mac === null ? 'no MAC yet' : spellMac(row.mac)}  ${row.model}  (line ${row.line} of the list)`);
    for (const stage of ['bench', 'production'] as const) {
      output.say(`  ${stageWords[stage]}`);
      for (const ask of found.filter((each) => each.stage === stage)) for (const words of askInWords(ask)) output.say(`    ${words}`);
    }
  }
  return errors.length === 0 ? exitCode.allPass : exitCode.someDidNot;
}

function copied(ask: Ask): Ask {
  return { ...ask, cases: ask.cases.map((each) => ({ ...each, sets: [...each.sets], options: [...each.options] })), on: [...ask.on] };
}
