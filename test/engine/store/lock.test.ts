/** One bench per data folder. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lockFolder } from '../../../engine/store/lock.js';
import { DataFolder } from './data-folder.js';

it('is refused with the other’s pid while that one lives', async () => {
  using data = new DataFolder();
  const other = spawn(process.execPath, ['-e', 'process.stdin.resume(); console.log(1)'], { stdio: ['pipe', 'pipe', 'ignore'] });
  try {
    await once(other.stdout, 'data');
    writeFileSync(data.path('lock'), `${other.pid}\n`);
    expect(lockFolder(data.folder)).toMatchObject({
      ok: false,
      refusal: { kind: 'missing', code: 'data.in-use', params: { pid: other.pid } },
    });
  } finally {
    other.kill('SIGKILL');
    await once(other, 'exit');
  }
  const taken = lockFolder(data.folder); // it is gone now, and could not say so
  expect(taken.ok).toBe(true);
});

it.each([
  ['of a process that is gone', () => `${spawnSync(process.execPath, ['-e', '']).pid}\n`],
  ['with nothing in it', () => ''],
  ['with something else in it', () => 'hello\n'],
])('a lock %s holds nobody off', (_, content) => {
  using data = new DataFolder();
  writeFileSync(data.path('lock'), content());
  const taken = lockFolder(data.folder);
  expect(taken.ok).toBe(true);
  expect(readFileSync(data.path('lock'), 'utf8')).toBe(`${process.pid}\n`);
});

it('is given back', () => {
  using data = new DataFolder();
  const taken = lockFolder(data.folder);
  if (taken.ok) taken.value[Symbol.dispose]();
  expect(() => readFileSync(data.path('lock'))).toThrow('ENOENT');
});
