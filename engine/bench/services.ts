/** The network services of one bench, started together and stopped together. */
import type { Transport } from '../contract/observation.js';
import type { Observe } from '../contract/observation.js';
import type { Refusal, Result } from '../contract/problem.js';
import { RelayedReplies } from '../network/relayed-replies.js';
import type { Place, Pool } from '../network/places.js';
import { addressChecker } from '../network/address-check.js';
import { listenTcp, openUdp, type ReceiveBuffer } from '../network/sockets.js';
import { unacknowledgedBytes } from '../network/unacknowledged.js';
import type { BenchAddress, Word } from '../phones/pack.js';
import { type DhcpService, type DhcpTrouble, startDhcp } from '../services/dhcp/server.js';
import { fileMemory } from '../services/file-memory.js';
import type { FileSource, UploadStore } from '../services/files.js';
import { type HttpService, startHttp } from '../services/http/server.js';
import type { DhcpPolicy, LeaseStore } from '../services/lease.js';
import type { Clock, Service, Started } from '../services/service.js';
import { type RawLine, startSyslog, type SyslogService } from '../services/syslog/server.js';
import type { WireTap } from '../services/tap.js';
import { startTftp, type TftpService, type TransferLoad } from '../services/tftp/server.js';
import { threadProgram } from '../services/tftp/thread-program.js';

/** Ports asked for; 0 takes any. */
export type Ports = { readonly dhcp: number; readonly tftp: number; readonly http: number; readonly syslog: number };
export type PortName = keyof Ports;

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
  /** What every text that `readWord` understands holds. */
  readonly wordHint: RegExp;
  /** What somebody should look at, of services that serve all the same. */
  readonly notice: (refusal: Refusal) => void;
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
  readonly limits: ServingLimits;
};

export type ServingLimits = {
  /** TFTP transfers at a time; further phones wait for their turn. Without it none waits. */
  readonly mostTransfers?: number;
  /** Bytes of the folder's files held in memory, 512 MiB unless said; what has no room is read from disk. */
  readonly fileMemory?: number;
};

export type Services = {
  readonly bench: BenchAddress;
  readonly ports: Readonly<Partial<Record<PortName, number>>>;
  /** As it serves now; undefined without own DHCP, and while an interlock has stopped it. */
  readonly dhcp: DhcpService | undefined;
  /** What the system gave syslog to hold back; null while it does not run. */
  readonly syslogBuffer: ReceiveBuffer | null;
  /** Files being sent over TFTP and HTTP; those that wait for their turn where a person set a cap, and the addresses of the next. */
  readonly load: TransferLoad;
  stopDhcp(): Promise<void>;
  /** Again, on the port it had. */
  startDhcp(): Promise<Result<undefined>>;
  /** Closes every socket and opens them anew on the same ports: the interface has come back, perhaps as another one. */
  reopen(): Promise<Result<undefined>>;
  /** Whether a DHCP reply that was heard is one of ours that came through a relay agent. */
  readonly relayed: (reply: Uint8Array) => boolean;
} & AsyncDisposable;

/** Starts files and syslog, then DHCP, so that no phone is sent where nothing answers. On a refusal closes what was open. */
export async function startServices(options: ServicesOptions): Promise<Result<Services>> {
  const set = new ServiceSet(options);
  const opened = await set.open();
  return opened.ok ? { ok: true, value: set } : opened;
}

class ServiceSet implements Services {
  readonly #options: ServicesOptions;
  readonly #files = lateSource();
  readonly #replies = new RelayedReplies();
  readonly #running = new Map<PortName, Service>();
  /** Asked for; what they got, once they run, so that phones find them there again. */
  #ports: Ports;
  #bench: BenchAddress | undefined;
  #dhcp: DhcpService | undefined;
  #syslog: SyslogService | undefined;
  #closed = false;
  /** It is to serve, as far as no interlock has stopped it. */
  #wantsDhcp: boolean;
  /** One change at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: ServicesOptions) {
    this.#options = options;
    this.#ports = options.ports;
    this.#wantsDhcp = options.dhcp !== undefined;
  }

  get bench(): BenchAddress {
    const { tftp, http, syslog } = this.#ports;
    this.#bench ??= { address: this.#options.place.address, ports: { tftp, http, syslog } };
    return this.#bench;
  }

  get ports(): Services['ports'] {
    const { dhcp, tftp, http, syslog } = this.#ports;
    return { tftp, http, syslog, ...(this.#options.dhcp === undefined ? {} : { dhcp }) };
  }

  get dhcp(): DhcpService | undefined {
    return this.#dhcp;
  }

  get syslogBuffer(): ReceiveBuffer | null {
    return this.#syslog?.buffer ?? null;
  }

  get load(): Services['load'] {
    const { transfers, waiting, queue } = (this.#running.get('tftp') as TftpService | undefined)?.load ?? {
      transfers: 0,
      waiting: 0,
      queue: [],
    };
    const { sending } = (this.#running.get('http') as HttpService | undefined) ?? { sending: 0 };
    return { transfers: transfers + sending, waiting, queue };
  }

  readonly relayed = (reply: Uint8Array): boolean => this.#replies.has(reply);

  async open(): Promise<Result<undefined>> {
    const opened = await this.#openAll();
    if (!opened.ok) await this.#closeAll();
    return opened;
  }

  async stopDhcp(): Promise<void> {
    this.#wantsDhcp = false;
    const dhcp = this.#dhcp;
    this.#dhcp = undefined;
    this.#running.delete('dhcp');
    await dhcp?.[Symbol.asyncDispose]();
  }

  startDhcp(): Promise<Result<undefined>> {
    return this.#inTurn(async () => {
      this.#wantsDhcp = true;
      const started = this.#dhcp === undefined ? await this.#openDhcp() : done;
      if (!started.ok) this.#wantsDhcp = false;
      return started;
    });
  }

  reopen(): Promise<Result<undefined>> {
    return this.#inTurn(async () => {
      await this.#closeAll();
      return this.open();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#turn;
    await this.#closeAll();
  }

  async #openAll(): Promise<Result<undefined>> {
    const starters = startersOf({ ...this.#options, ports: this.#ports }, this.#files.source, (syslog) => (this.#syslog = syslog));
    for (const name of ['tftp', 'http', 'syslog'] as const) {
      const started = await starters[name]();
      if (!started.ok) return started;
      this.#runs(name, started.value);
    }
    this.#files.ready(() => this.#options.files(this.bench));
    return this.#wantsDhcp ? this.#openDhcp() : done;
  }

  async #openDhcp(): Promise<Result<undefined>> {
    const { place, clock, observe, tap, dhcp } = this.#options;
    if (dhcp === undefined) return done;
    const { policy, ...rest } = dhcp;
    const noting: WireTap = (message) => {
      // Relay agents have the port of servers (RFC 2131 section 4.1).
      if (message.direction === 'out' && message.remote.port === relayPort) this.#replies.note(message.payload);
      tap?.(message);
    };
    const check = addressChecker(place, clock);
    const options = { place, port: this.#ports.dhcp, clock, observe, check, ...rest, policy: policy(this.bench), tap: noting };
    const started = await startDhcp(options);
    if (!started.ok) return started;
    if (!this.#wantsDhcp) await started.value[Symbol.asyncDispose](); // an interlock came meanwhile
    else {
      this.#dhcp = started.value;
      this.#runs('dhcp', started.value);
    }
    return done;
  }

  #runs(name: PortName, service: Service): void {
    this.#running.set(name, service);
    this.#ports = { ...this.#ports, [name]: service.port };
  }

  async #closeAll(): Promise<void> {
    const services = [...this.#running.values()];
    this.#running.clear();
    this.#dhcp = undefined;
    this.#syslog = undefined;
    await Promise.all(services.map((service) => service[Symbol.asyncDispose]()));
  }

  #inTurn(change: () => Promise<Result<undefined>>): Promise<Result<undefined>> {
    const turn = this.#turn.then(() => (this.#closed ? done : change()));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

const done = { ok: true, value: undefined } as const;
const relayPort = 67;

function startersOf(
  options: ServicesOptions,
  files: FileSource,
  onSyslog: (syslog: SyslogService) => void,
): Record<Transport | 'syslog', () => Promise<Started>> {
  const { place, ports, clock, observe, tap, limits } = options;
  const { mostTransfers, fileMemory: budget } = limits;
  const tapped = tap === undefined ? {} : { tap };
  const program = threadProgram();
  const memory = fileMemory(budget === undefined ? {} : { budget });
  return {
    tftp: () =>
      startTftp({
        port: ports.tftp,
        open: (port) => openUdp(place, port),
        files,
        memory,
        observe,
        clock,
        ...(program === undefined ? {} : { thread: { program, place } }),
        ...(mostTransfers === undefined ? {} : { mostTransfers }),
        ...tapped,
      }),
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
    syslog: async () => {
      const started = await startSyslog({
        port: ports.syslog,
        open: (port) => openUdp(place, port),
        listen: (server, port) => listenTcp(server, place, port),
        readWord: options.readWord,
        wordHint: options.wordHint,
        observe,
        onLine: options.onLine,
        notice: options.notice,
        clock,
        ...tapped,
      });
      if (started.ok) onSyslog(started.value);
      return started;
    },
  };
}

/** A source that lets requests wait until the real one is there: phones of a resumed job may ask before all ports are known. */
function lateSource(): { source: FileSource; ready: (make: () => FileSource) => void } {
  const real = Promise.withResolvers<FileSource>();
  let made = false;
  return {
    source: { find: async (request) => (await real.promise).find(request) },
    ready(make) {
      if (made) return;
      made = true;
      real.resolve(make());
    },
  };
}
