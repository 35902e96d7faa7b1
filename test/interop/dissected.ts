/** What goes over a cable, judged by a program that is not ours: recorded with tcpdump, taken apart by tshark. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Namespace, run } from './namespaces.js';

export interface Recording extends AsyncDisposable {
  /** Ends it. Call it before asking. */
  stop(): Promise<void>;
  /** Packets tshark finds malformed, or with an error of the protocol, one line each. */
  malformed(): Promise<readonly string[]>;
  /** The fields of each packet that fits the display filter, as tshark names them; several values of one joined by commas. */
  fields(filter: string, ...names: readonly string[]): Promise<readonly (readonly string[])[]>;
}

/** Records everything on an interface from now on. */
export async function record(namespace: Namespace, device: string): Promise<Recording> {
  const folder = await mkdtemp(join(tmpdir(), 'benchtone-wire-'));
  const file = join(folder, 'wire.pcap');
  // -Z: it keeps its account, for it writes into a folder of ours. The system keeps as many packets as are so long in 16 MiB.
  const room = ['-B', '16384', '-s', '1600'];
  const tcpdump = namespace.spawn('tcpdump', ['-i', device, '-Z', 'root', '-U', '--immediate-mode', ...room, '-w', file]);
  await tcpdump.line(/listening on/);

  async function tshark(...args: readonly string[]): Promise<readonly string[]> {
    const { status, stdout, stderr } = await run('tshark', ['-n', '-r', file, ...args]);
    if (status !== 0) throw new Error(`tshark ended with ${status}: ${stderr}`);
    return stdout.split('\n').filter((line) => line !== '');
  }

  return {
    stop: async () => void (await tcpdump.stop('SIGINT')),
    malformed: () => tshark('-Y', '_ws.malformed || _ws.expert.severity == "Error"'),
    async fields(filter, ...names) {
      const lines = await tshark('-Y', filter, '-T', 'fields', ...names.flatMap((name) => ['-e', name]));
      return lines.map((line) => line.split('\t'));
    },
    async [Symbol.asyncDispose]() {
      await tcpdump.stop('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The kinds of DHCP messages of a recording, in order: 1 DISCOVER, 2 OFFER, 3 REQUEST, 4 DECLINE, 5 ACK, 6 NAK. */
export async function dhcpTypes(wire: Recording): Promise<readonly number[]> {
  return (await wire.fields('dhcp', 'dhcp.option.dhcp')).map(([type]) => Number(type));
}
