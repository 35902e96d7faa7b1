/**
 * Who serves files over TFTP in the figures, each on CPU 0 of the server's side, and the client that asks (`load/tftpload.c`: one thread, many
 * transfers, every byte compared). Ours is `run --files`, so with its policy, observations and journal.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Program } from '../../interop/namespaces.js';
import type { Contestant } from '../figure.js';
import { oneRow, type PerfLab } from '../lab.js';

type Peer = 'dnsmasq' | 'tftpd-hpa' | 'atftpd' | 'npm-tftp';
type Asked = {
  readonly clients: number;
  readonly file: 'firmware.bin' | 'profile.cfg';
  readonly window?: number;
  /** Seconds after which it is cut short: for rates. */
  readonly seconds: number;
  /** Per cent of DATA and ACK lost on the client's side. */
  readonly loss?: number;
};

const sizes = { 'firmware.bin': 4 * 1024 * 1024, 'profile.cfg': 20 * 1024 };

const result = z.object({
  ok: z.int(),
  fail: z.int(),
  partial: z.int(),
  secs: z.number(),
  kblk_s: z.number(),
  rex: z.int(),
  wneg: z.int(),
  err: z.string(),
});
export type Load = z.infer<typeof result>;

/** Ours and the peers; `judge` makes the value of what one run of the load gave, or throws. */
export function tftpContestants(
  lab: PerfLab,
  peers: readonly Peer[],
  asked: Asked,
  judge: (load: Load, name: string) => number,
): Contestant[] {
  const folder = join(lab.folder, 'tftp');
  mkdirSync(folder, { recursive: true });
  for (const [name, size] of Object.entries(sizes)) writeFileSync(join(folder, name), randomBytes(size), { flag: 'w' });
  return (['ours', ...peers] as const).map((name) => ({
    name,
    async run() {
      await using _serving = await starters[name](lab, folder);
      await load(lab, folder, { clients: 1, file: 'profile.cfg', seconds: 3 }, 20); // warm
      return judge(await load(lab, folder, asked, asked.clients), name);
    },
  }));
}

/** The rate of a run in which nothing failed. */
export function rate({ fail, err, kblk_s }: Load): number {
  if (fail > 0) throw new Error(`${fail} transfers failed: ${err}`);
  return kblk_s;
}

async function load(lab: PerfLab, folder: string, { clients, file, window = 1, seconds, loss = 0 }: Asked, all: number): Promise<Load> {
  const options = { s: lab.server.address, f: file, F: join(folder, file), n: clients, T: all, b: 1428, w: window, t: seconds, L: loss };
  const argv = Object.entries(options).flatMap(([name, value]) => [`-${name}`, String(value)]);
  const { stdout } = await lab.runClient(['sh', '-c', '"$@" || true', 'sh', lab.load('tftpload'), ...argv]);
  return result.parse(JSON.parse(stdout));
}

type Starter = (lab: PerfLab, folder: string) => Promise<Program>;

const starters: Readonly<Record<'ours' | Peer, Starter>> = {
  ours: (lab, folder) => lab.bench(['--csv', oneRow(lab.folder), '--unlisted', 'any', '--no-dhcp', '--files', folder]),
  dnsmasq: (lab, folder) =>
    program(
      lab,
      'dnsmasq',
      `-k --conf-file=/dev/null --port=0 --enable-tftp --tftp-root=${folder} --tftp-max=4000 --interface=perf0 --bind-interfaces --user=root --pid-file= --log-facility=/dev/null`,
    ),
  'tftpd-hpa': (lab, folder) => program(lab, 'in.tftpd', `-L -4 -a ${lab.server.address}:69 -u root -s ${folder}`),
  atftpd: (lab, folder) =>
    program(
      lab,
      'atftpd',
      `--daemon --no-fork --port 69 --bind-address ${lab.server.address} --maxthread 4000 --user root --group root --no-multicast --verbose=0 --logfile /dev/null ${folder}`,
    ),
  'npm-tftp': async (lab, folder) => {
    const running = lab.spawnServer([process.execPath, '-e', npmTftp, lab.server.address, folder], { cwd: import.meta.dirname });
    await running.line(/ready/);
    return running;
  },
};

async function program(lab: PerfLab, name: string, args: string): Promise<Program> {
  if (!lab.has(name)) throw new Error(`${name} is not installed`);
  const running = lab.spawnServer([name, ...args.split(' ')]);
  await lab.until(name, running, () => lab.listens('udp', 69));
  return running;
}

const npmTftp = `
  const [host, root] = process.argv.slice(1);
  const server = require('tftp').createServer({ host, port: 69, root, denyPUT: true });
  server.on('error', () => {}).on('request', (request) => request.on('error', () => {}));
  server.on('listening', () => console.log('ready'));
  server.listen();
`;
