/** `doctor`: the interlocks and readiness checks, each with its remedy. */
import type { Check } from '../engine/contract/problem.js';
import { examine } from '../engine/network/doctor.js';
import { listPlaces } from '../engine/network/places.js';
import { systemClock } from '../engine/services/service.js';
import { examineData } from '../engine/store/doctor.js';
import { type Given, portsOf, textOf } from './arguments.js';
import { exitCode, exitCodeOf } from './exit.js';
import type { Output } from './output.js';
import { dataFolder, keyFile } from './places.js';
import type { Surroundings } from './surroundings.js';
import { describeCode } from './words.js';
import { checkNames } from './words/checks.js';
import { counted } from './words/fill.js';

const stateWords = { ok: 'ok', warn: 'WARN', stop: 'STOP' } as const;

/** Exit 0 when nothing stops a bench, 3 when something does. */
export async function doctor(given: Given, output: Output, { environment }: Surroundings): Promise<number> {
  const ports = portsOf(given);
  if (!ports.ok) {
    output.refuse(ports.refusal);
    return exitCodeOf(ports.refusal);
  }
  const name = textOf(given, 'interface');
  const names = name === undefined ? [...new Set(listPlaces().map((place) => place.interface))] : [name];
  const address = textOf(given, 'address');
  const checks: Check[] = [...examineData(dataFolder(environment, textOf(given, 'data')), keyFile(environment))];
  checks.push(
    ...(await examine(names, {
      ports: ports.value,
      clock: systemClock,
      probe: name !== undefined,
      ...(address === undefined ? {} : { address }),
    })),
  );
  output.say('This computer');
  for (const { id, state, code, params } of checks) {
    output.line({ type: 'check', id, state, code, params: { ...params } });
    if (id === 'interface') output.say(`\nInterface ${String(params['interface'] ?? '')}`);
    output.say(`  ${stateWords[state].padEnd(4)}  ${(checkNames[id] ?? id).padEnd(18)}  ${describeCode(code, params)}`);
  }
  output.say(`\n${conclusion(checks)}`);
  if (name === undefined)
    output.say('Name the interface of the bench switch with --interface to look for other DHCP servers there as well (5 s).');
  return checks.some(({ state }) => state === 'stop') ? exitCode.interlock : exitCode.allPass;
}

/** What follows from the checks, in one sentence. */
function conclusion(checks: readonly Check[]): string {
  const of = (wanted: Check['state']): number => checks.filter(({ state }) => state === wanted).length;
  if (of('stop') > 0) return `${counted(of('stop'), 'check')} would stop a bench: see STOP above.`;
  return of('warn') > 0 ? 'Nothing stops a bench; read the warnings above first.' : 'Nothing stops a bench here.';
}
