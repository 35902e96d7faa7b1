/**
 * Who hands out leases in the figures, and the clients that ask (`load/dhcpload.c`). Ours is the built `run` with its lease store,
 * journal, policy and address checks; Kea keeps its leases in a file. Neither side is pinned to a CPU: how both share the machine is
 * part of the measure.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Program } from '../../interop/namespaces.js';
import type { Contestant } from '../figure.js';
import { oneRow, type PerfLab } from '../lab.js';

const result = z.object({
  bound: z.int(),
  seconds: z.number(),
  rate: z.number(),
  repeats: z.int(),
  naks: z.int(),
  twice: z.int(),
});
type Load = z.infer<typeof result>;

const range = '10.77.16.0-10.77.79.255';
const needed = ['cc', 'kea-dhcp4'] as const;

/** Why the machine can't say. */
export function lacking(lab: PerfLab, fourMiB: boolean): string | undefined {
  const missing = needed.filter((program) => !lab.has(program));
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  return fourMiB && lab.rmemMax < 4 << 20 ? `net.core.rmem_max is ${lab.rmemMax}, less than 4 MiB` : undefined;
}

/** Ours and Kea; `asked` are the options of the load, `judge` makes the value of what it gave. */
export function dhcpContestants(lab: PerfLab, asked: readonly string[], judge: (load: Load) => number): readonly Contestant[] {
  const run = async (server: Program): Promise<number> => {
    await using _serving = server;
    // Warm, other MACs: the rate of a bench that has been at work for some cartons, not of a program's first half second; the same for both.
    await load(lab, ['-h', '-n', '800', '-w', '64', '-m', '200', '-o', '1000', '-t', '5']);
    const taken = await load(lab, asked);
    if (taken.twice > 0) throw new Error(`${taken.twice} addresses were leased twice`);
    return judge(taken);
  };
  return [
    { name: 'ours', run: async () => run(await ours(lab)) },
    { name: 'kea', run: async () => run(await kea(lab)) },
  ];
}

async function load(lab: PerfLab, options: readonly string[]): Promise<Load> {
  const { stdout } = await lab.runClient([lab.load('dhcpload'), '-i', lab.client.device, ...options], { cpus: 'any' });
  return result.parse(JSON.parse(stdout));
}

function ours(lab: PerfLab): Promise<Program> {
  return lab.bench(['--csv', oneRow(lab.folder), '--unlisted', 'any', '--pool', range], { cpus: 'any', unread: true });
}

async function kea(lab: PerfLab): Promise<Program> {
  const folder = mkdtempSync(join(lab.folder, 'kea-'));
  const file = join(folder, 'kea.json');
  const text = (name: string, data: string) => ({ name, data });
  const configuration = {
    Dhcp4: {
      'interfaces-config': { interfaces: [lab.server.device], 'dhcp-socket-type': 'raw' },
      'lease-database': { type: 'memfile', persist: true, name: join(folder, 'leases.csv'), 'lfc-interval': 0 },
      'multi-threading': { 'enable-multi-threading': false },
      'valid-lifetime': 3600,
      'renew-timer': 1800,
      'rebind-timer': 3150,
      'option-data': [
        text('routers', '10.77.0.1'),
        text('domain-name-servers', '10.77.0.1'),
        text('ntp-servers', '10.77.0.1'),
        text('tftp-server-name', 'http://10.77.0.1:8080/p/'),
        text('boot-file-name', '{mac}.xml'),
      ],
      subnet4: [{ id: 1, subnet: '10.77.0.0/16', interface: lab.server.device, pools: [{ pool: range.replace('-', ' - ') }] }],
      loggers: [{ name: 'kea-dhcp4', severity: 'ERROR', output_options: [{ output: join(folder, 'kea.log') }] }],
    },
  };
  writeFileSync(file, JSON.stringify(configuration));
  const env = { KEA_PIDFILE_DIR: folder, KEA_LOCKFILE_DIR: 'none' };
  const program = lab.spawnServer(['kea-dhcp4', '-c', file], { cpus: 'any', env });
  // It has a packet socket, which no table of ports shows: a client that gets a lease is the sign.
  await lab.until('kea', program, async () => (await load(lab, ['-n', '1', '-m', '250', '-o', '100', '-t', '0.3'])).bound === 1);
  return program;
}
