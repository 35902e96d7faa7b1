/**
 * Files of the folder held in memory once, for everybody who serves them (HTTP, TFTP and its worker threads): they send slices.
 *
 * The bytes lie in shared memory, so that a thread is given the file and not a copy. What was used longest ago makes room; what
 * does not fit beside the files in use is not held, and is then streamed from disk. A file that changed on disk (time of change, size, inode)
 * is read anew; whoever is sending the old one ends with the bytes he began with.
 */
import { type FileHandle, open, stat } from 'node:fs/promises';

interface HeldFile extends Disposable {
  /** The whole file, over a SharedArrayBuffer; never written to. */
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  /** When it was changed, milliseconds since 1970. */
  readonly modified: number;
}

export interface FileMemory {
  /**
   * The file, held until disposed: at once where it was looked at a moment ago, else as soon as the disk has answered.
   * Undefined where it is no readable regular file or there is no room for it: the caller streams it, or finds out why not. Never rejects.
   */
  hold(path: string): HeldFile | Promise<HeldFile | undefined>;
  /** Bytes held now. */
  readonly held: number;
}

export type FileMemoryOptions = {
  /** Bytes held at most, 512 MiB unless said. */
  readonly budget?: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
};

/** For so long a file is taken as it was last seen, in milliseconds: a thousand phones that ask at once cost one look. */
const lookEvery = 250;

export const fileMemoryUnlessSaid = 512 * 1024 * 1024;

type Version = { readonly size: number; readonly mtimeMs: number; readonly ctimeMs: number; readonly ino: number };
type Entry = { readonly bytes: Uint8Array<SharedArrayBuffer>; readonly version: Version; seenAt: number; users: number; current: boolean };

/** Memory for files, empty at first. */
export function fileMemory({ budget = fileMemoryUnlessSaid, now = () => performance.now() }: FileMemoryOptions = {}): FileMemory {
  return new Memory(budget, now);
}

class Memory implements FileMemory {
  readonly #budget: number;
  readonly #now: () => number;
  /** In the order of use, longest ago first. */
  readonly #entries = new Map<string, Entry>();
  readonly #looking = new Map<string, Promise<Entry | undefined>>();
  #held = 0;

  constructor(budget: number, now: () => number) {
    this.#budget = budget;
    this.#now = now;
  }

  get held(): number {
    return this.#held;
  }

  hold(path: string): HeldFile | Promise<HeldFile | undefined> {
    const entry = this.#entries.get(path);
    if (entry !== undefined && this.#now() - entry.seenAt < lookEvery) return this.#use(path, entry);
    const running = this.#looking.get(path);
    const looking = running ?? this.#look(path).finally(() => this.#looking.delete(path));
    if (running === undefined) this.#looking.set(path, looking);
    return looking.then((found) => found && this.#use(path, found));
  }

  #use(path: string, entry: Entry): HeldFile {
    entry.users++;
    if (entry.current) {
      this.#entries.delete(path);
      this.#entries.set(path, entry); // now the last to go
    }
    let used = true;
    return {
      bytes: entry.bytes,
      modified: entry.version.mtimeMs,
      [Symbol.dispose]: () => {
        if (!used) return;
        used = false;
        entry.users--;
        this.#settle(entry);
      },
    };
  }

  async #look(path: string): Promise<Entry | undefined> {
    try {
      const known = this.#entries.get(path);
      const version = await stat(path);
      if (known?.current === true && same(known.version, version)) {
        known.seenAt = this.#now();
        return known;
      }
      if (known !== undefined) this.#drop(path, known);
      if (!version.isFile() || !this.#makeRoom(version.size)) return undefined;
      this.#held += version.size; // reserved while it is read, for others read at the same time
      const bytes = await readWhole(path, version).catch(() => undefined);
      if (bytes === undefined) {
        this.#held -= version.size;
        return undefined;
      }
      const entry = { bytes, version, seenAt: this.#now(), users: 0, current: true };
      this.#entries.set(path, entry);
      return entry;
    } catch {
      return undefined; // gone, or not ours to read
    }
  }

  #makeRoom(size: number): boolean {
    if (size > this.#budget) return false;
    for (const [path, entry] of this.#entries) {
      if (this.#held + size <= this.#budget) return true;
      if (entry.users === 0) this.#drop(path, entry);
    }
    return this.#held + size <= this.#budget;
  }

  #drop(path: string, entry: Entry): void {
    if (this.#entries.get(path) === entry) this.#entries.delete(path);
    entry.current = false;
    this.#settle(entry);
  }

  /** What nobody sends any more and is not current has left the memory. */
  #settle(entry: Entry): void {
    if (!entry.current && entry.users === 0) this.#held -= entry.bytes.length;
  }
}

function same(a: Version, b: Version): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.ino === b.ino;
}

/** All bytes of the version; undefined where the file changed under the reading. */
async function readWhole(path: string, version: Version): Promise<Uint8Array<SharedArrayBuffer> | undefined> {
  await using handle: FileHandle = await open(path, 'r');
  const bytes = new Uint8Array(new SharedArrayBuffer(version.size));
  for (let filled = 0; filled < bytes.length;) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, filled);
    if (bytesRead === 0) return undefined;
    filled += bytesRead;
  }
  return same(version, await handle.stat()) ? bytes : undefined;
}
