/**
 * How many bytes written to a TCP connection its peer has not acknowledged (Linux, tcp(7): ioctl SIOCOUTQ).
 *
 * It tells what a phone really took of a file it broke off: what was handed to the system may still lie in its buffers.
 */
import type { Socket } from 'node:net';

const SIOCOUTQ = 0x54_11;

/** Asks the system; gives undefined where it does not tell: not Linux, koffi not to be had, the connection gone. */
export async function unacknowledgedBytes(): Promise<(socket: Socket) => number | undefined> {
  if (process.platform !== 'linux') return () => undefined;
  try {
    const { default: koffi } = await import('koffi');
    const ioctl = koffi.load(null).func('int ioctl(int, unsigned long, void *)') as (fd: number, request: number, value: Buffer) => number;
    const value = Buffer.alloc(4);
    return (socket) => {
      const fd = descriptorOf(socket);
      return fd !== undefined && ioctl(fd, SIOCOUTQ, value) === 0 ? value.readInt32LE() : undefined;
    };
  } catch {
    return () => undefined;
  }
}

/** Node has no public name for it; libuv's handle does (checked, for it may go). */
function descriptorOf(socket: Socket): number | undefined {
  const handle: unknown = Reflect.get(socket, '_handle');
  const fd: unknown = typeof handle === 'object' && handle !== null ? Reflect.get(handle, 'fd') : undefined;
  return typeof fd === 'number' && fd >= 0 ? fd : undefined;
}
