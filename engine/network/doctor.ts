/** What a place is like for a bench, as checks: its interface, its network, its ports. Opens what it tries and closes it again. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Check } from '../contract/problem.js';
import { culprits } from './culprits.js';
import { openDhcpServer } from './dhcp-sockets.js';
import { checkFirewall } from './firewall.js';
import { probeForeignDhcp, type ProbeOptions } from './foreign-dhcp.js';
import { readFacts } from './interface-facts.js';
import { checkForeign, checkInterface, checkOverlap } from './interlocks.js';
import { findPlace, isLoopback, listPlaces, type Place, spell } from './places.js';
import type { Protocol } from './ports.js';
import { firstBenchPort, portsCommand } from './repair.js';
import { receiveBuffer } from './native-socket.js';
import { listenTcp, openUdp } from './sockets.js';

type PortsToTry = { readonly dhcp: number; readonly tftp: number; readonly http: number; readonly syslog: number };

export type ExamineOptions = ProbeOptions & {
  readonly ports: PortsToTry;
  /** Whether to ask the wire for other DHCP servers, which takes up to 5 s an interface. */
  readonly probe: boolean;
  /** Selects among an interface's addresses. */
  readonly address?: string;
};

/** Examines interfaces for a bench with its own DHCP. An interface that can't be used at all is one check that says why. */
export async function examine(names: readonly string[], options: ExamineOptions): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const name of names) {
    const found = findPlace(name, options.address);
    if (found.ok) checks.push(...(await examinePlace(found.value, options)));
    else checks.push({ id: 'interface', state: 'stop', code: found.refusal.code, params: found.refusal.params });
  }
  return checks;
}

async function examinePlace(place: Place, options: ExamineOptions): Promise<readonly Check[]> {
  return [
    { id: 'interface', state: 'ok', code: 'interface.ready', params: { interface: place.interface, address: spell(place) } },
    ...checkInterface((await readFacts())(place), { dhcp: true }),
    checkOverlap(place, listPlaces()),
    ...(await examinePorts(place, options.ports)),
    ...(isLoopback(place) ? [] : [await checkFirewall(place.interface)]),
    ...(isLoopback(place) ? [] : await checkBuffer()),
    ...(options.probe ? [await examineNeighbourhood(place, options)] : []),
  ];
}

async function examineNeighbourhood(place: Place, options: ProbeOptions): Promise<Check> {
  const found = await probeForeignDhcp(place, options);
  if (found.ok) return checkForeign(found.value);
  return { id: 'foreign-dhcp', state: 'stop', code: found.refusal.code, params: found.refusal.params };
}

async function examinePorts(place: Place, ports: PortsToTry): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const service of ['dhcp', 'tftp', 'http', 'syslog'] as const) {
    const protocol: Protocol = service === 'http' ? 'tcp' : 'udp';
    const port = ports[service];
    const refusal = await tryPort(service, place, port);
    const id = `port.${service}`;
    if (refusal === undefined) checks.push({ id, state: 'ok', code: 'port.free', params: { protocol, port, interface: place.interface } });
    else checks.push(withRemedy({ id, state: 'stop', code: refusal.code, params: refusal.params }));
  }
  return checks;
}

async function tryPort(service: keyof PortsToTry, place: Place, port: number) {
  if (service === 'http') {
    const server = createServer();
    const listening = await listenTcp(server, place, port);
    if (!listening.ok) return listening.refusal;
    await new Promise<void>((resolve) => server.close(() => resolve()));
    return undefined;
  }
  if (service === 'dhcp') {
    const opened = await openDhcpServer(place, port);
    if (!opened.ok) return opened.refusal;
    for (const socket of new Set([opened.value.unicasts, opened.value.broadcasts])) socket.close();
    return undefined;
  }
  const opened = await openUdp(place, port);
  if (!opened.ok) return opened.refusal;
  opened.value.close();
  return undefined;
}

/** What is known to do about a port that can't be had. */
function withRemedy(check: Check): Check {
  const { known } = check.params;
  const culprit = culprits.find(({ code, platform }) => code === known && platform === process.platform);
  if (culprit !== undefined) {
    const { code, command, undo } = culprit;
    return { ...check, remedy: { act: { code, params: { command } }, undo: { code: 'remedy.start-again', params: { command: undo } } } };
  }
  if (check.code !== 'port.privilege' || process.platform !== 'linux') return check;
  const before = Number(check.params['first'] ?? 1024);
  const act = { code: 'remedy.ports', params: { command: `sudo ${portsCommand(firstBenchPort)}` } };
  const undo = { code: 'remedy.ports.undo', params: { command: `sudo ${portsCommand(before)}` } };
  return { ...check, remedy: { act, undo, repair: 'ports' } };
}

/** Room for the syslog lines of a thousand phones that start at once (Linux, socket(7): rmem_max). */
async function checkBuffer(): Promise<readonly Check[]> {
  const text = await readFile('/proc/sys/net/core/rmem_max', 'utf8').catch(() => '');
  const granted = Number.parseInt(text, 10);
  if (Number.isNaN(granted)) return [];
  const params = { granted, asked: receiveBuffer };
  if (granted >= receiveBuffer) return [{ id: 'buffer', state: 'ok', code: 'buffer.enough', params }];
  const command = (bytes: number): { command: string } => ({ command: `sudo sysctl -w net.core.rmem_max=${bytes}` });
  const remedy = {
    act: { code: 'remedy.buffer', params: command(receiveBuffer) },
    undo: { code: 'remedy.buffer.undo', params: command(granted) },
  };
  return [{ id: 'buffer', state: 'warn', code: 'buffer.small', params, remedy }];
}
