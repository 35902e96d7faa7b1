/** What goes over a cable from one moment to another, and what tshark says of its DHCP. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Namespace } from './namespaces.js';
import { complaints, dissect } from './tshark.js';

export interface Wire extends AsyncDisposable {
  /** Ends the recording. Call it before asking. */
  stop(): Promise<void>;
  /** Packets tshark finds malformed, or with an error of their protocol. */
  malformed(): Promise<readonly string[]>;
  /** The fields of each packet that fits the display filter, as tshark names them. */
  fields(filter: string, ...names: readonly string[]): Promise<readonly (readonly string[])[]>;
}

/** Records everything on an interface from now on. */
export async function recordWire(namespace: Namespace, device: string): Promise<Wire> {
  const folder = await mkdtemp(join(tmpdir(), 'benchtone-wire-'));
  const file = join(folder, 'wire.pcap');
  const recording = await namespace.record(device, file);
  return {
    stop: () => recording.stop(),
    malformed: () => complaints(file),
    fields: (filter, ...names) => dissect(file, filter, names),
    async [Symbol.asyncDispose]() {
      await recording[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The kinds of DHCP messages on a wire, in order: 1 DISCOVER, 2 OFFER, 3 REQUEST, 4 DECLINE, 5 ACK, 6 NAK. */
export async function dhcpTypes(wire: Wire): Promise<readonly number[]> {
  return (await wire.fields('dhcp', 'dhcp.option.dhcp')).map(([type]) => Number(type));
}
