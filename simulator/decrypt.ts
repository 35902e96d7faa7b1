/**
 * How a phone opens what it fetched, with means of its own (Cisco MPP provisioning guide, "Provisioning Formats"; release notes 11.2(3)).
 * `--key` files are left to the program `openssl`, which they are made for; where it is not there, and for RFC 8188, which it cannot read,
 * to code written for the phones alone.
 */
import { execFile } from 'node:child_process';
import { createDecipheriv, createHash, createHmac } from 'node:crypto';
import type { Fetched } from './transfer.js';

/** What a phone has to open files with: the rule's `--key`, and `IKM_HTTP_Encrypt_Content`. */
export type Means = { readonly key: string | undefined; readonly ikm: string };

/** What an opened file may be, and whether it was locked; nothing where the means don't open it. */
export type Opened = { readonly candidates: readonly Uint8Array[]; readonly locked: boolean };

const digests = ['sha256', 'md5'] as const;

/**
 * Everything a file may be once it is opened: which digest a release means is not documented, so both are tried, and the one that gives
 * a profile is right. Never rejects.
 */
export async function openFile(file: Extract<Fetched, { ok: true }>, { key, ikm }: Means): Promise<Opened> {
  if (file.coding === 'aes128gcm') {
    const opened = keyForms(ikm).flatMap((form) => openRecords(Buffer.from(file.bytes), form) ?? []);
    return { candidates: opened, locked: true };
  }
  if (key === undefined) return { candidates: [file.bytes], locked: false };
  const opened = await Promise.all(digests.map((digest) => openSalted(file.bytes, key, digest)));
  return { candidates: opened.filter((each) => each !== undefined), locked: true };
}

/** `openssl enc -d`; the key goes through the environment, where no list of processes shows it. */
function openSalted(bytes: Uint8Array, key: string, digest: (typeof digests)[number]): Promise<Uint8Array | undefined> {
  if (Buffer.from(bytes.subarray(0, 8)).toString('latin1') !== 'Salted__') return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const args = ['enc', '-d', '-aes-256-cbc', '-md', digest, '-pass', 'env:PHONE_KEY'];
    const options = { encoding: 'buffer', maxBuffer: 8 * 1024 * 1024, env: { ...process.env, PHONE_KEY: key } } as const;
    const child = execFile('openssl', args, options, (error, out) => {
      if (error === null) resolve(out);
      else resolve(error.code === 'ENOENT' ? openSaltedHere(bytes, key, digest) : undefined);
    });
    child.stdin?.on('error', () => undefined); // it is not there, or has seen enough
    child.stdin?.end(bytes);
  });
}

/** The same without the program: EVP_BytesToKey, one round, by its manual page. */
function openSaltedHere(bytes: Uint8Array, key: string, digest: string): Uint8Array | undefined {
  const blocks = [Buffer.alloc(0)];
  for (let i = 0; i < 3; i += 1)
    blocks.push(
      createHash(digest)
        .update(blocks.at(-1) ?? '')
        .update(key)
        .update(bytes.subarray(8, 16))
        .digest(),
    );
  const stuff = Buffer.concat(blocks);
  const cipher = createDecipheriv('aes-256-cbc', stuff.subarray(0, 32), stuff.subarray(32, 48));
  try {
    return Buffer.concat([cipher.update(bytes.subarray(16)), cipher.final()]);
  } catch {
    return undefined;
  }
}

/** No document says how the parameter spells its bytes: as digits, in base64url, or as they are. */
function keyForms(ikm: string): Buffer[] {
  if (ikm === '') return [];
  const forms = [Buffer.from(ikm, 'latin1')];
  if (/^(?:[\da-f]{2})+$/i.test(ikm)) forms.push(Buffer.from(ikm, 'hex'));
  if (/^[\w-]+$/.test(ikm)) forms.push(Buffer.from(ikm, 'base64url'));
  return forms;
}

/** RFC 8188: salt, record size, keyid; then records, each told by its delimiter whether another follows. */
function openRecords(bytes: Buffer, ikm: Buffer): Uint8Array | undefined {
  if (bytes.length < 21) return undefined;
  const size = bytes.readUInt32BE(16);
  let at = 21 + bytes.readUInt8(20);
  if (size < 18) return undefined;
  const prk = createHmac('sha256', bytes.subarray(0, 16)).update(ikm).digest();
  const key = createHmac('sha256', prk).update(Buffer.from('Content-Encoding: aes128gcm\0\u0001')).digest().subarray(0, 16);
  const base = createHmac('sha256', prk).update(Buffer.from('Content-Encoding: nonce\0\u0001')).digest().subarray(0, 12);
  let opened = Buffer.alloc(0);
  for (let sequence = 0n; at < bytes.length; at += size, sequence += 1n) {
    const record = bytes.subarray(at, at + size);
    if (record.length < 17) return undefined;
    const nonce = Buffer.from(base);
    nonce.writeBigUInt64BE(nonce.readBigUInt64BE(4) ^ sequence, 4);
    const cipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(record.subarray(record.length - 16));
    try {
      const plain = Buffer.concat([cipher.update(record.subarray(0, record.length - 16)), cipher.final()]);
      const delimiter = plain.findLastIndex((byte) => byte !== 0);
      if (delimiter < 0 || plain[delimiter] !== (at + size >= bytes.length ? 2 : 1)) return undefined;
      opened = Buffer.concat([opened, plain.subarray(0, delimiter)]);
    } catch {
      return undefined;
    }
  }
  return opened;
}
