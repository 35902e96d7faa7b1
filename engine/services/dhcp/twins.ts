/**
 * Two phones with one MAC, as their DHCP gives them away when they ask at the same time: two exchanges that are open at once, or two
 * clients that call themselves differently and take turns. One phone that begins anew, or boots another image, never goes back.
 */
import type { Mac } from '../../contract/mac.js';
import { option, read } from '../../protocols/dhcp/options.js';
import { anyAddress } from '../../protocols/dhcp/ipv4.js';
import type { Packet } from '../../protocols/dhcp/packet.js';
import { Lately } from '../lately.js';
import { alternate, takeTurn, type Turn } from '../two-voices.js';

/** Shorter than any phone takes to boot, in milliseconds. */
const withinMs = 20_000;
/** Exchanges of a MAC that may be open. */
const mostOpen = 2;
const mostMacs = 8_192;

type Exchange = { readonly xid: number; requested: boolean };

/** What one MAC said: all of it in one place, for every message comes by here. */
type Known = { open: Exchange[]; exchanges: Turn | undefined; discover: Turn | undefined; request: Turn | undefined };

export class Twins {
  readonly #known = new Lately<Mac, Known>(mostMacs);

  /** Takes a message of a client that has no address yet; true when there must be two with this MAC. */
  hear(mac: Mac, packet: Packet, now: number): boolean {
    const type = read(packet, option.messageType);
    if (packet.ciaddr !== anyAddress || (type !== 'discover' && type !== 'request')) return false;
    const known = this.#of(mac);
    // Each kind of message for itself: not every client says of itself in its REQUEST what it said in its DISCOVER.
    const self = takeTurn(known[type], selfOf(packet), now);
    const twoSelves = alternate(self, withinMs);
    known[type] = twoSelves ? undefined : self;
    if (!goesOn(known, type, packet.xid)) return twoSelves;
    const exchange = takeTurn(known.exchanges, packet.xid, now);
    const twoExchanges = alternate(exchange, withinMs);
    known.exchanges = twoExchanges ? undefined : exchange;
    return twoSelves || twoExchanges;
  }

  #of(mac: Mac): Known {
    const known = this.#known.get(mac);
    if (known !== undefined) return known;
    const made: Known = { open: [], exchanges: undefined, discover: undefined, request: undefined };
    this.#known.set(mac, made);
    return made;
  }
}

/**
 * A DISCOVER opens an exchange, its REQUEST goes on with it (RFC 2131 section 4.4.1). What is only said again tells nothing, for a
 * network may deliver late copies; and a REQUEST with another number is none that could be told apart.
 */
function goesOn({ open }: Known, type: 'discover' | 'request', xid: number): boolean {
  const known = open.find((each) => each.xid === xid);
  if (type === 'request') {
    const first = known?.requested === false;
    if (first) known.requested = true;
    return first;
  }
  if (known !== undefined) return false;
  open.push({ xid, requested: false });
  if (open.length > mostOpen) open.shift();
  return true;
}

/** As it is on the wire: nothing of it is shown. */
function selfOf({ options }: Packet): string {
  let self = '';
  for (const { code } of names) self += `${latin1(options.get(code))}\0`;
  return self;
}

const names = [option.clientIdentifier, option.hostName, option.vendorClass];

function latin1(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
