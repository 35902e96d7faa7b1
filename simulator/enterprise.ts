/** A phone with the enterprise image: it asks a call manager's TFTP server for files of its own and takes nothing else. */
import type { Clock } from './clock.js';
import type { Lease } from './dhcp-client.js';
import { luckOf } from './faults.js';
import type { Place } from './place.js';
import type { Random } from './random.js';
import { isReachableName, optionValues, readUrl, standardPort } from './rules.js';
import { readByTftp } from './tftp-client.js';

export type EnterpriseSetup = { readonly mac: string; readonly clock: Clock; readonly place: Place; readonly random: Random };

/** Option 60, with the NUL that Cisco sends. */
export function enterpriseVendorClass(model: string): string {
  return `Cisco Systems, Inc. IP Phone CP-${model}\0`;
}

/** Host name, and the stem of its files. */
export function enterpriseName(mac: string): string {
  return `SEP${mac.toUpperCase()}`;
}

/** Asks, in vain, every half minute of phone time, until the signal aborts. */
export async function seekCallManager(setup: EnterpriseSetup, lease: Lease, signal: AbortSignal): Promise<void> {
  const { clock, place } = setup;
  const name = enterpriseName(setup.mac);
  const luck = luckOf(undefined, setup.random);
  const server = findServer(lease);
  while (!signal.aborted) {
    for (const file of [`CTL${name}.tlv`, `ITL${name}.tlv`, `${name}.cnf.xml`, 'XMLDefault.cnf.xml']) {
      if (server === undefined || !place.mayReach(server.host, lease)) break;
      await readByTftp({ ...server, file, localAddress: lease.address, blockSize: undefined, clock, luck, signal, breakOff: false });
    }
    await clock.sleep(30_000, signal);
  }
}

/** Option 66 where it is an address or a tftp URL, else option 150. */
function findServer(lease: Lease): { readonly host: string; readonly port: number } | undefined {
  for (const value of optionValues('66,150', lease.options)) {
    if (isReachableName(value)) return { host: value, port: standardPort.tftp };
    const url = readUrl(value);
    if (url?.scheme === 'tftp' && isReachableName(url.host)) return { host: url.host, port: url.port };
  }
  return undefined;
}
