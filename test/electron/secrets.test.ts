import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Keyring, type KeyPlaces, unlock } from '../../electron/secrets.js';

let scratch = '';
let places: KeyPlaces;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'benchtone-secrets-'));
  places = { sealed: join(scratch, 'settings/key.sealed'), file: join(scratch, 'config/installation.key'), fileIsGiven: false };
});
afterEach(() => rmSync(scratch, { recursive: true }));

type Backend = ReturnType<Keyring['getSelectedStorageBackend']>;

/** A keyring that turns text round. */
function keyring(backend: Backend = 'gnome_libsecret', available = true): Keyring {
  const turn = (text: string): string => text.split('').reverse().join('');
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(available),
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: (text) => Promise.resolve(Buffer.from(`ring:${turn(text)}`)),
    decryptStringAsync: (sealed) =>
      sealed.toString().startsWith('ring:')
        ? Promise.resolve({ shouldReEncrypt: false, result: turn(sealed.toString().slice(5)) })
        : Promise.reject(new Error('not sealed here')),
  };
}

test('a keyring seals the key; the next start opens the same one', async () => {
  const first = await unlock(places, keyring(), 'linux');
  const second = await unlock(places, keyring(), 'linux');
  expect(first).toMatchObject({ ok: true, kept: 'sealed' });
  expect(second).toEqual(first);
  expect([existsSync(places.file), statSync(places.sealed).mode & 0o777]).toEqual([false, 0o600]);
  if (first.ok) expect(readFileSync(places.sealed, 'utf8')).not.toContain(Buffer.from(first.key).toString('hex'));
});

test.each([
  ['basic_text', 'linux', true],
  ['unknown', 'linux', true],
  ['gnome_libsecret', 'linux', false],
  ['unknown', 'win32', false],
] as const)(
  'without a real keyring (%s, %s, available: %s) a file keeps it, and the person is told',
  async (backend, platform, available) => {
    const unlocked = await unlock(places, keyring(backend, available), platform);
    expect([unlocked, existsSync(places.sealed)]).toEqual([{ ok: true, kept: 'plain', key: expect.anything() }, false]);
    expect(statSync(places.file).mode & 0o777).toBe(0o600);
  },
);

test('the key file of the command line is used as it is: both hosts open the same data', async () => {
  const plain = await unlock(places, keyring('basic_text'), 'linux');
  const later = await unlock(places, keyring(), 'linux');
  expect(later).toEqual({ ...plain, kept: 'file' });
});

test('a key file the person names wins over a sealed key', async () => {
  await unlock(places, keyring(), 'linux');
  const named = { ...places, file: join(scratch, 'named.key'), fileIsGiven: true };
  const key = await unlock(named, keyring(), 'linux');
  expect(key).toMatchObject({ ok: true, kept: 'file', key: Buffer.from(readFileSync(named.file, 'utf8').trim(), 'hex') });
});

test('a key that cannot be read is never replaced', async () => {
  await unlock(places, keyring(), 'linux');
  writeFileSync(places.sealed, 'damaged');
  expect(await unlock(places, keyring(), 'linux')).toEqual({ ok: false, file: places.sealed });
  expect(readFileSync(places.sealed, 'utf8')).toBe('damaged');
  rmSync(places.sealed);
  await unlock(places, keyring('basic_text'), 'linux');
  writeFileSync(places.file, 'damaged');
  expect(await unlock(places, keyring(), 'linux')).toEqual({ ok: false, file: places.file });
});
