/** Leases in SQLite: each `put` is on disk before it returns, so an address once acknowledged is never given to another after a crash. */
import type { DatabaseSync } from 'node:sqlite';
import type { Mac } from '../contract/mac.js';
import type { Lease, LeaseStore } from '../services/lease.js';
import { transaction } from './database.js';

export function leaseStore(database: DatabaseSync): LeaseStore {
  const all = database.prepare('SELECT mac, address, expires FROM leases');
  const free = database.prepare('DELETE FROM leases WHERE address = ? AND mac <> ?');
  const put = database.prepare(
    'INSERT INTO leases (mac, address, expires) VALUES (?, ?, ?) ON CONFLICT (mac) DO UPDATE SET address = excluded.address, expires = excluded.expires',
  );
  const remove = database.prepare('DELETE FROM leases WHERE mac = ?');
  return {
    all: () =>
      all
        .all()
        .map((record): Lease => ({
          mac: String(record['mac']) as Mac,
          address: String(record['address']),
          expires: Number(record['expires']),
        })),
    put: (lease) =>
      transaction(database, () => {
        free.run(lease.address, lease.mac);
        put.run(lease.mac, lease.address, lease.expires);
      }),
    remove: (mac) => void remove.run(mac),
  };
}
