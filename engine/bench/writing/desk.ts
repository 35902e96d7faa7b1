/**
 * Files written packet by packet: the work of one thread, or of this one where no thread can be had. It knows nothing of phones, so its
 * program is small and a thread ready within milliseconds.
 */
import { hash } from 'node:crypto';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { sep } from 'node:path';
import { Secret } from '../../contract/secret.js';
import { packFile } from '../../profiles/packing/pack-file.js';
import { escapeXml } from '../../profiles/xml.js';
import { between, type Desk, type FilePlan, type Packet, type Written } from './packet.js';
import { fillStencil } from './stencil.js';

/** SHA-256 works in blocks of so many bytes (RFC 2104 section 2). */
const blockBytes = 64;
const digestBytes = 32;
const roomAtFirst = 1 << 16;

export class DeskWork {
  readonly #folder: string;
  readonly #plans = new Map<number, readonly FilePlan[]>();
  /** The outer block of the HMAC and room for the inner digest. */
  readonly #outer: Buffer;
  /** The inner block of the HMAC, and behind it the file in hand: one piece of memory for all of them. */
  #page: Buffer = Buffer.allocUnsafeSlow(roomAtFirst);
  readonly #inner: Buffer;

  constructor({ folder, markerKey }: Desk) {
    if (markerKey.length > blockBytes) throw new RangeError(`a marker's key has ${blockBytes} bytes at most`);
    this.#folder = folder === '' || folder.endsWith(sep) ? folder : folder + sep; // `join` for each file would take as long as filling it
    this.#inner = padded(markerKey, 0x36);
    this.#outer = Buffer.concat([padded(markerKey, 0x5c), Buffer.alloc(digestBytes)]);
    this.#page.set(this.#inner);
  }

  /** Writes the files of these rows, each readable by its owner alone; stops at the first that cannot be written. */
  write({ plans, planOf, macs, texts, keys }: Packet): Written {
    for (const [number, plan] of plans) this.#plans.set(number, plan);
    let files = 0;
    try {
      for (const [i, number] of planOf.entries()) {
        const own = escapeXml(texts[i] ?? '').split(between); // all of them at once, for most hold nothing to escape
        for (const file of this.#plans.get(number) ?? []) {
          const bytes = this.#packed(file, this.#made(file, own), keys[i] ?? '');
          writeWhole(this.#folder + file.name.join(macs[i] ?? ''), bytes);
          files += 1;
        }
      }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      return { reason: String(error.code) };
    }
    for (const [number] of plans) if (number < 0) this.#plans.delete(number);
    return { files };
  }

  /** The bytes of a file, good until the next one is made. */
  #made({ start, end, mark }: FilePlan, texts: readonly string[]): Buffer {
    const text = fillStencil(start, texts);
    this.#makeRoom(text.length, end.length, mark?.[0].length ?? 0, mark?.[1].length ?? 0);
    const page = this.#page;
    let at = blockBytes + page.write(text, blockBytes, 'utf8');
    const ended = at + page.write(end, at, 'utf8');
    if (mark === undefined) return page.subarray(blockBytes, ended);
    // HMAC (RFC 2104) by two plain digests: an object for each file would take as long as the digest itself.
    this.#outer.write(hash('sha256', page.subarray(0, ended), 'binary'), blockBytes, 'latin1');
    at += page.write(mark[0], at, 'utf8');
    at += page.write(hash('sha256', this.#outer, 'hex'), at, 'latin1');
    at += page.write(mark[1], at, 'utf8');
    return page.subarray(blockBytes, at);
  }

  /** Three bytes are the most a UTF-16 unit comes to in UTF-8. */
  #makeRoom(...lengths: readonly number[]): void {
    const most = blockBytes + 2 * digestBytes + 3 * lengths.reduce((sum, each) => sum + each, 0);
    if (most <= this.#page.length) return;
    this.#page = Buffer.allocUnsafeSlow(2 * most);
    this.#page.set(this.#inner);
  }

  #packed({ gzip, how }: FilePlan, bytes: Buffer, key: string): Uint8Array {
    if (!gzip && how === undefined) return bytes;
    const pair = { key: new Secret(key), directory: new Secret('') };
    return packFile(bytes, { gzip, ...(how === undefined ? {} : { encryption: { how, pair } }) }).bytes;
  }
}

function padded(key: Uint8Array, by: number): Buffer {
  const block = Buffer.alloc(blockBytes, by);
  for (const [i, byte] of key.entries()) block[i] = byte ^ by;
  return block;
}

const anew = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC;

/** Open, write, close: on one thread that is twice as fast as promises of the same. */
function writeWhole(path: string, bytes: Uint8Array): void {
  const file = openSync(path, anew, 0o600);
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
  } finally {
    closeSync(file);
  }
}
