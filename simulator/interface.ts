/**
 * Phones on a network interface: they broadcast DHCP there, and add the addresses they lease to it. Their frames carry the interface's
 * own MAC; `chaddr` is the phone's. Needs root, and best a network namespace.
 */
import { execFile } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { openBoundSocket } from './bound-socket.js';
import { addressBytes, decodeReply, encodeRequest, type Message } from './dhcp-packet.js';
import { type Address, type DhcpPort, type Place, Unavailable } from './place.js';

/** RFC 2131 section 4.1. */
const serverPort = 67;
const clientPort = 68;
const everyone = '255.255.255.255';
/** Milliseconds for one run of `ip`. */
const patience = 3000;

type Listeners = ReadonlyMap<string, (reply: Message) => void>;

/** Opens an interface by its name. */
export async function openInterface(name: string): Promise<Place> {
  const trouble = await runIp(['link', 'show', 'dev', name]);
  if (trouble !== undefined) throw new Unavailable(`interface ${name}: ${trouble.trim()}`);
  const listeners = new Map<string, (reply: Message) => void>();
  const socket = await openBoundSocket(name, clientPort);
  listen(socket, listeners);
  const added: string[] = [];
  let line = Promise.resolve();
  let open = true;

  /** One `ip` at a time: hundreds at once would crowd out the phones. */
  function settle(lease: Address): Promise<boolean> {
    const entry = `${lease.address}/${prefixLength(lease.mask)}`;
    const settled = line.then(async () => {
      if (!open || added.includes(entry)) return open;
      const outcome = await runIp(['addr', 'add', entry, 'dev', name]);
      if (outcome === undefined) added.push(entry);
      return outcome === undefined || /exists|already assigned/i.test(outcome);
    });
    line = settled.then(() => undefined);
    return settled;
  }

  async function close(): Promise<void> {
    if (!open) return;
    open = false;
    await line;
    await new Promise<void>((resolve) => socket.close(() => resolve()));
    // Backwards: taking away the first address of a subnet takes the others with it.
    const commands = added.toReversed().map((entry) => `addr del ${entry} dev ${name}\n`);
    if (commands.length > 0) await runIp(['-force', '-batch', '-'], commands.join(''));
  }

  return {
    connect: (mac, listener) => {
      listeners.set(mac, listener);
      return portOf(
        socket,
        listeners,
        () => open,
        () => void listeners.delete(mac),
      );
    },
    settle,
    mayReach: (host, from) => subnetOf(host, from.mask) === subnetOf(from.address, from.mask),
    close,
  };
}

function portOf(shared: Socket, listeners: Listeners, isOpen: () => boolean, disconnect: () => void): DhcpPort {
  let own: { readonly address: string; readonly socket: Socket } | undefined;
  function release(): void {
    const socket = own?.socket;
    own = undefined;
    try {
      socket?.close();
    } catch {
      // its own error closed it
    }
  }

  return {
    broadcast: (message) => {
      if (isOpen()) shared.send(encodeRequest(message), serverPort, everyone, () => undefined);
    },
    unicast: (message, server) => {
      if (!isOpen()) return;
      if (own?.address !== message.clientAddress) {
        release();
        const socket = createSocket({ type: 'udp4', reuseAddr: true });
        own = { address: message.clientAddress, socket };
        listen(socket, listeners);
        socket.bind(clientPort, message.clientAddress);
      }
      own.socket.send(encodeRequest(message), serverPort, server, () => undefined);
    },
    close: () => {
      disconnect();
      release();
    },
  };
}

function listen(socket: Socket, listeners: Listeners): void {
  socket.on('error', () => undefined); // link down, address gone: the client asks again
  socket.on('message', (datagram) => {
    const reply = decodeReply(datagram);
    if (reply !== undefined) listeners.get(reply.mac)?.(reply);
  });
}

/** Runs `ip`; resolves with what it complained of, undefined when all went well. */
function runIp(args: readonly string[], input = ''): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = execFile('ip', args, { timeout: patience }, (error, _stdout, stderr) => {
      if (error?.code === 'ENOENT') resolve('the program ip (Debian package iproute2) is missing');
      else resolve(error === null ? undefined : stderr);
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

function prefixLength(mask: string): number {
  return addressBytes(mask).reduce((bits, byte) => bits + byte.toString(2).replaceAll('0', '').length, 0);
}

function subnetOf(address: string, mask: string): string {
  const bits = addressBytes(mask);
  return addressBytes(address)
    .map((byte, i) => byte & (bits[i] ?? 255))
    .join('.');
}
