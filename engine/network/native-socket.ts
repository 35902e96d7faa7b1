/**
 * Sockets that belong to one network interface, made by the C library through koffi, for Node can't.
 *
 *   Linux   SO_BINDTODEVICE (socket(7)): hears and sends through that interface alone, broadcasts too; without privilege since 5.7
 *   macOS   IP_BOUND_IF (netinet/in.h): the same for sending and receiving. Written after the headers, never run on a Mac
 *
 * What comes out is a file descriptor that `dgram` or `net` takes over.
 */
import { endianness } from 'node:os';
import { getSystemErrorName } from 'node:util';
import { addressBytes, addressNumber, anyAddress } from '../protocols/dhcp/ipv4.js';

type NativeSocket = {
  readonly kind: 'datagram' | 'stream';
  /** Interface name. */
  readonly device: string;
  /** Local IPv4 address, 0.0.0.0 for all. */
  readonly address: string;
  readonly port: number;
  /** May send to broadcast addresses. */
  readonly broadcast?: boolean;
  /** SO_REUSEADDR: a stream may follow another that has just ended; datagrams share a port with others that say the same. */
  readonly shared?: boolean;
  /** Linux: the system drops what comes from this IPv4 address, before anybody has to read it. Elsewhere, or where it can't, nothing is dropped. */
  readonly deafTo?: string;
};

/** What failed: the system's name of the error, and at which step. */
export type NativeError = { readonly code: string; readonly step: 'socket' | 'device' | 'bind' };

type Opened = { readonly ok: true; readonly fd: number; readonly port: number } | { readonly ok: false; readonly error: NativeError };

export interface NativeSockets {
  /** Makes a bound socket; the caller owns the descriptor. */
  open(wanted: NativeSocket): Opened;
  /** Lets others share the port of a socket that is bound already, or no longer. */
  share(fd: number, shared: boolean): void;
  /** Sends a datagram at once; the system's name of the error where it can't. As cheap as the system call is: nothing is made for it. */
  send(fd: number, bytes: Uint8Array, address: string, port: number): string | undefined;
  close(fd: number): void;
}

/** What differs between the systems; values of their headers (asm-generic/socket.h, sys/socket.h). */
const systems = {
  linux: { flags: 0o2_000_000 | 0o4_000, SOL_SOCKET: 1, SO_REUSEADDR: 2, SO_BROADCAST: 6, SO_RCVBUF: 8, MSG_DONTWAIT: 0x40 },
  darwin: { flags: 0, SOL_SOCKET: 0xff_ff, SO_REUSEADDR: 0x4, SO_BROADCAST: 0x20, SO_RCVBUF: 0x10_02, MSG_DONTWAIT: 0x80 },
} as const;

const AF_INET = 2;
const SO_BINDTODEVICE = 25; // Linux
const SO_ATTACH_FILTER = 26; // Linux
const IP_BOUND_IF = 25; // macOS
const closeOnExec = { F_SETFD: 2, FD_CLOEXEC: 1 };
/** A thousand phones that start at once; the system gives what it allows (net.core.rmem_max). */
export const receiveBuffer = 4 * 1024 * 1024;

/** The C library's sockets; undefined where there are none to be had (Windows, or koffi can't be loaded). */
export async function nativeSockets(platform: string = process.platform): Promise<NativeSockets | undefined> {
  if (platform !== 'linux' && platform !== 'darwin') return undefined;
  const loaded = await loadLibrary();
  return loaded === undefined ? undefined : socketsOf(loaded, platform);
}

function socketsOf(c: Library, platform: keyof typeof systems): NativeSockets {
  const system = systems[platform];
  const int = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(value);
    return bytes;
  };
  const canFilter = platform === 'linux' && endianness() === 'LE' && ['x64', 'arm64'].includes(process.arch);
  const set = (fd: number, level: number, name: number, value: Buffer) => c.setsockopt(fd, level, name, value, value.length) === 0;

  function bindToDevice(fd: number, device: string): boolean {
    if (platform === 'linux') return set(fd, system.SOL_SOCKET, SO_BINDTODEVICE, Buffer.from(`${device}\0`));
    c.fcntl(fd, closeOnExec.F_SETFD, 'int', closeOnExec.FD_CLOEXEC);
    return set(fd, 0, IP_BOUND_IF, int(c.if_nametoindex(device)));
  }

  /** struct sockaddr_in; on macOS its first byte is its length. */
  function socketAddress(address: string, port: number): Buffer {
    const bytes = Buffer.alloc(16);
    if (platform === 'linux') bytes.writeUInt16LE(AF_INET, 0);
    else bytes.set([16, AF_INET]);
    bytes.writeUInt16BE(port, 2);
    bytes.set(addressBytes(address), 4);
    return bytes;
  }

  /**
   * A filter of the classic kind (linux/filter.h): struct sock_fprog { length 2 | padding 6 | pointer 8 } to instructions of 8 bytes,
   * { code 2 | jump if true 1 | jump if false 1 | value 4 }. SKF_NET_OFF leads to the IP header, whose byte 12 begins the sender.
   */
  function turnDeaf(fd: number, address: string): void {
    const code = { loadWord: 0x20, jumpIfEqual: 0x15, give: 0x06 };
    const sender = 0xff_f0_00_0c;
    const instructions = [
      [code.loadWord, 0, 0, sender],
      [code.jumpIfEqual, 0, 1, addressNumber(address)],
      [code.give, 0, 0, 0],
      [code.give, 0, 0, 0xff_ff_ff_ff],
    ] as const;
    const filter = Buffer.alloc(8 * instructions.length);
    for (const [i, [what, yes, no, value]] of instructions.entries()) {
      filter.writeUInt16LE(what, 8 * i);
      filter.set([yes, no], 8 * i + 2);
      filter.writeUInt32LE(value, 8 * i + 4);
    }
    const program = Buffer.alloc(16);
    program.writeUInt16LE(instructions.length, 0);
    program.writeBigUInt64LE(c.addressOf(filter), 8);
    set(fd, system.SOL_SOCKET, SO_ATTACH_FILTER, program);
  }

  /** Nearly all go to the same place. */
  let target = { address: anyAddress, port: 0, bytes: socketAddress(anyAddress, 0) };

  function failed(fd: number, step: NativeError['step']): Opened {
    const code = getSystemErrorName(-c.errno());
    if (fd >= 0) c.close(fd);
    return { ok: false, error: { code, step } };
  }

  return {
    open({ kind, device, address, port, broadcast = false, shared = false, deafTo }) {
      const fd = c.socket(AF_INET, (kind === 'datagram' ? 2 : 1) | system.flags, 0);
      if (fd < 0) return failed(fd, 'socket');
      if (!bindToDevice(fd, device)) return failed(fd, 'device');
      if (shared) set(fd, system.SOL_SOCKET, system.SO_REUSEADDR, int(1));
      if (broadcast) set(fd, system.SOL_SOCKET, system.SO_BROADCAST, int(1));
      if (kind === 'datagram') set(fd, system.SOL_SOCKET, system.SO_RCVBUF, int(receiveBuffer));
      if (deafTo !== undefined && canFilter) turnDeaf(fd, deafTo);
      // macOS lets everybody bind a low port, but only of all addresses; the interface is kept by IP_BOUND_IF.
      const local = platform === 'darwin' && port > 0 && port < 1024 ? anyAddress : address;
      if (c.bind(fd, socketAddress(local, port), 16) !== 0) return failed(fd, 'bind');
      const bound = Buffer.alloc(16);
      if (c.getsockname(fd, bound, int(16)) !== 0) return failed(fd, 'bind');
      return { ok: true, fd, port: bound.readUInt16BE(2) };
    },
    send(fd, bytes, address, port) {
      if (target.address !== address || target.port !== port) target = { address, port, bytes: socketAddress(address, port) };
      const sent = c.sendto(fd, bytes, bytes.length, system.MSG_DONTWAIT, target.bytes, target.bytes.length);
      return sent < 0 ? getSystemErrorName(-c.errno()) : undefined;
    },
    share: (fd, shared) => void set(fd, system.SOL_SOCKET, system.SO_REUSEADDR, int(shared ? 1 : 0)),
    close: (fd) => void c.close(fd),
  };
}

type Library = {
  readonly socket: (domain: number, type: number, protocol: number) => number;
  readonly setsockopt: (fd: number, level: number, name: number, value: Buffer, length: number) => number;
  readonly bind: (fd: number, address: Buffer, length: number) => number;
  readonly getsockname: (fd: number, address: Buffer, length: Buffer) => number;
  readonly sendto: (fd: number, bytes: Uint8Array, length: number, flags: number, to: Buffer, toLength: number) => number;
  readonly close: (fd: number) => number;
  readonly fcntl: (fd: number, command: number, type: 'int', value: number) => number;
  readonly if_nametoindex: (name: string) => number;
  readonly addressOf: (bytes: Uint8Array) => bigint;
  readonly errno: () => number;
};

async function loadLibrary(): Promise<Library | undefined> {
  try {
    const { default: koffi } = await import('koffi');
    const c = koffi.load(null); // the program itself, which has the C library in it whatever that is called
    return {
      socket: c.func('int socket(int, int, int)') as Library['socket'],
      setsockopt: c.func('int setsockopt(int, int, int, const void *, unsigned int)') as Library['setsockopt'],
      bind: c.func('int bind(int, const void *, unsigned int)') as Library['bind'],
      getsockname: c.func('int getsockname(int, void *, void *)') as Library['getsockname'],
      sendto: c.func('long sendto(int, const void *, size_t, int, const void *, unsigned int)') as Library['sendto'],
      close: c.func('int close(int)') as Library['close'],
      fcntl: c.func('int fcntl(int, int, ...)') as Library['fcntl'],
      if_nametoindex: c.func('unsigned int if_nametoindex(const char *)') as Library['if_nametoindex'],
      addressOf: (bytes) => koffi.address(bytes),
      errno: () => koffi.errno(),
    };
  } catch {
    return undefined; // no build of koffi for this system: the callers say what follows from that
  }
}
