/**
 * What a person gave, as texts to choose from: a template by itself, one that is compressed, or the text files of an archive (a CPE kit,
 * a device type archive; an archive within it is opened once more).
 */
import { gunzipSync } from 'node:zlib';
import { decodeText } from '../encoding.js';
import { openArchive } from './archive.js';

export type OfferedFile = {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Null where it is refused. */
  readonly text: string | null;
  readonly refused: string | null;
};

export type Offered = { readonly ok: true; readonly files: readonly OfferedFile[] } | { readonly ok: false; readonly code: string };

const mostBytes = 4 << 20;
/** All texts of one archive together. */
const mostText = 24 << 20;

/** Never rejects. */
export async function offer(name: string, bytes: Uint8Array): Promise<Offered> {
  if (isZip(bytes)) return offerArchive(bytes);
  const file = asText(name, bytes);
  return file.refused === null ? { ok: true, files: [file] } : { ok: false, code: file.refused };
}

async function offerArchive(bytes: Uint8Array): Promise<Offered> {
  const files: OfferedFile[] = [];
  let room = mostText;
  const list = async (inside: Uint8Array, prefix: string, depth: number): Promise<string | undefined> => {
    const opened = await openArchive(inside);
    if (!opened.ok) return opened.code;
    const { archive } = opened;
    const { entries } = archive;
    if (entries.some((entry) => entry.name === '[Content_Types].xml')) return 'import.workbook';
    for (const { name, size, refused } of entries) {
      const at = `${prefix}${name}`;
      if (refused !== null || size > room) {
        files.push({ name: at, size, text: null, refused: refused ?? 'import.zip-large' });
        continue;
      }
      const content = await archive.read(name);
      if (content === undefined) {
        files.push({ name: at, size, text: null, refused: 'import.zip-damaged' });
        continue;
      }
      room -= content.length;
      if (isZip(content) && depth === 0) {
        const refusedInside = await list(content, `${at}/`, depth + 1);
        if (refusedInside !== undefined) files.push({ name: at, size, text: null, refused: refusedInside });
      } else files.push(asText(at, content));
    }
    return undefined;
  };
  const refused = await list(bytes, '', 0);
  return refused === undefined ? { ok: true, files } : { ok: false, code: refused };
}

function asText(name: string, bytes: Uint8Array): OfferedFile {
  const refuse = (refused: string): OfferedFile => ({ name, size: bytes.length, text: null, refused });
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? unzipped(bytes) : bytes;
  if (plain === undefined) return refuse('import.gzip-damaged');
  if (plain.length > mostBytes) return refuse('import.too-large');
  if (Buffer.from(plain.subarray(0, 8)).toString('latin1') === 'Salted__') return refuse('import.encrypted');
  const decoded = decodeText(plain);
  if (decoded.ok && !decoded.text.includes('\0')) return { name, size: bytes.length, text: decoded.text, refused: null };
  return refuse(plain.includes(0) ? 'import.binary' : 'import.encoding');
}

function unzipped(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes });
  } catch {
    return undefined;
  }
}

/** A local file header, or the end of an archive without any. */
function isZip(bytes: Uint8Array): boolean {
  return /^504b(?:0304|0506)/.test(Buffer.from(bytes.subarray(0, 4)).toString('hex'));
}
