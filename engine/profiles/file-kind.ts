/** Files that are no list at all, told by how they begin: what people drop by mistake. */

export type OtherKind = 'workbook' | 'PDF' | 'HTML' | 'XML' | 'JSON' | 'PNG, JPEG, GIF' | 'GZIP, 7z, RAR';

/** What the bytes are instead of a CSV; undefined when they may be one. */
export function otherKind(bytes: Uint8Array): OtherKind | undefined {
  const start = Buffer.from(bytes.subarray(0, 512));
  const hex = start.toString('hex');
  // What spreadsheets save unless told otherwise: .xlsx and .ods are ZIP archives, .xls an OLE compound file.
  if (/^(?:504b0304|d0cf11e0)/.test(hex)) return 'workbook';
  if (/^(?:89504e47|ffd8ff|47494638)/.test(hex)) return 'PNG, JPEG, GIF';
  if (/^(?:1f8b08|377abcaf271c|526172211a07)/.test(hex)) return 'GZIP, 7z, RAR';
  const text = start
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (text.startsWith('%PDF-')) return 'PDF';
  if (/^<(?:!doctype html|html|table|head)\b/i.test(text)) return 'HTML'; // what web portals call .xls
  if (/^<\?xml\b|^<[a-z][\w-]*>/i.test(text)) return 'XML';
  return /^[{[]\s*["{[\]}]/.test(text) ? 'JSON' : undefined;
}
