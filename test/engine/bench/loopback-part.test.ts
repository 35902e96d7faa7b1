/** Benches on loopback side by side: each has a stretch of its own, and a job that goes on gets the one its leases are of. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimLoopbackPart } from '../../../engine/bench/loopback-part.js';
import type { Mac } from '../../../engine/contract/mac.js';
import { openDatabase } from '../../../engine/store/database.js';
import { groupOf } from '../../../engine/store/group-commit.js';
import { Leases } from '../../../engine/store/leases.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'benchtone-part-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lease(address: string, expires: number, mac: string): void {
  const opened = openDatabase(folder);
  if (!opened.ok) throw new Error(opened.refusal.code);
  new Leases(opened.value).put({ mac: mac as Mac, address, expires });
  groupOf(opened.value).flush();
  opened.value.close();
}

it('gives two benches two stretches', async () => {
  using one = await claimLoopbackPart(folder);
  using other = await claimLoopbackPart(folder);
  expect(other.first).not.toBe(one.first);
});

it('gives the stretch of the newest lease while it is free, and another one while it is not', async () => {
  lease('127.77.200.9', 1000, '00562b000001');
  lease('127.77.100.9', 2000, '00562b000002');
  {
    using mine = await claimLoopbackPart(folder);
    expect(mine).toMatchObject({ first: '127.77.99.1', last: '127.77.107.254' });
    using other = await claimLoopbackPart(folder);
    expect(other.first).not.toBe(mine.first);
  }
});

it.each(['10.0.0.1', '127.77.1.1', '127.77.255.1'])('takes any stretch when the newest lease, %s, is of none', async (address) => {
  lease(address, 1000, '00562b000001');
  using part = await claimLoopbackPart(folder);
  expect(part.first).toMatch(/^127\.77\.\d+\.1$/);
});
