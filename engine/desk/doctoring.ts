/** The checks of `doctor` as a window asks for them: the data folder, and each interface with its ports. */
import { dirname } from 'node:path';
import type { Output } from '../contract/calls.js';
import { examine } from '../network/doctor.js';
import { listPlaces } from '../network/places.js';
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
};

/** With an interface: that one, and the wire is asked for other DHCP servers (up to 5 s). Else all of them, without. */
export async function examineAll(name: string | undefined, { dataFolder, clock, serving }: DoctorOptions): Promise<Checks> {
  const names = name === undefined ? [...new Set(listPlaces().map((place) => place.interface))] : [name];
  const checks = examineData(dataFolder, dirname(dataFolder)).filter(({ id }) => id === 'data');
  for (const each of names) {
    const found = await examine([each], { ports, clock, probe: name !== undefined && each !== serving });
    checks.push(...found.filter(({ id }) => each !== serving || !id.startsWith('port.')));
  }
  return checks.map(toldCheck);
}
