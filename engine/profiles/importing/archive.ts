/**
 * A zip archive (PKWARE APPNOTE 6.3.10) as people bring it: what is in it, and the bytes of one entry. Nothing of it is ever written to
 * a disk, so a name cannot lead anywhere; one that would is told all the same, for nobody means well with it.
 */
import { buffer } from 'node:stream/consumers';
import { type Entry, fromBufferPromise, getFileNameLowLevel, validateFileName, type ZipFile } from 'yauzl';

type ArchiveEntry = {
  /** With `/` between folders. */
  readonly name: string;
  /** Bytes, unpacked, as the archive says. */
  readonly size: number;
  /** Why it is not read. */
  readonly refused: 'import.zip-encrypted' | 'import.zip-path' | 'import.zip-method' | 'import.zip-entry-large' | 'import.zip-twice' | null;
};

type Archive = {
  readonly entries: readonly ArchiveEntry[];
  /** The bytes of an entry; undefined where it is refused or damaged. Never rejects. */
  read(name: string): Promise<Uint8Array | undefined>;
};

export type OpenedArchive =
  | { readonly ok: true; readonly archive: Archive }
  | { readonly ok: false; readonly code: 'import.zip-damaged' | 'import.zip-many' | 'import.zip-large' };

/** A kit holds some hundred files of some ten kilobytes. */
const archiveLimits = { entries: 2000, entry: 4 << 20, all: 64 << 20 } as const;

/** Lists an archive; folders are left out. Never rejects. */
export async function openArchive(bytes: Uint8Array): Promise<OpenedArchive> {
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes), { lazyEntries: true, decodeStrings: false, autoClose: false });
    if (zip.entryCount > archiveLimits.entries) return { ok: false, code: 'import.zip-many' };
    const found = new Map<string, { readonly entry: Entry; readonly listed: ArchiveEntry }>();
    let all = 0;
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      all += entry.uncompressedSize;
      if (all > archiveLimits.all) return { ok: false, code: 'import.zip-large' };
      if (name.endsWith('/')) continue;
      if (found.size >= archiveLimits.entries) return { ok: false, code: 'import.zip-many' };
      // Programs differ in which of two they take: what was looked at in one is not what another unpacks.
      const refused = found.has(name) ? 'import.zip-twice' : refusalOf(entry, name);
      found.set(name, { entry, listed: { name, size: entry.uncompressedSize, refused } });
    }
    return {
      ok: true,
      archive: {
        entries: [...found.values()].map(({ listed }) => listed),
        read: async (name) => {
          const known = found.get(name);
          return known === undefined || known.listed.refused !== null ? undefined : unpack(zip, known.entry);
        },
      },
    };
  } catch {
    return { ok: false, code: 'import.zip-damaged' };
  }
}

/** UTF-8 or code page 437, as the entry says. */
function nameOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields ?? [], false);
}

function refusalOf(entry: Entry, name: string): ArchiveEntry['refused'] {
  if (validateFileName(name) !== null || /\p{Cc}/u.test(name) || name.length > 300) return 'import.zip-path';
  if (entry.isEncrypted()) return 'import.zip-encrypted';
  if (!entry.canDecodeFileData()) return 'import.zip-method';
  return entry.uncompressedSize > archiveLimits.entry ? 'import.zip-entry-large' : null;
}

/** The stream ends in an error as soon as it gives more than the entry said (yauzl's `validateEntrySizes`), so this is bounded. */
async function unpack(zip: ZipFile, entry: Entry): Promise<Uint8Array | undefined> {
  try {
    return await buffer(await zip.openReadStreamPromise(entry));
  } catch {
    return undefined;
  }
}
