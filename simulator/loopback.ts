/**
 * Phones on loopback: their DHCP messages reach the server as from a relay agent (RFC 2131 section 4.1) whose source port is not 67
 * and says so: option 82 with sub-option 19, empty (RFC 8357 section 4). One socket relays for all.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { decodeReply, encodeRequest, type Message, option } from './dhcp-packet.js';
import { type DhcpPort, type Place, Unavailable } from './place.js';

const relayAddress = '127.0.0.1';
/** RFC 3046 section 3.1 and RFC 8357 section 4. */
const subOption = { circuitId: 1, sourcePort: 19 } as const;
/** Room for a burst of answers to hundreds of phones. Bytes. */
const receiveBuffer = 1 << 20;

/** Opens the relay to a DHCP server on loopback. */
export async function openLoopback(server: { readonly address: string; readonly port: number }): Promise<Place> {
  const listeners = new Map<string, (reply: Message) => void>();
  const socket = createSocket('udp4');
  socket.on('message', (datagram) => {
    const reply = decodeReply(datagram);
    if (reply !== undefined) listeners.get(reply.mac)?.(reply);
  });
  await bind(socket);
  socket.on('error', () => undefined); // a port nobody listens on yet: the phone asks again
  socket.setRecvBufferSize(receiveBuffer);
  let open = true;

  function send(message: Message): void {
    if (!open) return;
    const relayed = {
      ...message,
      relayAddress,
      options: new Map([...message.options, [option.relayAgent, agentInformation(message.mac)]]),
    };
    socket.send(encodeRequest(relayed), server.port, server.address, () => undefined);
  }

  function connect(mac: string, listener: (reply: Message) => void): DhcpPort {
    listeners.set(mac, listener);
    // Renewals too pass the relay: there is one way to the server here.
    return { broadcast: send, unicast: send, close: () => void listeners.delete(mac) };
  }

  return {
    connect,
    settle: ({ address }) => Promise.resolve(isLoopback(address)),
    mayReach: isLoopback,
    close: async () => {
      if (!open) return;
      open = false;
      socket.close();
      await once(socket, 'close');
    },
  };
}

/** Whether an address belongs to 127/8. */
export function isLoopback(address: string): boolean {
  return /^127(\.\d{1,3}){3}$/.test(address);
}

async function bind(socket: Socket): Promise<void> {
  try {
    socket.bind(0, relayAddress);
    await once(socket, 'listening');
  } catch (cause) {
    throw new Unavailable(`no socket on ${relayAddress}`, { cause });
  }
}

/** A port of its own for every phone, as a switch would say it. */
function agentInformation(mac: string): Uint8Array {
  const circuit = Buffer.from(`bench/${mac}`);
  return Buffer.concat([Buffer.from([subOption.circuitId, circuit.length]), circuit, Buffer.from([subOption.sourcePort, 0])]);
}
