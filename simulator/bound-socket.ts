/**
 * A UDP socket that belongs to one interface: SO_BINDTODEVICE, which Node can't set, by way of libc. Without it a broadcast would leave
 * by the default route. Linux only.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { constants } from 'node:os';
import type koffiPackage from 'koffi';
import { Unavailable } from './place.js';

type Koffi = typeof koffiPackage;

/** Linux, asm-generic/socket.h and bits/socket.h. */
const inet = 2;
const datagram = 2;
const nonBlocking = 0o4000;
const closeOnExec = 0o2000000;
const socketLevel = 1;
const socketOption = { reuseAddress: 2, broadcast: 6, receiveBuffer: 8, bindToDevice: 25 } as const;
/** Room for a burst of answers to hundreds of phones. Bytes. */
const receiveBuffer = 1 << 20;

/** Opens a socket on `0.0.0.0:port` of the interface that may broadcast and share the port. Throws `Unavailable` with the reason. */
export async function openBoundSocket(name: string, port: number): Promise<Socket> {
  if (process.platform !== 'linux') throw new Unavailable('phones on an interface need Linux; on loopback they run anywhere');
  // Loaded here: phones on loopback need no native code.
  const { default: koffi } = await import('koffi');
  const fd = openDescriptor(koffi, name, port);
  const socket = createSocket('udp4');
  const listening = once(socket, 'listening'); // with a descriptor the event comes at once
  socket.bind({ fd });
  await listening;
  return socket;
}

function openDescriptor(koffi: Koffi, name: string, port: number): number {
  const libc = koffi.load(null);
  const makeSocket = libc.func('int socket(int domain, int type, int protocol)');
  const setOption = libc.func('int setsockopt(int fd, int level, int name, const uint8_t *value, uint32_t length)');
  const bind = libc.func('int bind(int fd, const uint8_t *address, uint32_t length)');
  const close = libc.func('int close(int fd)');

  const fd = Number(makeSocket(inet, datagram | nonBlocking | closeOnExec, 0));
  if (fd < 0) throw new Unavailable(`no socket: ${reason(koffi)}`);
  const check = (result: unknown, what: string): void => {
    if (Number(result) >= 0) return;
    const why = reason(koffi);
    close(fd);
    throw new Unavailable(`${what}: ${why}`);
  };
  const set = (option: number, value: Uint8Array): unknown => setOption(fd, socketLevel, option, value, value.length);
  check(set(socketOption.bindToDevice, Buffer.from(`${name}\0`)), `interface ${name}`);
  check(set(socketOption.reuseAddress, int32(1)), 'SO_REUSEADDR');
  check(set(socketOption.broadcast, int32(1)), 'SO_BROADCAST');
  check(set(socketOption.receiveBuffer, int32(receiveBuffer)), 'SO_RCVBUF');
  const address = Buffer.alloc(16);
  address.writeUInt16LE(inet, 0);
  address.writeUInt16BE(port, 2);
  check(bind(fd, address, address.length), `UDP port ${port} on ${name}`);
  return fd;
}

/** The name of the last error of libc, with the remedy where there is one. */
function reason(koffi: Koffi): string {
  const number = koffi.errno();
  const name = Object.entries(constants.errno).find(([, value]) => value === number)?.[0] ?? `errno ${number}`;
  return name === 'EPERM' || name === 'EACCES' ? `${name} (run as root, or in a network namespace of your own)` : name;
}

function int32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}
