/** What kind of network each interface is on, as far as this system tells: one look, then facts by name. */
import { readdirSync, readFileSync } from 'node:fs';
import { type Ask, askSystem, outputOf } from './commands.js';
import { darwinFacts } from './facts/darwin.js';
import type { FactsOf, InterfaceFacts } from './facts/facts.js';
import { linuxFacts } from './facts/linux.js';
import { windowsFacts, windowsScript } from './facts/windows.js';
import { isLoopback, type Place } from './places.js';

export type Facts = (place: Place) => InterfaceFacts;

/** Looks at all interfaces. Never rejects; what can't be found out is unknown. Asks programs on macOS and Windows. */
export async function readFacts(platform: string = process.platform, ask: Ask = askSystem): Promise<Facts> {
  const factsOf = await lookFor(platform, ask);
  return (place) => {
    const name = place.interface;
    if (isLoopback(place)) return { interface: name, loopback: true, defaultRoute: false, wifi: false, vpn: false, virtual: false };
    return { interface: name, loopback: false, ...factsOf(name) };
  };
}

async function lookFor(platform: string, ask: Ask): Promise<FactsOf> {
  if (platform === 'linux') return linuxFacts(readSystem);
  if (platform === 'win32')
    return windowsFacts(await outputOf(ask, 'powershell.exe', '-NoProfile', '-NonInteractive', '-Command', windowsScript));
  if (platform !== 'darwin') return () => ({ defaultRoute: 'unknown', wifi: 'unknown', vpn: 'unknown', virtual: 'unknown' });
  const [hardwarePorts, netstat, route, nwi, ifconfig] = await Promise.all([
    outputOf(ask, 'networksetup', '-listallhardwareports'),
    outputOf(ask, 'netstat', '-rn'),
    outputOf(ask, 'route', '-n', 'get', 'default'),
    outputOf(ask, 'scutil', '--nwi'),
    outputOf(ask, 'ifconfig'),
  ]);
  return darwinFacts({ hardwarePorts, netstat, route, nwi, ifconfig });
}

/** A file's text, '' for a folder, undefined for what is not there or cannot be read. */
export function readSystem(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return isFolder(path) ? '' : undefined; // no IPv6, or the interface has gone
  }
}

function isFolder(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}
