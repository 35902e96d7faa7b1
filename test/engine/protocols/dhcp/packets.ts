/** Messages as phones send them, to build tests on. */
import { type Mac, macBytes, parseMac } from '../../../../engine/contract/mac.js';
import { option, write } from '../../../../engine/protocols/dhcp/options.js';
import type { Packet } from '../../../../engine/protocols/dhcp/packet.js';

export const phone: Mac = mac('00:56:2b:04:36:15');

/** A MAC known to be one. */
export function mac(text: string): Mac {
  const parsed = parseMac(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
}

/** A request with nothing but these options. */
export function packetOf(...options: readonly (readonly [number, ArrayLike<number>])[]): Packet {
  return {
    op: 'request',
    htype: 1,
    hops: 0,
    xid: 0x12_34_56_78,
    secs: 0,
    broadcast: false,
    ciaddr: '0.0.0.0',
    yiaddr: '0.0.0.0',
    siaddr: '0.0.0.0',
    giaddr: '0.0.0.0',
    chaddr: macBytes(phone),
    sname: '',
    file: '',
    options: new Map(options.map(([code, bytes]) => [code, Uint8Array.from(bytes)])),
  };
}

/** What an MPP phone looks at (`DHCP_Option_To_Use`): the list that ends the `dhcp` package's process. */
export const discoverOf8851: Packet = {
  ...packetOf(),
  options: write(
    option.messageType.write('discover'),
    option.vendorClass.write('CP-8851-3PCC\0'),
    option.hostName.write('SEP00562B043615'),
    option.clientIdentifier.write(Uint8Array.from([1, ...macBytes(phone)])),
    option.parameterRequestList.write([1, 3, 6, 15, 42, 66, 160, 159, 150, 60, 43, 125]),
    option.maximumMessageSize.write(1456),
  ),
};
