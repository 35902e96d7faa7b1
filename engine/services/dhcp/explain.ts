/** What a client is given, option by option: the exact bytes, and why each is sent. Nothing is changed by asking. */
import { type Mac, macBytes } from '../../contract/mac.js';
import type { IgnoredBecause } from '../../contract/observation.js';
import type { OfferedOption } from '../../phones/pack.js';
import { anyAddress } from '../../protocols/dhcp/ipv4.js';
import { option, read, write } from '../../protocols/dhcp/options.js';
import { decode, type Packet } from '../../protocols/dhcp/packet.js';
import { Lately } from '../lately.js';
import type { Origin } from './destination.js';
import { grant } from './reply.js';
import { clientOf, givenTo, type Session } from './session.js';

/** Why an option is sent: the protocol wants it, it is the client's own sent back, the recipe says so, or the pack does. */
type OptionReason = 'protocol' | 'echo' | 'recipe' | 'pack';

export type ExplainedOption = {
  readonly code: number;
  readonly bytes: Uint8Array;
  readonly reason: OptionReason;
  /** Whether the client lists it in its option 55; undefined where it was not heard yet. */
  readonly asked: boolean | undefined;
  /** There was no room for it in the answer. */
  readonly left: boolean;
};

export type Explanation = {
  /** Undefined: it is served. */
  readonly ignored: IgnoredBecause | undefined;
  /** What it has, or is offered now; null while it has not asked. */
  readonly address: string | null;
  readonly options: readonly ExplainedOption[];
};

type Heard = { readonly packet: Packet; readonly from: Origin };
/** As it came: nearly none is ever asked for, and a decoded one is many times larger. */
type Kept = { readonly datagram: Uint8Array; readonly from: Origin };

/** Whose last question is remembered; of more, the older ones go. */
const mostHeard = 8_192;

export type Explainer = {
  /** Remembers what a client sent, which must not be written to afterwards. */
  heard(mac: Mac, datagram: Uint8Array, from: Origin): void;
  explain(mac: Mac, now: number): Explanation;
};

export function explainer(session: Session): Explainer {
  const questions = new Lately<Mac, Kept>(mostHeard);
  return {
    heard: (mac, datagram, from) => questions.set(mac, { datagram, from }),
    explain(mac, now) {
      const heard = opened(questions.get(mac));
      const { packet, from } = heard ?? unheard(mac);
      const { bindings, policy } = session;
      const lease = bindings.leaseOf(mac);
      const leased = lease !== undefined && lease.expires > now ? lease.address : undefined;
      const address = leased ?? bindings.reservationOf(mac, now) ?? null;
      const decision = policy({ ...clientOf(packet, mac, false), looks: true });
      if (!decision.serve) return { ignored: decision.because, address, options: [] };
      const type = leased === undefined ? 'offer' : 'ack';
      const reply = grant(packet, from, type, address ?? anyAddress, givenTo(session, type, decision));
      const asked = heard === undefined ? undefined : (read(packet, option.parameterRequestList) ?? []);
      const explained = (code: number, bytes: Uint8Array, left: boolean): ExplainedOption => ({
        code,
        bytes,
        reason: reasonFor(code, decision.options),
        asked: asked?.includes(code),
        left,
      });
      return {
        ignored: undefined,
        address,
        options: [
          ...[...reply.packet.options].map(([code, bytes]) => explained(code, bytes, false)),
          ...reply.left.map(([code, bytes]) => explained(code, bytes, true)),
        ],
      };
    },
  };
}

function opened(kept: Kept | undefined): Heard | undefined {
  const decoded = kept === undefined ? undefined : decode(kept.datagram);
  return kept !== undefined && decoded?.ok === true ? { packet: decoded.packet, from: kept.from } : undefined;
}

function reasonFor(code: number, given: readonly OfferedOption[]): OptionReason {
  if (code === option.clientIdentifier.code || code === option.relayAgent.code) return 'echo';
  const own = given.findLast((each) => each.code === code);
  if (own === undefined) return 'protocol';
  return own.from ?? 'pack';
}

/** What a phone that was not heard yet would ask, in the fewest words. */
function unheard(mac: Mac): Heard {
  const packet: Packet = {
    op: 'request',
    htype: 1,
    hops: 0,
    xid: 0,
    secs: 0,
    broadcast: false,
    ciaddr: anyAddress,
    yiaddr: anyAddress,
    siaddr: anyAddress,
    giaddr: anyAddress,
    chaddr: macBytes(mac),
    sname: '',
    file: '',
    options: write(option.messageType.write('discover')),
  };
  return { packet, from: { address: anyAddress, port: 68, cast: 'broadcast' } };
}
