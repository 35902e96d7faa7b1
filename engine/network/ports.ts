/**
 * Who holds a port, and from where on ports need no privilege.
 *
 * Linux, proc(5); a process of somebody else can be seen by root alone, and addresses are hexadecimal, ports too:
 *
 *   /proc/net/udp   sl  local_address rem_address   st tx_queue:rx_queue tr:tm->when retrnsmt   uid  timeout inode …
 *                    0: 0100007F:0045 00000000:0000 07 …                                          0        0  12345
 *   /proc/812/fd/7 -> socket:[12345]
 *   /proc/812/cgroup   0::/system.slice/dnsmasq.service
 *
 * Windows: netstat -ano, then tasklist /svc. macOS: lsof. Written after their documentation, never run there.
 */
import { basename } from 'node:path';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { type Ask, askSystem, outputOf } from './commands.js';

export type Protocol = 'udp' | 'tcp';

/** A process that holds a port; its service as the system's own manager calls it, several comma separated. */
export type Holder = { readonly program: string; readonly pid: string; readonly service?: string };

/** Processes that hold a local port; none where none is found or none may be seen. */
export async function portHolders(
  protocol: Protocol,
  port: number,
  platform: string = process.platform,
  ask: Ask = askSystem,
): Promise<readonly Holder[]> {
  if (platform === 'linux') return holdersOnLinux(protocol, port);
  if (platform === 'win32') return holdersOnWindows(protocol, port, ask);
  if (platform === 'darwin') {
    const listening = protocol === 'tcp' ? ['-sTCP:LISTEN'] : [];
    return holdersInLsof(await outputOf(ask, 'lsof', '-nP', `-i${protocol.toUpperCase()}:${port}`, ...listening, '-F', 'pcn'));
  }
  return [];
}

/** As people read it: `dnsmasq (812)`, comma separated. */
export function spellHolders(holders: readonly Holder[]): string {
  return holders.map(({ program, pid }) => `${program} (${pid})`).join(', ');
}

async function holdersOnLinux(protocol: Protocol, port: number): Promise<readonly Holder[]> {
  // What listens on `::` holds the IPv4 port too, and stands in the table of IPv6 alone.
  const tables = await Promise.all([readText(`/proc/net/${protocol}`), readText(`/proc/net/${protocol}6`)]);
  const inodes = new Set(tables.flatMap((table) => Array.from(holdingInodes(table, protocol, port))));
  if (inodes.size === 0) return [];
  const holders: Holder[] = [];
  for (const pid of (await readFolder('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (!(await holdsOneOf(pid, inodes))) continue;
    const service = unitOf(await readText(`/proc/${pid}/cgroup`));
    holders.push({ program: await programOf(pid), pid, ...(service === undefined ? {} : { service }) });
  }
  return holders;
}

/** The systemd unit of a process: the innermost service of its control group. */
export function unitOf(cgroup: string): string | undefined {
  return [...cgroup.matchAll(/\/(?<unit>[^/\n]+\.(?:service|scope))(?=[/\n]|$)/g)].at(-1)?.groups?.['unit'];
}

async function holdersOnWindows(protocol: Protocol, port: number, ask: Ask): Promise<readonly Holder[]> {
  const pids = holdersInNetstat(await outputOf(ask, 'netstat', '-ano', '-p', protocol.toUpperCase()), protocol, port);
  return Promise.all(
    pids.map(async (pid) => holderInTasklist(pid, await outputOf(ask, 'tasklist', '/svc', '/fi', `PID eq ${pid}`, '/fo', 'csv', '/nh'))),
  );
}

/** Process numbers of `netstat -ano`. The words for states are the language's own: what listens has the foreign port 0. */
export function holdersInNetstat(text: string, protocol: Protocol, port: number): readonly string[] {
  const pids = text.split('\n').flatMap((line) => {
    const [name = '', local = '', foreign = '', ...rest] = line.trim().split(/\s+/);
    const isOurs = name.toLowerCase() === protocol && local.endsWith(`:${port}`) && /:(?:0|\*)$/.test(foreign);
    const pid = rest.at(-1);
    return isOurs && pid !== undefined && /^\d+$/.test(pid) ? [pid] : [];
  });
  return [...new Set(pids)];
}

/** `"svchost.exe","1234","SharedAccess,Dnscache"`; `N/A`, or what a language has for it, where there is no service. */
export function holderInTasklist(pid: string, csv: string): Holder {
  const [, program = '', service = ''] = new RegExp(`^"([^"]*)","${pid}","([^"]*)"`, 'm').exec(csv) ?? [];
  const isService = /^[\w.$-]+(?:,\s*[\w.$-]+)*$/.test(service);
  return { program: program === '' ? '?' : program, pid, ...(isService ? { service } : {}) };
}

/** lsof(8) with -F: a line per field, `p` a process, `c` its command, `n` the address. */
export function holdersInLsof(text: string): readonly Holder[] {
  const holders: Holder[] = [];
  let pid = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('p')) pid = line.slice(1);
    if (line.startsWith('c') && pid !== '') holders.push({ program: line.slice(1), pid });
  }
  return holders;
}

/** What a person would call the process: its command line's program and, for an interpreter, the script. */
async function programOf(pid: string): Promise<string> {
  const [program = '', script = ''] = (await readText(`/proc/${pid}/cmdline`)).split('\0');
  const name = basename(program);
  if (name === '') return (await readText(`/proc/${pid}/comm`)).trim(); // a kernel thread, or one that may not be looked at
  return /^(?:node|python[\d.]*|perl|ruby)$/.test(name) && script !== '' && !script.startsWith('-') ? `${name} ${basename(script)}` : name;
}

/** The first port anybody may bind; 1024 where the system does not say (ip(7), ip_unprivileged_port_start). */
export async function firstUnprivilegedPort(): Promise<number> {
  const number = Number.parseInt(await readText('/proc/sys/net/ipv4/ip_unprivileged_port_start'), 10);
  return Number.isNaN(number) ? 1024 : number;
}

/** Inodes of the sockets of a table of proc that hold the port: for TCP those that listen (state 0A). */
export function holdingInodes(table: string, protocol: Protocol, port: number): ReadonlySet<string> {
  const found = new Set<string>();
  for (const line of table.split('\n').slice(1)) {
    const [, local = '', , state = '', , , , , , inode = ''] = line.trim().split(/\s+/);
    if (Number.parseInt(local.split(':')[1] ?? '', 16) === port && (protocol === 'udp' || state === '0A')) found.add(inode);
  }
  return found;
}

async function holdsOneOf(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const descriptors = await readFolder(`/proc/${pid}/fd`);
  const targets = await Promise.all(descriptors.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
  return targets.some((target) => inodes.has(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? ''));
}

/** What can't be read is empty: processes end while one looks, and other people's are closed to us. */
function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}

function readFolder(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
