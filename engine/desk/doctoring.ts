/** The checks of `doctor` as a window asks for them: the data folder, each interface with its ports, and at the end phones on loopback. */
import { dirname } from 'node:path';
import { rehearse } from '../bench/rehearsal.js';
import type { StartPhones } from '../bench/virtual.js';
import type { Input, Output } from '../contract/calls.js';
import { examine } from '../network/doctor.js';
import { listPlaces } from '../network/places.js';
import { repair, type RepairOptions } from '../network/repair.js';
import { unreadyInterfaces } from '../network/unready.js';
import type { Clock } from '../services/service.js';
import { examineData } from '../store/doctor.js';
import { toldCheck } from './interfaces.js';

type Checks = Output<'doctor.run'>;

const ports = { dhcp: 67, tftp: 69, http: 80, syslog: 514 } as const;

export type DoctorOptions = {
  readonly dataFolder: string;
  readonly clock: Clock;
  /** The interface a bench serves on at the moment: its ports are taken, and rightly so. */
  readonly serving: string | undefined;
  readonly startPhones: StartPhones;
};

/** With an interface: that one, and the wire is asked for other DHCP servers (up to 5 s). Else all of them, without. */
export async function examineAll(
  { interface: name, phones = false }: Input<'doctor.run'>,
  { dataFolder, clock, serving, startPhones }: DoctorOptions,
): Promise<Checks> {
  const names = name === undefined ? [...new Set(listPlaces().map((place) => place.interface))] : [name];
  const checks = examineData(dataFolder, dirname(dataFolder)).filter(({ id }) => id === 'data');
  for (const each of names) {
    const found = await examine([each], { ports, clock, probe: name !== undefined && each !== serving });
    checks.push(...found.filter(({ id }) => each !== serving || !id.startsWith('port.')));
  }
  if (name === undefined) checks.push(...unreadyInterfaces());
  if (phones) checks.push(await rehearse({ clock, start: startPhones }));
  return checks.map(toldCheck);
}

/** Sets a remedy or takes it back; what was there before is kept among the settings. */
export async function repairAsTold(wish: Input<'doctor.repair'>, memory: RepairOptions['memory']): Promise<Output<'doctor.repair'>> {
  const { done, command, reason } = await repair(wish, { memory });
  return { done, command, reason: reason === null ? null : { code: reason.code, params: { ...reason.params } } };
}
