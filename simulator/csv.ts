/** Reads MAC and model from a list of phones: comma, semicolon or tab, headings in any case, quotes by RFC 4180. */

export type ListedPhone = { readonly mac: string | undefined; readonly model: string | undefined };

export type ReadList = {
  readonly phones: readonly ListedPhone[];
  /** Lines (from 1) left out, for their MAC can't be read or stands there twice. */
  readonly leftOut: readonly number[];
};

/** Reads a list; undefined when no heading is `mac` or `model`. */
export function readList(text: string): ReadList | undefined {
  const [header = '', ...rest] = splitRecords(text.replace(/^\uFEFF/, ''));
  const separator = [',', ';', '\t'].reduce((best, each) => (header.split(each).length > header.split(best).length ? each : best));
  const headings = splitFields(header, separator).map((heading) => heading.trim().toLowerCase());
  const macColumn = headings.findIndex((heading) => /^mac([ _-]?address)?$/.test(heading));
  const modelColumn = headings.indexOf('model');
  if (macColumn < 0 && modelColumn < 0) return undefined;

  const phones: ListedPhone[] = [];
  const leftOut: number[] = [];
  const seen = new Set<string>();
  let line = 1 + countBreaks(header) + 1;
  for (const record of rest) {
    const fields = splitFields(record, separator);
    const macText = (fields[macColumn] ?? '').trim();
    const mac = readMac(macText);
    if (record.trim() !== '') {
      if ((macText !== '' && mac === undefined) || (mac !== undefined && seen.has(mac))) leftOut.push(line);
      else phones.push({ mac, model: readModel(fields[modelColumn] ?? '') });
      if (mac !== undefined) seen.add(mac);
    }
    line += 1 + countBreaks(record);
  }
  return { phones, leftOut };
}

/** Any usual spelling of a MAC as 12 lower-case hex digits. */
function readMac(text: string): string | undefined {
  const digits = text.replace(/[\s:.-]/g, '').toLowerCase();
  return /^[\da-f]{12}$/.test(digits) ? digits : undefined;
}

/** "8851" out of `8851`, `CP-8851-3PCC`, `8851-3PCC`. */
function readModel(text: string): string | undefined {
  return /(?<model>\d{4}(?:NR)?)/i.exec(text)?.groups?.['model']?.toUpperCase();
}

/** Lines, where a line break inside quotes is part of its field. */
function splitRecords(text: string): string[] {
  const records: string[] = [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    const open = records.at(-1);
    if (open !== undefined && open.split('"').length % 2 === 0) records[records.length - 1] = `${open}\n${line}`;
    else records.push(line);
  }
  return records;
}

function splitFields(record: string, separator: string): string[] {
  const fields: string[] = [];
  for (const part of record.split(separator)) {
    const open = fields.at(-1);
    if (open !== undefined && open.split('"').length % 2 === 0) fields[fields.length - 1] = `${open}${separator}${part}`;
    else fields.push(part);
  }
  return fields.map((field) => (/^\s*".*"\s*$/s.test(field) ? field.trim().slice(1, -1).replaceAll('""', '"') : field));
}

function countBreaks(text: string): number {
  return text.split('\n').length - 1;
}
