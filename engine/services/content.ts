/** What TFTP and HTTP send: bytes made for the phone, or a file of the folder read piece by piece and never wholly in memory. */
import { type FileHandle, open } from 'node:fs/promises';
import type { FileAnswer } from './files.js';

export interface Content extends AsyncDisposable {
  /** Bytes; a file that grows or shrinks meanwhile keeps the size it had. */
  readonly size: number;
  /** When the file was changed, milliseconds since 1970; not of bytes that are at hand. */
  readonly modified?: number;
  /** The bytes `from` to `to`; undefined where the file no longer has them. At once where they are at hand. Never rejects. */
  read(from: number, to: number): Uint8Array | Promise<Uint8Array | undefined>;
}

export type Found = Extract<FileAnswer, { kind: 'bytes' | 'file' }>;

/** Read ahead of a file: some round trips without going to disk, and little enough for a thousand transfers. */
const ahead = 128 * 1024;

/** Opens what was found; undefined where it cannot be read. */
export async function openContent(found: Found): Promise<Content | undefined> {
  return found.kind === 'bytes' ? inMemory(found.bytes) : openFile(found.file);
}

/** Bytes that are at hand. */
export function inMemory(bytes: Uint8Array): Content {
  return { size: bytes.length, read: (from, to) => bytes.subarray(from, to), [Symbol.asyncDispose]: async () => {} };
}

async function openFile(path: string): Promise<Content | undefined> {
  try {
    const handle = await open(path, 'r');
    const about = await handle.stat();
    if (about.isFile()) return new FileContent(handle, about.size, about.mtimeMs);
    await handle.close();
  } catch {
    return undefined; // gone, or not ours to read: the client is told so
  }
  return undefined;
}

class FileContent implements Content {
  readonly size: number;
  readonly modified: number;
  readonly #handle: FileHandle;
  #window: { readonly at: number; readonly bytes: Uint8Array } = { at: 0, bytes: new Uint8Array() };

  constructor(handle: FileHandle, size: number, modified: number) {
    this.#handle = handle;
    this.size = size;
    this.modified = modified;
  }

  read(from: number, to: number): Uint8Array | Promise<Uint8Array | undefined> {
    return this.#atHand(from, to) ?? this.#fetch(from, to);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close().catch(() => {});
  }

  #atHand(from: number, to: number): Uint8Array | undefined {
    const { at, bytes } = this.#window;
    return from >= at && to <= at + bytes.length ? bytes.subarray(from - at, to - at) : undefined;
  }

  async #fetch(from: number, to: number): Promise<Uint8Array | undefined> {
    const length = Math.min(this.size - from, Math.max(ahead, to - from));
    const bytes = new Uint8Array(length);
    try {
      for (let filled = 0; filled < length;) {
        const { bytesRead } = await this.#handle.read(bytes, filled, length - filled, from + filled);
        if (bytesRead === 0) return undefined; // it became shorter
        filled += bytesRead;
      }
    } catch {
      return undefined;
    }
    this.#window = { at: from, bytes };
    return this.#atHand(from, to);
  }
}
