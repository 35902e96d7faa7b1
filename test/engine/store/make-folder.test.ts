import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../../engine/store/make-folder.js';

test('makes what is missing, for its owner alone, and minds nothing that is there', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'benchtone-folder-'));
  try {
    makeFolder(join(scratch, 'a/b'));
    makeFolder(join(scratch, 'a/b'));
    expect(statSync(join(scratch, 'a/b')).mode & 0o777).toBe(0o700);
    writeFileSync(join(scratch, 'file'), '');
    expect(() => makeFolder(join(scratch, 'file/b'))).toThrow('ENOTDIR');
  } finally {
    rmSync(scratch, { recursive: true });
  }
});

test.runIf(process.platform === 'linux')('gives up where no folder can be made', () => {
  expect(() => makeFolder('/proc/benchtone/data')).toThrow('ENOENT');
});
