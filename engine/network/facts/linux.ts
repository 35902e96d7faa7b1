/**
 * Linux, from proc(5) and sysfs (Documentation/ABI/testing/sysfs-class-net).
 *
 *   /proc/net/route        Iface Destination Gateway Flags … Mask     in hexadecimal; destination and mask 0: the default route
 *   /proc/net/ipv6_route   destination prefix source prefix next-hop metric references use flags Iface
 *   /sys/class/net/X/      wireless or phy80211 (Wi-Fi), tun_flags (tun, tap), type (net/if_arp.h), uevent (DEVTYPE=…), device (a card),
 *                          bridge, ifindex and iflink (differ for a veth)
 */
import type { FactsOf, InterfaceFacts, Maker } from './facts.js';

/** A file's text, '' for a folder, undefined for what is not there. */
export type ReadFile = (path: string) => string | undefined;

/** RTF_UP and RTF_GATEWAY (linux/route.h). */
const routeIsUp = 0x1;
const routeHasGateway = 0x2;
/** ARPHRD_ numbers (net/if_arp.h) of what carries other networks: PPP, IP in IP, IPv6 in IPv4, GRE, and none (tun, WireGuard). */
const tunnelTypes: ReadonlySet<string> = new Set(['512', '768', '769', '776', '778', '823', '65534']);
/** IFF_TAP (linux/if_tun.h). */
const isTap = 0x2;

export function linuxFacts(read: ReadFile): FactsOf {
  const carriers = defaultRouteCarriers(read('/proc/net/route') ?? '', read('/proc/net/ipv6_route') ?? '');
  const isWsl = /microsoft/i.test(read('/proc/version') ?? '');
  return (name) => {
    const of = (file: string): string | undefined => read(`/sys/class/net/${name}/${file}`);
    const devType = /^DEVTYPE=(\w+)$/m.exec(of('uevent') ?? '')?.[1];
    return {
      defaultRoute: carriers.has(name),
      wifi: of('wireless') !== undefined || of('phy80211') !== undefined || devType === 'wlan' || devType === 'wwan',
      vpn: of('tun_flags') !== undefined || tunnelTypes.has((of('type') ?? '').trim()) || devType === 'wireguard' || devType === 'ppp',
      virtual: makerOf(name, of, devType, isWsl),
    };
  };
}

function makerOf(
  name: string,
  of: (file: string) => string | undefined,
  devType: string | undefined,
  isWsl: boolean,
): InterfaceFacts['virtual'] {
  if (isWsl) return 'WSL';
  if (of('bridge') !== undefined || devType === 'bridge') return bridgeMaker(name);
  if (/^vmnet\d/.test(name)) return 'VMware';
  if (/^vboxnet\d/.test(name)) return 'VirtualBox';
  const tun = of('tun_flags');
  if (tun !== undefined) return (Number.parseInt(tun, 16) & isTap) === 0 ? 'software' : 'TAP';
  // VLANs and bonds are made of software too, but of cards: a bench may well stand on them.
  if (of('device') !== undefined || devType === 'vlan' || devType === 'bond') return false;
  const [index, link] = [of('ifindex')?.trim(), of('iflink')?.trim()];
  return index !== undefined && link !== undefined && index !== link ? 'veth' : 'software';
}

function bridgeMaker(name: string): Maker {
  if (/^(?:docker\d|br-[0-9a-f]{12}$)/.test(name)) return 'Docker';
  return /^virbr\d/.test(name) ? 'libvirt' : 'bridge';
}

/** The interfaces over which packets leave for everywhere else, of either family. */
export function defaultRouteCarriers(route: string, ipv6Route = ''): ReadonlySet<string> {
  const carriers = new Set<string>();
  for (const line of route.split('\n').slice(1)) {
    const [name = '', destination, , flags = '', , , , mask] = line.split(/\s+/);
    if (destination === '00000000' && mask === '00000000' && (Number.parseInt(flags, 16) & routeIsUp) !== 0) carriers.add(name);
  }
  for (const line of ipv6Route.split('\n')) {
    const [destination, prefix, , , , , , , flags = '', name = ''] = line.trim().split(/\s+/);
    if (destination === '0'.repeat(32) && prefix === '00' && (Number.parseInt(flags, 16) & routeHasGateway) !== 0) carriers.add(name);
  }
  return carriers;
}
