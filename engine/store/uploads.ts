/**
 * What phones send, under `uploads` in the data folder: configuration reports and problem reports, each under a name of ours.
 *
 *   20261124T044105Z-00562b043615-k3f9q2.xml          when, who, something random, what it looks like
 *
 * A file is streamed into a temporary one (mode 0600) and renamed when it is whole. Of one phone the newest are kept; of all, no more
 * than there is room for. Nothing a phone says becomes part of a name but its address or MAC, and that is checked.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes. */
export type UploadLimits = {
  readonly ofFile: number;
  readonly ofPhone: number;
  readonly ofAll: number;
  /** Files of one phone, and of all: small ones use up a disk's entries long before its bytes. */
  readonly filesOfPhone: number;
  readonly files: number;
  /** Uploads under way at once. */ readonly atOnce: number;
};

const mebibyte = 1024 * 1024;
const limitsUnlessSaid: UploadLimits = {
  ofFile: 32 * mebibyte,
  ofPhone: 128 * mebibyte,
  ofAll: 1024 * mebibyte,
  filesOfPhone: 200,
  files: 50_000,
  atOnce: 64,
};

export type UploadsOptions = {
  readonly folder: string;
  readonly now: () => Date;
  readonly limits?: UploadLimits;
};

type Kept = { readonly name: string; readonly owner: string; readonly bytes: number };
type Written = 'kept' | 'too-large' | 'full' | 'failed';

/** One upload on its way. None of its functions rejects. */
export interface Upload {
  write(bytes: Uint8Array): Promise<Written>;
  keep(): Promise<{ readonly file: string; readonly bytes: number } | undefined>;
  drop(): Promise<void>;
}

const nameForm = /^\d{8}T\d{6}Z-([0-9a-z-]+)-[0-9a-f]{12}\.[a-z.]{1,8}$/;

export class Uploads {
  readonly #folder: string;
  readonly #now: () => Date;
  readonly #limits: UploadLimits;
  /** In the order of their names, which is that of their time. */
  #kept: Promise<Kept[]> | undefined;
  /** Bytes kept and under way, of all; under way of each. */
  #bytes = 0;
  readonly #underWay = new Map<string, number>();
  #running = 0;

  constructor({ folder, now, limits = limitsUnlessSaid }: UploadsOptions) {
    this.#folder = folder;
    this.#now = now;
    this.#limits = limits;
  }

  /** Begins an upload of `owner` (a MAC or an address), or gives the HTTP status that says why not. */
  async begin(owner: string, size = 0): Promise<Upload | number> {
    if (size > this.#limits.ofFile) return 413;
    if (this.#running >= this.#limits.atOnce) return 503;
    this.#running += 1;
    const who =
      owner
        .toLowerCase()
        .replaceAll(/[^0-9a-z]+/g, '-')
        .slice(0, 40) || 'unknown';
    try {
      const kept = await (this.#kept ??= this.#open());
      if (this.#bytes + size > this.#limits.ofAll || kept.length >= this.#limits.files) return this.#refuse(507);
      const temporary = join(this.#folder, `.${randomBytes(6).toString('hex')}.part`);
      const handle = await open(temporary, 'wx', 0o600);
      return this.#upload(who, temporary, handle, kept);
    } catch {
      this.#kept = undefined; // the folder may come back
      return this.#refuse(500);
    }
  }

  #refuse(status: number): number {
    this.#running -= 1;
    return status;
  }

  #upload(owner: string, temporary: string, handle: FileHandle, kept: Kept[]): Upload {
    let bytes = 0;
    let first: Uint8Array = new Uint8Array();
    let open = true;
    const close = async (): Promise<void> => {
      if (!open) return;
      open = false;
      this.#running -= 1;
      const others = (this.#underWay.get(owner) ?? 0) - bytes;
      if (others > 0) this.#underWay.set(owner, others);
      else this.#underWay.delete(owner);
      await handle.close().catch(() => {});
    };
    const drop = async (): Promise<void> => {
      if (!open) return;
      await close();
      this.#bytes -= bytes;
      await rm(temporary, { force: true }).catch(() => {});
    };
    const write = async (piece: Uint8Array): Promise<Written> => {
      const { ofFile, ofPhone, ofAll } = this.#limits;
      const ofThis = (this.#underWay.get(owner) ?? 0) + piece.length;
      if (bytes + piece.length > ofFile || ofThis > ofPhone) return 'too-large';
      if (this.#bytes + piece.length > ofAll) return 'full';
      if (first.length === 0) first = Uint8Array.from(piece.subarray(0, 512));
      bytes += piece.length;
      this.#bytes += piece.length;
      this.#underWay.set(owner, ofThis);
      try {
        await handle.writeFile(piece);
        return 'kept';
      } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'ENOSPC' ? 'full' : 'failed';
      }
    };
    const keep = async (): Promise<{ file: string; bytes: number } | undefined> => {
      const name = `${stamp(this.#now())}-${owner}-${randomBytes(6).toString('hex')}.${kindOf(first)}`;
      try {
        await rename(temporary, join(this.#folder, name));
      } catch {
        await drop();
        return undefined;
      }
      await close();
      kept.push({ name, owner, bytes });
      await this.#makeRoom(owner, kept);
      return { file: name, bytes };
    };
    return { write, keep, drop };
  }

  /** The oldest of a phone that has sent more than it may leave the folder. */
  async #makeRoom(owner: string, kept: Kept[]): Promise<void> {
    const own = kept.filter((each) => each.owner === owner);
    let files = own.length;
    let total = own.reduce((sum, { bytes }) => sum + bytes, 0);
    while (total > this.#limits.ofPhone || files > this.#limits.filesOfPhone) {
      const at = kept.findIndex((each) => each.owner === owner);
      const [oldest] = kept.splice(at, 1);
      if (oldest === undefined) return;
      files -= 1;
      total -= oldest.bytes;
      this.#bytes -= oldest.bytes;
      await rm(join(this.#folder, oldest.name), { force: true }).catch(() => {});
    }
  }

  /** What earlier runs kept; what they left unfinished goes. */
  async #open(): Promise<Kept[]> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const kept: Kept[] = [];
    for (const name of (await readdir(this.#folder)).sort()) {
      if (/^\.[0-9a-f]{12}\.part$/.test(name)) await rm(join(this.#folder, name), { force: true });
      const owner = nameForm.exec(name)?.[1];
      if (owner !== undefined) kept.push({ name, owner, bytes: (await stat(join(this.#folder, name))).size });
    }
    this.#bytes = kept.reduce((sum, { bytes }) => sum + bytes, 0);
    return kept;
  }
}

/** `20261124T044105Z`. */
function stamp(at: Date): string {
  return at.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

/** By how it begins, for whoever opens the folder. */
function kindOf(first: Uint8Array): string {
  const text = Buffer.from(first).toString('latin1');
  if (text.startsWith('\x1f\x8b')) return 'tar.gz';
  if (text.startsWith('PK')) return 'zip';
  if (/^(?:\xef\xbb\xbf)?\s*</.test(text)) return 'xml';
  return /^[\t\r\n\x20-\x7e\x80-\xff]*$/.test(text) ? 'txt' : 'bin';
}
