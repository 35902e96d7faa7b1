/** Who serves a file over HTTP in the figures, each on CPU 0 of the server's side, and the client that asks (`wrk`, one thread). */
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from '../../interop/namespaces.js';
import type { Contestant } from '../figure.js';
import { oneRow, type PerfLab } from '../lab.js';

type Served = { readonly file: string; readonly size: number; readonly peers: readonly ('nginx' | 'fastify')[] };
/** Starts a server of `folder`; gives the port it answers on once it does. */
type Starter = (lab: PerfLab, folder: string) => Promise<{ readonly program: Program; readonly port: number }>;

const seconds = 2;
const warmSeconds = 1;

/** Ours and the peers, each with the same file; `measure` is given its URL. */
export async function httpContestants(lab: PerfLab, served: Served, measure: (url: string) => Promise<number>): Promise<Contestant[]> {
  const folder = join(lab.folder, `www-${served.file}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, served.file), randomBytes(served.size));
  return (['ours', ...served.peers] as const).map((name) => ({
    name,
    async run() {
      const { program, port } = await starters[name](lab, folder);
      await using _serving = program;
      const url = `http://${lab.server.address}:${port}/${served.file}`;
      await ask(lab, url, 1, warmSeconds, 0); // of a large file it may see no end
      return await measure(url);
    },
  }));
}

/** Asks on so many kept connections; rejects when anything but whole answers came. Both results are per second. */
export async function askForSeconds(lab: PerfLab, url: string, connections: number): Promise<{ requests: number; bytes: number }> {
  return await ask(lab, url, connections, seconds);
}

async function ask(
  lab: PerfLab,
  url: string,
  connections: number,
  duration: number,
  least = 1,
): Promise<{ requests: number; bytes: number }> {
  const { stdout } = await lab.runClient(['wrk', '-t1', `-c${connections}`, `-d${duration}s`, '--timeout', '10s', url]);
  const requests = Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
  const [, amount, unit = ''] = /Transfer\/sec:\s+([\d.]+)(\w+)/.exec(stdout) ?? [];
  const failed = /Socket errors.*|Non-2xx.*/.exec(stdout)?.[0];
  if (failed !== undefined || !(requests >= 0) || (least > 0 && !(requests > 0))) throw new Error(failed ?? `wrk said ${stdout}`);
  return { requests, bytes: Number(amount) * (units[unit] ?? Number.NaN) };
}

const units: Readonly<Record<string, number>> = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

const starters: Readonly<Record<'ours' | 'nginx' | 'fastify', Starter>> = {
  async ours(lab, folder) {
    return { program: await lab.bench(['--csv', oneRow(lab.folder), '--unlisted', 'any', '--files', folder]), port: 80 };
  },
  async nginx(lab, folder) {
    if (!lab.has('nginx')) throw new Error('nginx is not installed');
    const file = join(lab.folder, 'nginx.conf');
    writeFileSync(file, nginxConfiguration(lab, folder));
    const program = lab.spawnServer(['nginx', '-c', file, '-p', lab.folder]);
    await lab.until('nginx', program, () => lab.listens('tcp', 8080));
    return { program, port: 8080 };
  },
  async fastify(lab, folder) {
    const program = lab.spawnServer([process.execPath, '-e', fastifyProgram, lab.server.address, folder], { cwd: import.meta.dirname });
    await program.line(/ready/);
    return { program, port: 8081 };
  },
};

/** One process, which is its worker, too: none is left over when it is ended; the log off, connections kept, as whoever wants speed sets it. */
function nginxConfiguration(lab: PerfLab, folder: string): string {
  return `master_process off; daemon off; pid ${lab.folder}/nginx.pid; error_log ${lab.folder}/nginx.err; user root; worker_rlimit_nofile 8192;
events { worker_connections 4096; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type application/octet-stream;
  client_body_temp_path ${lab.folder}; proxy_temp_path ${lab.folder}; fastcgi_temp_path ${lab.folder}; uwsgi_temp_path ${lab.folder}; scgi_temp_path ${lab.folder};
  server { listen ${lab.server.address}:8080; root ${folder}; } }
`;
}

const fastifyProgram = `
  const [address, root] = process.argv.slice(1);
  const server = require('fastify')();
  server.register(require('@fastify/static'), { root });
  server.listen({ host: address, port: 8081 }).then(() => console.log('ready'));
`;
