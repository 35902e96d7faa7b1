/** What is told of is on disk, in one transaction for all of a turn. */
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { GroupCommit, groupOf } from '../../../engine/store/group-commit.js';

/** A table, and turns that end when the test says so. */
function table() {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE t (n INTEGER UNIQUE)');
  const turns: (() => void)[] = [];
  const group = new GroupCommit(database, (flush) => void turns.push(flush));
  const insert = database.prepare('INSERT INTO t VALUES (?)');
  const numbers = () =>
    database
      .prepare('SELECT n FROM t ORDER BY n')
      .all()
      .map(({ n }) => n);
  return { database, group, turns, put: (n: number) => () => void insert.run(n), numbers };
}

it('one turn is one transaction, and nobody is told before its end', () => {
  const { database, group, turns, put, numbers } = table();
  const told: unknown[] = [];
  for (const n of [1, 2, 3]) group.add(put(n), (error) => void told.push([n, error, database.isTransaction]));
  expect([turns.length, told, numbers()]).toEqual([1, [], []]);
  turns.shift()?.();
  expect(numbers()).toEqual([1, 2, 3]);
  expect(told).toEqual([1, 2, 3].map((n) => [n, undefined, false]));
});

it('what is added while others are told is the next turn’s', () => {
  const { group, turns, put, numbers } = table();
  group.add(put(1), () => group.add(put(2)));
  turns.shift()?.();
  expect([numbers(), turns.length]).toEqual([[1], 1]);
  turns.shift()?.();
  expect(numbers()).toEqual([1, 2]);
});

it('all or nothing: a work that fails takes its turn with it, and each hears why; the next turn goes on', () => {
  const { group, turns, put, numbers } = table();
  const told: string[] = [];
  for (const n of [1, 1, 2]) group.add(put(n), (error) => void told.push(String(error)));
  turns.shift()?.();
  expect(numbers()).toEqual([]);
  expect(told).toHaveLength(3);
  expect(new Set(told).size).toBe(1);
  expect(told[0]).toContain('UNIQUE');
  group.add(put(5));
  group.flush();
  expect(numbers()).toEqual([5]);
  turns.shift()?.(); // its turn comes, and there is nothing left to do
  expect(numbers()).toEqual([5]);
});

it('a connection that is closed is an error for those who wait, not for the process', () => {
  const { database, group, put } = table();
  const told: unknown[] = [];
  group.add(put(1), (error) => void told.push(error));
  database.close();
  group.flush();
  expect(told).toEqual([expect.any(Error)]);
});

it('by the event loop’s own turn, and one group for each connection', async () => {
  const { database, put, numbers } = table();
  expect(groupOf(database)).toBe(groupOf(database));
  await new Promise<void>((resolve) => groupOf(database).add(put(7), () => resolve()));
  expect(numbers()).toEqual([7]);
  database.close();
});
