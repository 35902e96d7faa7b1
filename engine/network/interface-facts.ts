/**
 * What kind of network an interface is on, as far as the system tells.
 *
 *   /proc/net/route        Iface Destination Gateway Flags … Mask     in hexadecimal; destination and mask 0: the default route
 *   /proc/net/ipv6_route   destination prefix source prefix next-hop metric references use flags Iface
 *   /sys/class/net/X/      wireless or phy80211 (Wi-Fi), tun_flags (tun, tap), type (net/if_arp.h), uevent (DEVTYPE=…)
 */
import { existsSync, readFileSync } from 'node:fs';
import { isLoopback, type Place } from './places.js';

/** True, false, or nobody can tell on this system. */
export type Known = boolean | 'unknown';

export type InterfaceFacts = {
  readonly interface: string;
  readonly loopback: boolean;
  readonly defaultRoute: Known;
  readonly wifi: Known;
  readonly vpn: Known;
};

/** RTF_UP and RTF_GATEWAY (linux/route.h). */
const routeIsUp = 0x1;
const routeHasGateway = 0x2;
/** ARPHRD_ numbers (net/if_arp.h) of what carries other networks: PPP, IP in IP, IPv6 in IPv4, GRE, and none (tun, WireGuard). */
const tunnelTypes: ReadonlySet<string> = new Set(['512', '768', '769', '776', '778', '823', '65534']);

/** Reads the facts of a place's interface. Never throws. */
export function readInterfaceFacts(place: Place, platform: string = process.platform): InterfaceFacts {
  const name = place.interface;
  if (isLoopback(place)) return { interface: name, loopback: true, defaultRoute: false, wifi: false, vpn: false };
  if (platform !== 'linux') return { interface: name, loopback: false, defaultRoute: 'unknown', ...guessByName(name, platform) };
  const carriers = defaultRouteCarriers(readText('/proc/net/route'), readText('/proc/net/ipv6_route'));
  const folder = `/sys/class/net/${name}`;
  return {
    interface: name,
    loopback: false,
    defaultRoute: carriers.has(name),
    wifi: existsSync(`${folder}/wireless`) || existsSync(`${folder}/phy80211`),
    vpn:
      existsSync(`${folder}/tun_flags`) ||
      tunnelTypes.has(readText(`${folder}/type`).trim()) ||
      /^DEVTYPE=(?:wireguard|ppp)$/m.test(readText(`${folder}/uevent`)),
  };
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

/** macOS and Windows: names tell tunnels, on Windows Wi-Fi too; the rest stays unknown. */
function guessByName(name: string, platform: string): { readonly wifi: Known; readonly vpn: Known } {
  if (platform === 'darwin') return { wifi: 'unknown', vpn: /^(?:utun|ppp|ipsec|gif|stf)\d/.test(name) };
  return {
    wifi: /wi-?fi|wlan|wireless/i.test(name) ? true : 'unknown',
    vpn: /vpn|\btap\b|wireguard|tunnel/i.test(name) ? true : 'unknown',
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // no IPv6, or the interface has gone
  }
}
