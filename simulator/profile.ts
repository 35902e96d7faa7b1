/**
 * Reads a profile as the phone does (Cisco MPP provisioning guide, "Provisioning Formats"): XML with root `flat-profile`, perhaps inside
 * `device`, one element a parameter. Blanks around a value go, line breaks inside become blanks, entities are decoded. A gzip member is
 * known by its header, whatever the file is called.
 */
import { gunzipSync } from 'node:zlib';

export type Entry = { readonly tag: string; readonly value: string; readonly ua: string | undefined };

export type ReadProfile = { readonly ok: true; readonly entries: readonly Entry[] } | { readonly ok: false; readonly reason: 'corrupt' };

/** More than any profile holds (a full report is about 100 KB). Bytes after decompression. */
const largest = 4 * 1024 * 1024;

const corrupt = { ok: false, reason: 'corrupt' } as const;

/** Reads one file; never throws. Entries keep the order of the file, duplicates included. */
export function readProfile(bytes: Uint8Array): ReadProfile {
  const plain = decompress(bytes);
  if (plain === undefined) return corrupt;
  const text = Buffer.from(plain)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .replace(/<!--[^]*?-->|<\?[^]*?\?>|<!DOCTYPE[^>]*>/g, '');
  const root = /^\s*(?:<device\b[^>]*>\s*)?<flat-profile\b[^>]*?(?:\/>|>(?<inside>[^]*)<\/flat-profile\s*>)\s*(?:<\/device\s*>\s*)?$/.exec(
    text,
  );
  return root === null ? corrupt : readElements(root.groups?.['inside'] ?? '');
}

/** XML names as Cisco uses them, and the value up to the end tag of the same name. */
const element =
  /\s*<(?<tag>[A-Za-z_][\w.-]*)(?<attributes>(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?:\/>|>(?<value>[^<]*(?:<!\[CDATA\[[^]*?\]\]>[^<]*)*)<\/\k<tag>\s*>)/y;

function readElements(text: string): ReadProfile {
  const entries: Entry[] = [];
  let at = 0;
  for (;;) {
    element.lastIndex = at;
    const found = element.exec(text);
    if (found === null) return text.slice(at).trim() === '' ? { ok: true, entries } : corrupt;
    at = element.lastIndex;
    const { tag = '', attributes = '', value = '' } = found.groups ?? {};
    const ua = /\bua\s*=\s*["'](?<ua>[^"']*)["']/.exec(attributes)?.groups?.['ua'];
    entries.push({ tag, value: decodeText(value), ua });
  }
}

function decodeText(text: string): string {
  return text
    .split(/(<!\[CDATA\[[^]*?\]\]>)/)
    .map((part) => (part.startsWith('<![CDATA[') ? part.slice(9, -3) : part.replace(/&(?<name>#x[\da-f]+|#\d+|\w+);/gi, decodeEntity)))
    .join('')
    .replace(/\r\n|[\r\n]/g, ' ')
    .trim();
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', apos: "'", quot: '"' };

function decodeEntity(whole: string, name: string): string {
  if (!name.startsWith('#')) return named[name] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
}

/** RFC 1952 section 2.3.1: a member begins with 1f 8b. */
function decompress(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: largest });
  } catch {
    return undefined;
  }
}

/** Writes a value into XML. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
