/** The network services of one bench, started together and stopped together. */
import type { Transport } from '../contract/observation.js';
import type { Observe } from '../contract/observation.js';
import type { Result } from '../contract/problem.js';
import type { Place, Pool } from '../network/places.js';
import { addressChecker } from '../network/address-check.js';
import { listenTcp, openUdp } from '../network/sockets.js';
import { unacknowledgedBytes } from '../network/unacknowledged.js';
import type { BenchAddress, Word } from '../phones/pack.js';
import { type DhcpService, type DhcpTrouble, startDhcp } from '../services/dhcp/server.js';
import { fileMemory } from '../services/file-memory.js';
import type { FileSource, UploadStore } from '../services/files.js';
import { startHttp } from '../services/http/server.js';
import type { DhcpPolicy, LeaseStore } from '../services/lease.js';
import type { Clock, Service, Started } from '../services/service.js';
import { startSyslog } from '../services/syslog/server.js';
import type { WireTap } from '../services/tap.js';
import { startTftp } from '../services/tftp/server.js';

/** Ports asked for; 0 takes any. */
export type Ports = { readonly dhcp: number; readonly tftp: number; readonly http: number; readonly syslog: number };
export type PortName = keyof Ports;
type RawLine = { readonly at: string; readonly from: string; readonly text: string };

export type ServicesOptions = {
  readonly place: Place;
  readonly ports: Ports;
  readonly clock: Clock;
  readonly observe: Observe;
  /** Made once the ports are known, for every URL names them. */
  readonly files: (bench: BenchAddress) => FileSource;
  /** Keeps what phones send. */
  readonly uploads: UploadStore;
  readonly readWord: (text: string) => Word | undefined;
  readonly onLine: (line: RawLine) => void;
  /** Own DHCP; absent where the site's server leads the phones here. */
  readonly dhcp?: {
    readonly pool: Pool;
    readonly policy: (bench: BenchAddress) => DhcpPolicy;
    readonly leases: LeaseStore;
    readonly trouble: (trouble: DhcpTrouble) => void;
  };
  /** Sees every message the services take and send. */
  readonly tap?: WireTap;
};

export type Services = {
  readonly bench: BenchAddress;
  readonly ports: Readonly<Partial<Record<PortName, number>>>;
  readonly dhcp: DhcpService | undefined;
  stopDhcp(): Promise<void>;
} & AsyncDisposable;

/** Starts files and syslog, then DHCP, so that no phone is sent where nothing answers. On a refusal closes what was open. */
export async function startServices(options: ServicesOptions): Promise<Result<Services>> {
  const running = new Map<PortName, Service>();
  const close = async (): Promise<void> => {
    await Promise.all([...running.values()].map((service) => service[Symbol.asyncDispose]()));
  };
  const files = lateSource();
  const starters = startersOf(options, files.source);
  for (const name of ['tftp', 'http', 'syslog'] as const) {
    const started = await starters[name]();
    if (!started.ok) {
      await close();
      return started;
    }
    running.set(name, started.value);
  }
  const portOf = (name: PortName): number => running.get(name)?.port ?? 0;
  const bench: BenchAddress = {
    address: options.place.address,
    ports: { tftp: portOf('tftp'), http: portOf('http'), syslog: portOf('syslog') },
  };
  files.ready(options.files(bench));
  let dhcp: DhcpService | undefined;
  if (options.dhcp !== undefined) {
    const { policy, ...rest } = options.dhcp;
    const { place, ports, clock, observe, tap } = options;
    const check = addressChecker(place, clock);
    const tapped = tap === undefined ? {} : { tap };
    const started = await startDhcp({ place, port: ports.dhcp, clock, observe, check, ...rest, policy: policy(bench), ...tapped });
    if (!started.ok) {
      await close();
      return started;
    }
    dhcp = started.value;
    running.set('dhcp', dhcp);
  }
  const stopDhcp = async (): Promise<void> => {
    await running.get('dhcp')?.[Symbol.asyncDispose]();
  };
  const ports = Object.fromEntries([...running].map(([name, service]) => [name, service.port]));
  return { ok: true, value: { bench, ports, dhcp, stopDhcp, [Symbol.asyncDispose]: close } };
}

function startersOf(options: ServicesOptions, files: FileSource): Record<Transport | 'syslog', () => Promise<Started>> {
  const { place, ports, clock, observe, tap } = options;
  const tapped = tap === undefined ? {} : { tap };
  const memory = fileMemory();
  return {
    tftp: () => startTftp({ port: ports.tftp, open: (port) => openUdp(place, port), files, observe, clock }),
    http: async () =>
      startHttp({
        port: ports.http,
        listen: (server, port) => listenTcp(server, place, port),
        files,
        uploads: options.uploads,
        memory,
        unacknowledged: await unacknowledgedBytes(),
        observe,
        clock,
        ...tapped,
      }),
    syslog: () =>
      startSyslog({
        port: ports.syslog,
        open: (port) => openUdp(place, port),
        readWord: options.readWord,
        observe,
        onLine: options.onLine,
        clock,
      }),
  };
}

/** A source that lets requests wait until the real one is there: phones of a resumed job may ask before all ports are known. */
function lateSource(): { source: FileSource; ready: (source: FileSource) => void } {
  const real = Promise.withResolvers<FileSource>();
  return { source: { find: async (request) => (await real.promise).find(request) }, ready: real.resolve };
}
