/**
 * Windows, from PowerShell as JSON. Written after the documentation of the classes, never run on Windows. Names are a person's or the
 * language's own, so nothing is guessed by them: what counts are the numbers of the driver.
 *
 *   Get-NetAdapter (MSFT_NetAdapter)   Name, InterfaceDescription, ifIndex, NdisPhysicalMedium, Virtual, HardwareInterface, ComponentID
 *   Get-NetRoute (MSFT_NetRoute)       DestinationPrefix, ifIndex, NextHop
 *   Get-NetIPInterface                 ifIndex, InterfaceAlias, ConnectionState
 */
import type { FactsOf, InterfaceFacts } from './facts.js';

/** What is run: one object with three lists, in UTF-8 whatever the console speaks. */
export const windowsScript = [
  "$ErrorActionPreference='SilentlyContinue'",
  '[Console]::OutputEncoding=[Text.Encoding]::UTF8',
  '$a=@(Get-NetAdapter -IncludeHidden|Select-Object Name,InterfaceDescription,ifIndex,NdisPhysicalMedium,Virtual,HardwareInterface,ComponentID)',
  "$r=@(Get-NetRoute|Where-Object{$_.DestinationPrefix -match '^(0\\.0\\.0\\.0|128\\.0\\.0\\.0|::|8000::)/[01]$'}|Select-Object DestinationPrefix,ifIndex,NextHop)",
  '$i=@(Get-NetIPInterface -AddressFamily IPv4|Select-Object ifIndex,InterfaceAlias,ConnectionState)',
  '@{adapters=$a;routes=$r;interfaces=$i}|ConvertTo-Json -Depth 3 -Compress',
].join(';');

type Adapter = {
  readonly Name: string;
  readonly InterfaceDescription: string;
  readonly ifIndex: number;
  readonly NdisPhysicalMedium: number;
  readonly Virtual: boolean;
  readonly HardwareInterface: boolean;
  readonly ComponentID: string;
};

/** NDIS_PHYSICAL_MEDIUM (ntddndis.h): wireless LAN, wireless WAN, native 802.11. */
const radio: ReadonlySet<number> = new Set([1, 8, 9]);
const vpnDrivers =
  /^(?:tap\d|tap-|wintun|wireguard|ovpn-dco|root\\(?:net|wintun|tap)|ms_(?:ndiswan|agilevpn|l2tp|pptp|sstp|pppoe)|vpnva|ptun|zttap|tailscale)/i;
const vpnWords =
  /\b(?:vpn|wireguard|wintun|anyconnect|fortinet|globalprotect|pangp|zerotier|tailscale|openvpn|tap-windows|wan miniport)\b/i;

export function windowsFacts(json: string): FactsOf {
  const { adapters, routes, interfaces } = readLists(json);
  const byIndex = new Map(interfaces.map((each) => [text(each['InterfaceAlias']), number(each['ifIndex'])]));
  const connected = new Set(
    interfaces
      .filter((each) => each['ConnectionState'] === 1 || each['ConnectionState'] === 'Connected')
      .map((each) => number(each['ifIndex'])),
  );
  const carriers = new Set(routes.map((each) => number(each['ifIndex'])).filter((index) => connected.size === 0 || connected.has(index)));
  return (name) => {
    const adapter = adapters.map(adapterOf).find((each) => each.Name === name);
    const index = adapter?.ifIndex ?? byIndex.get(name);
    const defaultRoute = index === undefined ? 'unknown' : carriers.has(index);
    if (adapter === undefined) return { defaultRoute, wifi: 'unknown', vpn: 'unknown', virtual: 'unknown' };
    return {
      defaultRoute,
      wifi: radio.has(adapter.NdisPhysicalMedium),
      vpn: vpnDrivers.test(adapter.ComponentID) || vpnWords.test(adapter.InterfaceDescription),
      virtual: makerOf(adapter),
    };
  };
}

function makerOf({ Name, InterfaceDescription, ComponentID, Virtual, HardwareInterface }: Adapter): InterfaceFacts['virtual'] {
  if (/\bWSL\b/.test(Name)) return 'WSL';
  if (/^vms_mp$/i.test(ComponentID) || /Hyper-V Virtual Ethernet/i.test(InterfaceDescription)) return 'Hyper-V';
  if (/vmware/i.test(InterfaceDescription)) return 'VMware';
  if (/virtualbox/i.test(InterfaceDescription)) return 'VirtualBox';
  if (/parallels/i.test(InterfaceDescription)) return 'Parallels';
  if (/^tap/i.test(ComponentID)) return 'TAP';
  return Virtual || !HardwareInterface ? 'software' : false;
}

type Told = Readonly<Record<string, unknown>>;

/** What is no list of objects is empty: a module that is missing, an error instead of JSON. */
function readLists(json: string): {
  readonly adapters: readonly Told[];
  readonly routes: readonly Told[];
  readonly interfaces: readonly Told[];
} {
  const read = parsed(json);
  const list = (name: string): readonly Told[] => {
    const value = read[name];
    return (Array.isArray(value) ? value : [value]).filter(isTold);
  };
  return { adapters: list('adapters'), routes: list('routes'), interfaces: list('interfaces') };
}

function parsed(json: string): Told {
  try {
    const value: unknown = JSON.parse(json.replace(/^\uFEFF/, ''));
    return isTold(value) ? value : {};
  } catch {
    return {};
  }
}

function isTold(value: unknown): value is Told {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function adapterOf(told: Told): Adapter {
  return {
    Name: text(told['Name']),
    InterfaceDescription: text(told['InterfaceDescription']),
    ifIndex: number(told['ifIndex']),
    NdisPhysicalMedium: number(told['NdisPhysicalMedium']),
    Virtual: told['Virtual'] === true,
    HardwareInterface: told['HardwareInterface'] === true,
    ComponentID: text(told['ComponentID']),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : -1;
}
