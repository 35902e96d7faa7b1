import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { lockFolder } from '../../../engine/store/lock.js';
import { DataFolder } from './data-folder.js';

/** Another process that takes the lock as a bench does, says so, and holds it until it is ended. */
async function holder(folder: string) {
  const program = `
    const { DatabaseSync } = require('node:sqlite'), { writeFileSync } = require('node:fs');
    const lock = new DatabaseSync(process.argv[1] + '/lock.sqlite', { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    writeFileSync(process.argv[1] + '/lock', process.pid + '\\n');
    console.log('held');
    setInterval(() => lock, 1000);`;
  const child = spawn(process.execPath, ['-e', program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

it('a folder another bench works on is refused with its process, and free once that is killed', async () => {
  using data = new DataFolder();
  const other = await holder(data.folder);
  expect(lockFolder(data.folder)).toMatchObject({
    ok: false,
    refusal: { kind: 'missing', code: 'data.in-use', params: { pid: other.pid } },
  });
  const gone = once(other, 'exit');
  other.kill('SIGKILL');
  await gone;
  const taken = lockFolder(data.folder);
  expect(taken.ok).toBe(true);
  if (taken.ok) taken.value[Symbol.dispose]();
});

it('is given to one of two that ask in the same process, and again after it was given back', () => {
  using data = new DataFolder();
  const first = lockFolder(data.folder);
  expect(readFileSync(data.path('lock'), 'utf8')).toBe(`${process.pid}\n`);
  expect(lockFolder(data.folder)).toMatchObject({ ok: false, refusal: { code: 'data.in-use', params: { pid: process.pid } } });
  if (first.ok) first.value[Symbol.dispose]();
  const second = lockFolder(data.folder);
  expect(second.ok).toBe(true);
  if (second.ok) second.value[Symbol.dispose]();
});

it('a note left by a bench that was killed holds nobody off, whoever has its process id today', () => {
  using data = new DataFolder();
  writeFileSync(data.path('lock'), '1\n');
  const taken = lockFolder(data.folder);
  expect(taken.ok).toBe(true);
  if (taken.ok) taken.value[Symbol.dispose]();
});

it('something else in the place of the lock is a refusal', () => {
  using data = new DataFolder();
  mkdirSync(join(data.folder, 'lock'));
  expect(lockFolder(data.folder)).toMatchObject({ ok: false, refusal: { code: 'data.unusable' } });
});
