/**
 * A DHCP client made by hand, on real sockets: goes through the states of RFC 2131 as standard input says, a word a line.
 *
 *   select     DISCOVER, then REQUEST of what was offered
 *   reboot     REQUEST of the last address (init-reboot)
 *   renew      REQUEST from the address, to the server alone
 *   rebind     REQUEST from the address, to everyone
 *   release
 *
 * Arguments: interface, MAC, a remembered address if any. Says each answer as a JSON line.
 */
import { createInterface } from 'node:readline';
import { type Mac, macBytes } from '../../../engine/contract/mac.js';
import { openUdp } from '../../../engine/network/sockets.js';
import { type MessageType, option, read } from '../../../engine/protocols/dhcp/options.js';
import { decode, encode, type Packet } from '../../../engine/protocols/dhcp/packet.js';

const [device = '', mac = '', remembered = ''] = process.argv.slice(2);
const state = { address: remembered, server: '', xid: 1 };

function message(...entries: readonly (readonly [number, Uint8Array])[]): Packet {
  state.xid += 1;
  const none = '0.0.0.0';
  return {
    op: 'request',
    htype: 1,
    hops: 0,
    xid: state.xid,
    secs: 0,
    broadcast: true,
    ciaddr: none,
    yiaddr: none,
    siaddr: none,
    giaddr: none,
    chaddr: macBytes(mac as Mac),
    sname: '',
    file: '',
    options: new Map(entries),
  };
}

/** Sends from the address, or none, and gives the answer with the same xid; nothing is awaited after a RELEASE. */
async function say(packet: Packet, to: string, answered = true): Promise<Packet | undefined> {
  const local = packet.ciaddr;
  const opened = await openUdp({ interface: device, address: local, prefix: 24 }, 68, { broadcast: true, address: local });
  if (!opened.ok) throw new Error(JSON.stringify(opened.refusal));
  const socket = opened.value;
  const answer = await new Promise<Packet | undefined>((resolve) => {
    socket.on('message', (bytes) => {
      const decoded = decode(bytes);
      if (decoded.ok && decoded.packet.op === 'reply' && decoded.packet.xid === packet.xid) resolve(decoded.packet);
    });
    socket.send(encode(packet), 67, to, () => {
      if (!answered) resolve(undefined);
    });
  });
  socket.close();
  return answer;
}

const everyone = '255.255.255.255';
const type = (name: MessageType) => option.messageType.write(name);

const steps: Readonly<Record<string, () => Promise<Packet | undefined>>> = {
  async select() {
    const offer = await say(message(type('discover')), everyone);
    if (offer === undefined) return undefined;
    state.server = read(offer, option.serverIdentifier) ?? '';
    const wanted = option.requestedAddress.write(offer.yiaddr);
    return say(message(type('request'), wanted, option.serverIdentifier.write(state.server)), everyone);
  },
  reboot: () => say(message(type('request'), option.requestedAddress.write(state.address)), everyone),
  renew: () => say({ ...message(type('request')), ciaddr: state.address }, state.server),
  rebind: () => say({ ...message(type('request')), ciaddr: state.address }, everyone),
  release: () =>
    say({ ...message(type('release'), option.serverIdentifier.write(state.server)), ciaddr: state.address }, state.server, false),
};

for await (const word of createInterface({ input: process.stdin })) {
  const packet = await steps[word]?.();
  if (packet !== undefined && packet.yiaddr !== '0.0.0.0') state.address = packet.yiaddr;
  const answer = packet === undefined ? null : read(packet, option.messageType);
  process.stdout.write(`${JSON.stringify({ step: word, answer, address: packet?.yiaddr ?? null })}\n`);
}
