/** The DHCP service on loopback with its leases in the bench's own database. Argument: the folder of the database. Says its port, serves until it is killed. */
import { findPlace } from '../../../engine/network/places.js';
import { startDhcp } from '../../../engine/services/dhcp/server.js';
import { systemClock } from '../../../engine/services/service.js';
import { openDatabase } from '../../../engine/store/database.js';
import { Leases } from '../../../engine/store/leases.js';

const [folder = ''] = process.argv.slice(2);
const place = findPlace('lo', '127.0.0.1/8');
const database = openDatabase(folder);
if (!place.ok || !database.ok) throw new Error('no loopback, or no database');
const started = await startDhcp({
  place: place.value,
  port: 0,
  pool: { first: '127.77.0.1', last: '127.77.255.254' },
  clock: systemClock,
  leases: new Leases(database.value),
  policy: () => ({ serve: true, leaseSeconds: 43_200, options: [{ code: 66, text: 'http://127.0.0.1:8080' }] }),
  observe: () => undefined,
});
process.stdout.write(started.ok ? `serves on ${started.value.port}\n` : `${started.refusal.code}\n`);
