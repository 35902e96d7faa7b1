/**
 * The installation's key. It is sealed by the system's keyring where there is a real one, and otherwise kept in the key file of the
 * command line (mode 0600). A key file that is there already is used as it is: so both hosts open the same data.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SafeStorage } from 'electron';
import { installationKey, newKey } from '../engine/store/keys.js';

export type KeyPlaces = {
  /** The sealed key, among the app's own settings and never in the data folder. */
  readonly sealed: string;
  /** The command line's key file. */
  readonly file: string;
  /** The person named the key file: it wins over everything. */
  readonly fileIsGiven: boolean;
};
export type Keyring = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

/** `plain`: no keyring protects the key, and the person should know. */
export type Unlocked =
  | { readonly ok: true; readonly key: Uint8Array; readonly kept: 'sealed' | 'file' | 'plain' }
  | { readonly ok: false; readonly file: string };

/** Opens the key, making one at the first start. A key that is there and cannot be read is never replaced. */
export async function unlock(places: KeyPlaces, keyring: Keyring, platform: NodeJS.Platform): Promise<Unlocked> {
  if (places.fileIsGiven) return fromFile(places.file, 'file');
  if (existsSync(places.sealed)) return fromSealed(places.sealed, keyring);
  if (existsSync(places.file)) return fromFile(places.file, 'file');
  if (!(await isReal(keyring, platform))) return fromFile(places.file, 'plain');
  const key = newKey();
  const sealed = await keyring.encryptStringAsync(Buffer.from(key).toString('hex'));
  mkdirSync(dirname(places.sealed), { recursive: true, mode: 0o700 });
  writeFileSync(`${places.sealed}.new`, sealed, { mode: 0o600 });
  renameSync(`${places.sealed}.new`, places.sealed);
  return { ok: true, key, kept: 'sealed' };
}

function fromFile(file: string, kept: 'file' | 'plain'): Unlocked {
  const key = installationKey(file);
  return key.ok ? { ok: true, key: key.value, kept } : { ok: false, file };
}

async function fromSealed(file: string, keyring: Keyring): Promise<Unlocked> {
  try {
    const { result } = await keyring.decryptStringAsync(readFileSync(file));
    if (/^[0-9a-f]{64}$/.test(result)) return { ok: true, key: Buffer.from(result, 'hex'), kept: 'sealed' };
  } catch {
    // another account, another keyring, a damaged file: the person has to say what to do
  }
  return { ok: false, file };
}

/** On Linux without a keyring the "encryption" uses a key that is in Chromium's source: worth less than a file's mode. */
async function isReal(keyring: Keyring, platform: NodeJS.Platform): Promise<boolean> {
  if (!(await keyring.isAsyncEncryptionAvailable())) return false;
  return platform !== 'linux' || !['basic_text', 'unknown'].includes(keyring.getSelectedStorageBackend());
}
