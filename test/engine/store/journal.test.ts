/** A bench numbers its entries by itself; what somebody else notes beside it must take no number of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Mac } from '../../../engine/contract/mac.js';
import { openDatabase } from '../../../engine/store/database.js';
import { groupOf } from '../../../engine/store/group-commit.js';
import { Journal } from '../../../engine/store/journal.js';

const mac = 'c4c603000001' as Mac;
const at = '2026-11-29T09:00:00.000Z';
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'benchtone-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function opened() {
  const database = openDatabase(folder);
  if (!database.ok) throw new Error(database.refusal.code);
  return database.value;
}

it('what a window notes of another job costs a running bench nothing', () => {
  const [desk, running] = [opened(), opened()];
  desk.exec(`INSERT INTO jobs (id, name, pack, revision, created, keep_days, recipe, input_mac)
    VALUES ('old', 'Old', 'cisco-mpp', 1, '', 14, x'', x''), ('new', 'New', 'cisco-mpp', 1, '', 14, x'', x'')`);
  const bench = new Journal(running, 'new');
  const errors: unknown[] = [];
  const append = (): void => {
    bench.append({ seq: bench.next(), at, mac, fact: { kind: 'overdue', stage: 'lease' } }, (error) => errors.push(error));
    groupOf(running).flush();
  };
  append();
  const old = new Journal(desk, 'old');
  for (const _twice of [1, 2]) {
    old.note({ at, mac, fact: { kind: 'secretsShown' } });
    groupOf(desk).flush();
    append();
  }
  expect(errors).toEqual([undefined, undefined, undefined]);
  expect(old.of(mac, 9).map(({ fact }) => fact.kind)).toEqual(['secretsShown', 'secretsShown']);
  const next = new Journal(desk, 'old');
  expect(next.next()).toBeGreaterThan(next.last);
  desk.close();
  running.close();
});
