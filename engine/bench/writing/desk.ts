/**
 * Files written packet by packet: the work of one thread, or of this one where no thread can be had. It knows nothing of phones, so its
 * program is small and a thread ready within milliseconds.
 */
import { hash } from 'node:crypto';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { sep } from 'node:path';
import { Secret } from '../../contract/secret.js';
import { between } from '../../phones/pack.js';
import { packFile } from '../../profiles/packing/pack-file.js';
import { escapeXml } from '../../profiles/xml.js';
import { betweenRows, type Desk, type FilePlan, type Packet, type Written } from './packet.js';
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
    const rows = escapeXml(texts).split(betweenRows); // all of them at once, for most hold nothing to escape
    let files = 0;
    try {
      for (const [i, number] of planOf.entries()) {
        const own = (rows[i] ?? '').split(between);
        for (const file of this.#plans.get(number) ?? []) {
          const end = this.#make(file, own);
          const path = this.#folder + file.name.join(macs[i] ?? '');
          if (!file.gzip && file.how === undefined) writeWhole(path, this.#page, blockBytes, end);
          else writePacked(path, file, this.#page.subarray(blockBytes, end), keys[i] ?? '');
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

  /** Makes a file on the page; gives where it ends. */
  #make({ start, end, mark }: FilePlan, texts: readonly string[]): number {
    const text = fillStencil(start, texts);
    this.#makeRoom(text.length, end.length, mark?.[0].length ?? 0, mark?.[1].length ?? 0);
    const page = this.#page;
    let at = blockBytes + page.write(text, blockBytes, 'utf8');
    const ended = at + page.write(end, at, 'utf8');
    if (mark === undefined) return ended;
    // HMAC (RFC 2104) by two plain digests: an object for each file would take as long as the digest itself.
    this.#outer.write(hash('sha256', page.subarray(0, ended), 'binary'), blockBytes, 'latin1');
    at += page.write(mark[0] + hash('sha256', this.#outer, 'hex') + mark[1], at, 'utf8');
    return at;
  }

  /** Three bytes are the most a UTF-16 unit comes to in UTF-8. */
  #makeRoom(...lengths: readonly number[]): void {
    const most = blockBytes + 2 * digestBytes + 3 * lengths.reduce((sum, each) => sum + each, 0);
    if (most <= this.#page.length) return;
    this.#page = Buffer.allocUnsafeSlow(2 * most);
    this.#page.set(this.#inner);
  }
}

function padded(key: Uint8Array, by: number): Buffer {
  const block = Buffer.alloc(blockBytes, by);
  for (const [i, byte] of key.entries()) block[i] = byte ^ by;
  return block;
}

const anew = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC;

function writePacked(path: string, { gzip, how }: FilePlan, bytes: Uint8Array, key: string): void {
  const pair = { key: new Secret(key), directory: new Secret('') };
  const packed = packFile(bytes, { gzip, ...(how === undefined ? {} : { encryption: { how, pair } }) }).bytes;
  writeWhole(path, packed, 0, packed.length);
}

/** Open, write, close: on one thread that is twice as fast as promises of the same. */
function writeWhole(path: string, bytes: Uint8Array, from: number, to: number): void {
  const file = openSync(path, anew, 0o600);
  try {
    for (let at = from; at < to;) at += writeSync(file, bytes, at, to - at);
  } finally {
    closeSync(file);
  }
}
