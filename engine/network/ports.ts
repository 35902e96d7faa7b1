/**
 * Who holds a port, and from where on ports need no privilege (Linux, proc(5)).
 *
 *   /proc/net/udp   sl  local_address rem_address   st tx_queue:rx_queue tr:tm->when retrnsmt   uid  timeout inode …
 *                    0: 0100007F:0045 00000000:0000 07 …                                          0        0  12345
 *   /proc/812/fd/7 -> socket:[12345]
 *
 * Addresses are hexadecimal, ports too. A process of somebody else can be seen by root alone.
 */
import { basename } from 'node:path';
import { readdir, readFile, readlink } from 'node:fs/promises';

export type Protocol = 'udp' | 'tcp';

/** Processes that hold a local port, as `dnsmasq (812)`, comma separated; empty where none is found or none may be seen. */
export async function portHolders(protocol: Protocol, port: number): Promise<string> {
  // What listens on `::` holds the IPv4 port too, and stands in the table of IPv6 alone.
  const tables = await Promise.all([readText(`/proc/net/${protocol}`), readText(`/proc/net/${protocol}6`)]);
  const inodes = new Set(tables.flatMap((table) => Array.from(holdingInodes(table, protocol, port))));
  if (inodes.size === 0) return '';
  const holders: string[] = [];
  for (const pid of (await readFolder('/proc')).filter((name) => /^\d+$/.test(name)))
    if (await holdsOneOf(pid, inodes)) holders.push(`${await programOf(pid)} (${pid})`);
  return holders.join(', ');
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
  return Number.parseInt(await readText('/proc/sys/net/ipv4/ip_unprivileged_port_start'), 10) || 1024;
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
