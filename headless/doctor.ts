/** `doctor`: the interlocks and readiness checks, each with its remedy. */
import { unreadyInterfaces } from '../engine/network/unready.js';
import { rehearse } from '../engine/bench/rehearsal.js';
import type { Line } from '../engine/contract/lines.js';
import type { Check, Remedy } from '../engine/contract/problem.js';
import { examine } from '../engine/network/doctor.js';
import { listPlaces } from '../engine/network/places.js';
import { repair } from '../engine/network/repair.js';
import { systemClock } from '../engine/services/service.js';
import { openDatabase } from '../engine/store/database.js';
import { examineData } from '../engine/store/doctor.js';
import { Settings } from '../engine/store/settings.js';
import { choiceOf, type Given, portsOf, textOf, usage } from './arguments.js';
import { exitCode, exitCodeOf } from './exit.js';
import type { Output } from './output.js';
import { dataFolder, keyFile } from './places.js';
import type { Surroundings } from './surroundings.js';
import { VirtualPhones } from './virtual-phones.js';
import { describeCode } from './words.js';
import { checkNames } from './words/checks.js';
import { counted } from '../engine/contract/english/counted.js';

const stateWords = { ok: 'ok', warn: 'WARN', stop: 'STOP' } as const;

/** Exit 0 when nothing stops a bench, 3 when an interlock does, 4 when a port or something else is missing. */
export async function doctor(given: Given, output: Output, { environment, phonesProgram }: Surroundings): Promise<number> {
  if (given['repair'] !== undefined || given['undo'] === true) return doctorRepair(given, output, environment);
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
  if (name === undefined) checks.push(...unreadyInterfaces());
  checks.push(await rehearse({ clock: systemClock, start: (args) => new VirtualPhones(phonesProgram, args) }));
  tell(checks, name, output, ourName(environment));
  output.say(`\n${conclusion(checks)}`);
  if (name === undefined)
    output.say('Name the interface of the bench switch with --interface to look for other DHCP servers there as well (5 s).');
  const stops = checks.filter(({ state }) => state === 'stop');
  if (stops.some(({ code }) => interlocks.has(code))) return exitCode.interlock;
  return stops.length > 0 ? exitCode.missing : exitCode.allPass;
}

/** Each check: its state, what it means, what to do and how to take that back, the same advice once. */
function tell(checks: readonly Check[], name: string | undefined, output: Output, our: string): void {
  const told = new Set<string>();
  const once = (text: string): void => {
    if (!told.has(text)) output.say(`${' '.repeat(28)}${text}`);
    told.add(text);
  };
  output.say('This computer');
  for (const { id, state, code, params, remedy } of checks) {
    output.line({ type: 'check', id, state, code, params: { ...params }, ...(remedy === undefined ? {} : { remedy: toldRemedy(remedy) }) });
    if (id === 'rehearsal') output.say('');
    if (id === 'interface') output.say(`\nInterface ${String(params['interface'] ?? '')}`);
    output.say(`  ${stateWords[state].padEnd(4)}  ${(checkNames[id] ?? id).padEnd(18)}  ${describeCode(code, params)}`);
    for (const words of [remedy?.act, remedy?.undo]) if (words !== undefined) once(describeCode(words.code, words.params));
    if (remedy?.repair === undefined || remedy.act === undefined) continue;
    const where = remedy.repair === 'ports' ? '' : ` --interface ${String(params['interface'] ?? name ?? 'NAME')}`;
    once(`${our} doctor --repair ${remedy.repair}${where}`);
  }
}

/** How this program is called where it runs: npm says so, or it is installed. */
function ourName(environment: Surroundings['environment']): string {
  return environment['npm_lifecycle_event'] === 'benchtone' ? 'npm run -s benchtone --' : 'benchtone';
}

/** Checks that keep a bench from doing harm; what else stops is missing. */
const interlocks: ReadonlySet<string> = new Set([
  'interface.default-route',
  'interface.wifi',
  'interface.vpn',
  'dhcp.foreign',
  'dhcp.foreign-here',
]);

function toldRemedy({ act, undo, repair: kind }: Remedy): Extract<Line, { type: 'check' }>['remedy'] {
  const told = (coded: Coded): { code: string; params: Record<string, string | number> } => ({
    code: coded.code,
    params: { ...coded.params },
  });
  return {
    ...(act === undefined ? {} : { act: told(act) }),
    ...(undo === undefined ? {} : { undo: told(undo) }),
    ...(kind === undefined ? {} : { repair: kind }),
  };
}

type Coded = NonNullable<Remedy['act']>;

/** `--repair`: exit 0 when it is done, 4 when a person has to do it. */
async function doctorRepair(given: Given, output: Output, environment: Surroundings['environment']): Promise<number> {
  const remedy = choiceOf(given, 'repair', ['ports', 'firewall'] as const);
  const wanted = !remedy.ok ? remedy : remedy.value === undefined ? usage('usage.missing', { option: '--repair' }) : undefined;
  const name = textOf(given, 'interface') ?? '';
  const lacking =
    wanted ?? (remedy.ok && remedy.value === 'firewall' && name === '' ? usage('usage.missing', { option: '--interface' }) : undefined);
  const opened = lacking ?? openDatabase(dataFolder(environment, textOf(given, 'data')));
  if (!opened.ok || !remedy.ok || remedy.value === undefined) {
    const refusal = opened.ok ? usage('usage.missing', { option: '--repair' }).refusal : opened.refusal;
    output.refuse(refusal);
    return exitCodeOf(refusal);
  }
  using database = opened.value;
  const wish = { remedy: remedy.value, undo: given['undo'] === true, interface: name };
  const { done, command, reason } = await repair(wish, { memory: new Settings(database) });
  output.line({ type: 'repaired', done, command, reason: reason === null ? null : { code: reason.code, params: { ...reason.params } } });
  output.say(reason === null ? 'Done.' : describeCode(reason.code, reason.params));
  return done ? exitCode.allPass : exitCode.missing;
}

/** What follows from the checks, in one sentence. */
function conclusion(checks: readonly Check[]): string {
  const of = (wanted: Check['state']): number => checks.filter(({ state }) => state === wanted).length;
  if (of('stop') > 0) return `${counted(of('stop'), 'check')} would stop a bench: see STOP above.`;
  return of('warn') > 0 ? 'Nothing stops a bench; read the warnings above first.' : 'Nothing stops a bench here.';
}
