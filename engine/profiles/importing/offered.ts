/**
 * What a person gave, as texts to choose from: a template by itself, one that is compressed, or the text files of an archive (a CPE kit,
 * a device type archive; an archive within it is opened once more).
 */
import { gunzipSync } from 'node:zlib';
import { decodeText, wideEncoding } from '../encoding.js';
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
  const { file } = asText(name, bytes, mostBytes);
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
      } else {
        const { file, unpacked } = asText(at, content, room);
        room -= unpacked;
        files.push(file);
      }
    }
    return undefined;
  };
  const refused = await list(bytes, '', 0);
  return refused === undefined ? { ok: true, files } : { ok: false, code: refused };
}

type Read = {
  readonly file: OfferedFile;
  /** Bytes it came to beyond those it has. */
  readonly unpacked: number;
};

/** `room`: bytes one that is compressed may come to, for a few kilobytes can come to gigabytes. */
function asText(name: string, bytes: Uint8Array, room: number): Read {
  const compressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const unzipped = compressed ? unzip(bytes, Math.min(mostBytes, room)) : bytes;
  const unpacked = compressed ? (typeof unzipped === 'string' ? 0 : unzipped.length) : 0;
  const told = typeof unzipped === 'string' ? { text: null, refused: unzipped } : textOf(unzipped);
  return { file: { name, size: bytes.length, ...told }, unpacked };
}

function textOf(plain: Uint8Array): Pick<OfferedFile, 'text' | 'refused'> {
  const refuse = (refused: string) => ({ text: null, refused });
  if (plain.length > mostBytes) return refuse('import.too-large');
  if (Buffer.from(plain.subarray(0, 8)).toString('latin1') === 'Salted__') return refuse('import.encrypted');
  const decoded = decodeText(plain, wideEncoding(plain) ?? declaredEncoding(plain));
  if (decoded.ok && !decoded.text.includes('\0')) return { text: decoded.text, refused: null };
  return refuse(plain.includes(0) ? 'import.binary' : 'import.encoding');
}

/** What an XML declaration says (XML 1.0 section 4.3.3), where the bytes do not say it themselves; undefined where there is none. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const said = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["'](?<name>[\w.:-]{1,40})["']/.exec(start)?.groups?.['name'];
  return said === undefined || /^utf-?\d/i.test(said) ? undefined : said;
}

/** The bytes, or the code that says why there are none. */
function unzip(bytes: Uint8Array, most: number): Uint8Array | 'import.gzip-damaged' | 'import.zip-large' {
  try {
    return most > 0 ? gunzipSync(bytes, { maxOutputLength: most }) : 'import.zip-large';
  } catch (error) {
    const isLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return isLarge && most < mostBytes ? 'import.zip-large' : 'import.gzip-damaged';
  }
}

/** A local file header, or the end of an archive without any. */
function isZip(bytes: Uint8Array): boolean {
  return /^504b(?:0304|0506)/.test(Buffer.from(bytes.subarray(0, 4)).toString('hex'));
}
