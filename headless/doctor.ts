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
import { checkWords, describeCode } from './words.js';

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
  for (const { id, state, code, params } of checks) {
    output.line({ type: 'check', id, state, code, params: { ...params } });
    output.say(`${checkWords[state].padEnd(5)} ${id}: ${describeCode(code, params)}`);
  }
  return checks.some(({ state }) => state === 'stop') ? exitCode.interlock : exitCode.allPass;
}
