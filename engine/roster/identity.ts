/**
 * Who it was: the MAC behind an observation, resolved before it is journalled.
 *
 * Where a sender stands in the network outweighs what it says of itself: DHCP `chaddr`, then the lease of the source address, the
 * ARP table, then User-Agent, file name, syslog text. Two that disagree are an observation of their own: someone must look.
 */
import type { Mac } from '../contract/mac.js';
import type { Claim, Sender } from '../contract/observation.js';

/** What the network knows of addresses. */
export type Whereabouts = {
  /** The MAC an address is leased to. */
  leased(address: string): Mac | undefined;
  /** The MAC the ARP table has for an address. */
  neighbour(address: string): Mac | undefined;
};

export type Identity = {
  readonly mac: Mac;
  /** By what it was recognised. */
  readonly by: 'chaddr' | 'lease' | 'arp' | Claim['source'];
  /** True when it stands on the sender's own words alone. */
  readonly claimed: boolean;
  /** Claims that name another MAC. */
  readonly disagreeing: readonly Claim[];
};

/** Resolves a sender; undefined when nothing tells who it was. */
export function identify(sender: Sender, whereabouts: Whereabouts): Identity | undefined {
  const claims = sender.claims ?? [];
  const found = strongest(sender, whereabouts);
  if (found === undefined) return undefined;
  const claimed = claims.some(({ source }) => source === found.by);
  return { ...found, claimed, disagreeing: claims.filter(({ mac }) => mac !== found.mac) };
}

const claimOrder: readonly Claim['source'][] = ['token', 'userAgent', 'fileName', 'syslogText'];

function strongest({ mac, address, claims = [] }: Sender, whereabouts: Whereabouts): Omit<Identity, 'disagreeing' | 'claimed'> | undefined {
  if (mac !== undefined) return { mac, by: 'chaddr' };
  if (address !== undefined) {
    const leased = whereabouts.leased(address);
    if (leased !== undefined) return { mac: leased, by: 'lease' };
    const neighbour = whereabouts.neighbour(address);
    if (neighbour !== undefined) return { mac: neighbour, by: 'arp' };
  }
  for (const source of claimOrder) {
    const claim = claims.find((each) => each.source === source);
    if (claim !== undefined) return { mac: claim.mac, by: source };
  }
  return undefined;
}
