/**
 * macOS, from its own commands. Written after their manual pages and recorded output, never run on a Mac.
 *
 *   networksetup -listallhardwareports   Hardware Port: Wi-Fi / Device: en0 / Ethernet Address: …
 *   netstat -rn                          default  192.168.1.1  UGScg  en0      (netstat(1): G gateway, I scoped to its interface)
 *   route -n get default                   interface: en0
 *   scutil --nwi                         interfaces by rank, `VPN server` below the one that is a VPN
 *   ifconfig                             utun4: flags=8051<UP,POINTOPOINT,…>, members of bridges
 */
import type { FactsOf, InterfaceFacts, Known } from './facts.js';

export type DarwinTexts = {
  readonly hardwarePorts: string;
  readonly netstat: string;
  readonly route: string;
  readonly nwi: string;
  readonly ifconfig: string;
};

export function darwinFacts(texts: DarwinTexts): FactsOf {
  const ports = hardwarePorts(texts.hardwarePorts);
  const carriers = defaultCarriers(texts.netstat, texts.route);
  const tunnels = new Set([...pointToPoint(texts.ifconfig), ...vpnServices(texts.nwi)]);
  return (name) => {
    const port = ports.get(name);
    return {
      defaultRoute: carriers === undefined ? 'unknown' : carriers.has(name),
      wifi: wifiOf(port, ports.size > 0),
      vpn: tunnels.has(name) || /^(?:utun|ppp|ipsec|gif|stf)\d/.test(name),
      virtual: makerOf(name, port, ports.size > 0),
    };
  };
}

function wifiOf(port: string | undefined, isListed: boolean): Known {
  if (port === undefined) return isListed ? false : 'unknown';
  return /wi-?fi|airport/i.test(port);
}

function makerOf(name: string, port: string | undefined, isListed: boolean): InterfaceFacts['virtual'] {
  if (/^vmnet\d/.test(name)) return 'VMware';
  if (/^vboxnet\d/.test(name)) return 'VirtualBox';
  if (/^vnic\d/.test(name)) return 'Parallels';
  if (/^bridge\d/.test(name)) return 'bridge';
  if (/^(?:tap|feth|vmenet|awdl|llw|anpi|ap|utun|gif|stf)\d/.test(name)) return name.startsWith('tap') ? 'TAP' : 'software';
  if (port !== undefined) return false;
  return isListed ? 'software' : 'unknown';
}

function hardwarePorts(text: string): ReadonlyMap<string, string> {
  const found = [...text.matchAll(/^Hardware Port: (?<port>.*)\nDevice: (?<device>\S+)$/gm)];
  return new Map(found.flatMap(({ groups }) => (groups?.['device'] === undefined ? [] : [[groups['device'], groups['port'] ?? '']])));
}

/** `default`, and the two halves 0/1 and 128.0/1 with which VPNs cover it; undefined where nothing was told. */
function defaultCarriers(netstat: string, route: string): ReadonlySet<string> | undefined {
  const carriers = new Set<string>();
  for (const line of netstat.split('\n')) {
    const [destination = '', , flags = '', name = ''] = line.trim().split(/\s+/);
    const leadsAway = flags.includes('G') || !flags.includes('I');
    if (/^(?:default|0\/1|128\.0\/1|::\/1|8000::\/1)$/.test(destination) && leadsAway && !flags.includes('R')) carriers.add(name);
  }
  const best = /^\s*interface: (\S+)$/m.exec(route)?.[1];
  if (best !== undefined) carriers.add(best);
  carriers.delete('');
  return carriers.size === 0 && netstat.trim() === '' ? undefined : carriers;
}

function pointToPoint(ifconfig: string): readonly string[] {
  return [...ifconfig.matchAll(/^(?<name>[a-z]+\d+): flags=[0-9a-f]+<[^>]*\bPOINTOPOINT\b/gm)].flatMap(
    ({ groups }) => groups?.['name'] ?? [],
  );
}

function vpnServices(nwi: string): readonly string[] {
  let name = '';
  return nwi.split('\n').flatMap((line) => {
    name = /^\s+(?<name>[a-z]+\d+) : flags/.exec(line)?.groups?.['name'] ?? name;
    return /^\s+VPN server\s*:/.test(line) ? [name] : [];
  });
}
