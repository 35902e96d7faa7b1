/** What is sent for a name: its bytes in memory where they are or may be held there, else read from disk piece by piece. */
import { createHmac } from 'node:crypto';
import { type Content, openContent } from '../content.js';
import type { FileMemory } from '../file-memory.js';
import type { FileAnswer } from '../files.js';

type Found = Extract<FileAnswer, { kind: 'bytes' | 'file' }>;

export interface Representation extends Disposable {
  readonly size: number;
  /** Strong, quoted. */
  readonly etag: string | undefined;
  /** All of it, where it is in memory. */
  readonly bytes: Uint8Array | undefined;
  read(from: number, to: number): Uint8Array | Promise<Uint8Array | undefined>;
}

export type OpenRepresentation = (found: Found) => Representation | Promise<Representation | undefined>;

/**
 * Opens what was found; undefined where it cannot be read.
 *
 * The tag of a profile is an HMAC under a key of this process: a bare hash, seen in a capture, would let anyone search for its passwords.
 */
export function representations(tagKey: Uint8Array, memory: FileMemory | undefined): OpenRepresentation {
  return (found) => {
    if (found.kind === 'bytes') return inMemory(found.bytes, profileTag(tagKey, found.bytes), () => {});
    const held = memory?.hold(found.file);
    if (held === undefined) return streamed(found);
    if (!(held instanceof Promise)) return inMemory(held.bytes, fileTag(held.bytes.length, held.modified), () => held[Symbol.dispose]());
    return held.then((whole) =>
      whole === undefined
        ? streamed(found)
        : inMemory(whole.bytes, fileTag(whole.bytes.length, whole.modified), () => whole[Symbol.dispose]()),
    );
  };
}

function inMemory(bytes: Uint8Array, etag: string, release: () => void): Representation {
  return { size: bytes.length, etag, bytes, read: (from, to) => bytes.subarray(from, to), [Symbol.dispose]: release };
}

async function streamed(found: Found): Promise<Representation | undefined> {
  const content: Content | undefined = await openContent(found);
  if (content === undefined) return undefined;
  return {
    size: content.size,
    etag: content.modified === undefined ? undefined : fileTag(content.size, content.modified),
    bytes: undefined,
    read: (from, to) => content.read(from, to),
    [Symbol.dispose]: () => void content[Symbol.asyncDispose](),
  };
}

function profileTag(key: Uint8Array, bytes: Uint8Array): string {
  return `"${createHmac('sha256', key).update(bytes).digest('base64url').slice(0, 22)}"`;
}

/** Length and time of change, as other servers do it: a changed file gets another, and nobody has to read 200 MB for it. */
function fileTag(size: number, modified: number): string {
  return `"${size.toString(36)}-${Math.round(modified * 1000).toString(36)}"`;
}
