/** Files the window gave: their bytes, in memory, under random handles. Paths are never seen here. */
import type { Output } from '../contract/calls.js';
import { Keepsakes } from './keepsakes.js';
import { done, failed, type Reply } from './reply.js';

type File = { readonly name: string; readonly bytes: Uint8Array };

/** One file at most so large, so many kept, all of them together at most so large. */
const limits = { file: 20 << 20, files: 32, all: 96 << 20 } as const;

export class Uploads {
  readonly #kept = new Keepsakes<File>({ number: limits.files, bytes: limits.all, sizeOf: ({ bytes }) => bytes.length });

  take(name: string, base64: string): Reply<Output<'files.upload'>> {
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.length > limits.file) return failed('file.too-large', { bytes: bytes.length, limit: limits.file });
    const plain = name.split(/[/\\]/).at(-1) ?? '';
    return done({ handle: this.#kept.keep({ name: plain, bytes }), name: plain, size: bytes.length });
  }

  bytes(handle: string): Uint8Array | undefined {
    return this.#kept.get(handle)?.bytes;
  }

  nameOf(handle: string): string | undefined {
    return this.#kept.get(handle)?.name;
  }

  /** The newest file of a name: the template a recipe speaks of, given beside it. */
  named(name: string): Uint8Array | undefined {
    return this.#kept.newest().find((file) => file.name === name)?.bytes;
  }
}
