/** The client of the npm package `dhcp`, an independent peer: gets a lease and says it as a JSON line. Argument: its MAC. */
import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';

type Client = EventEmitter & { listen(port: number, host: string, done: () => void): void; sendDiscover(): void; close(): void };
type Peer = {
  createClient(config: object): Client;
  addOption(code: number, definition: object): void;
};

const dhcp = createRequire(import.meta.url)('dhcp') as Peer;
// It reads no message with an option it has no definition for, and has none of these.
dhcp.addOption(150, { name: 'TFTP servers', type: 'IPs', config: 'tftpServers' });
dhcp.addOption(160, { name: 'Provisioning URL', type: 'ASCII', config: 'provisioningUrl' });

const client = dhcp.createClient({ mac: process.argv[2], features: ['tftpServer', 'tftpServers', 'provisioningUrl'] });
client.on('bound', (state: object) => {
  process.stdout.write(`${JSON.stringify(state)}\n`);
  client.close();
});
client.on('error', (error: unknown) => process.stderr.write(`${String(error)}\n`));
client.listen(68, '0.0.0.0', () => client.sendDiscover());
