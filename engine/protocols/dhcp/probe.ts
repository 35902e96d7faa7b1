/**
 * The DISCOVER with which a bench looks for other DHCP servers.
 *
 * It tells who sent it: option 60 is `benchtone-probe`, option 61 the bench's own id (type 0: no hardware address, RFC 2132
 * section 9.14). So a bench leaves its own probe alone, and answers another's, although that is no phone: two benches on one
 * switch find each other.
 */
import { macBytes, type Mac } from '../../contract/mac.js';
import { anyAddress } from './ipv4.js';
import { option, read, write } from './options.js';
import type { Packet } from './packet.js';

const vendorClass = 'benchtone-probe';

/** A probe for one hardware address. `bench` is the sender's id, any text of 1 to 200 characters. */
export function probe(bench: string, mac: Mac, xid: number): Packet {
  return {
    op: 'request',
    htype: 1,
    hops: 0,
    xid,
    secs: 0,
    broadcast: true,
    ciaddr: anyAddress,
    yiaddr: anyAddress,
    siaddr: anyAddress,
    giaddr: anyAddress,
    chaddr: macBytes(mac),
    sname: '',
    file: '',
    options: write(
      option.messageType.write('discover'),
      option.parameterRequestList.write([option.subnetMask.code, option.routers.code, option.tftpServerName.code]),
      option.vendorClass.write(vendorClass),
      option.clientIdentifier.write(Buffer.from(`\0${bench}`)),
    ),
  };
}

/** Whose probe a message is: the id of the bench that sent it; undefined when it is none. */
export function probedBy(packet: Packet): string | undefined {
  if (read(packet, option.vendorClass) !== vendorClass) return undefined;
  return Buffer.from(read(packet, option.clientIdentifier) ?? [])
    .subarray(1)
    .toString();
}
