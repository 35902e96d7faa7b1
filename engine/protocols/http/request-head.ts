/**
 * The head of an HTTP/1.x request (RFC 9112 sections 2 to 6), read strictly where two readers could disagree about where a message ends.
 *
 *   GET /device/00562b043615.xml HTTP/1.1 CRLF
 *   User-Agent: Cisco-CP-8851-3PCC/12.0.1 (00562b043615) CRLF
 *   CRLF
 *
 * Lenient: no `Host`, empty lines before the request, any order and case of fields. Refused: bare CR or NUL, lines that end in LF
 * alone, folded lines, blanks before a colon, more than one length, a length beside a transfer coding, codings other than chunked.
 */

/** Where the content of a request ends. */
export type Framing = { readonly kind: 'none' } | { readonly kind: 'length'; readonly bytes: number } | { readonly kind: 'chunked' };

export type RequestHead = {
  readonly method: string;
  readonly target: string;
  /** The minor version of HTTP/1. */
  readonly minor: 0 | 1;
  /** By lower-case name; several of one name joined by `, `. */
  readonly fields: ReadonlyMap<string, string>;
  readonly framing: Framing;
  /** The client means to send more requests on this connection. */
  readonly persistent: boolean;
};

export type ReadHead =
  | { readonly kind: 'more' }
  | { readonly kind: 'bad'; readonly status: 400 | 414 | 431 | 501 | 505 }
  /** `end`: where the content begins. */
  | { readonly kind: 'head'; readonly head: RequestHead; readonly start: number; readonly end: number };

/** Bytes of a whole head, and how many fields it may have. */
export const headLimits = { bytes: 16 * 1024, line: 12 * 1024, fields: 100 } as const;

const requestLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) ([\x21-\x7e\x80-\xff]+) HTTP\/(\d)\.(\d)$/;
const fieldName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const forbidden = /[\0\r\n]/;
const end = Buffer.from('\r\n\r\n');
const more = { kind: 'more' } as const;
const none = { kind: 'none' } as const;

/** Reads the head that begins at `from`; `more` while it is not whole and within its limits. Never throws. */
export function readHead(bytes: Buffer, from = 0): ReadHead {
  let start = from;
  while (bytes[start] === 13 && bytes[start + 1] === 10) start += 2; // RFC 9112 section 2.2
  const stop = bytes.indexOf(end, start);
  if (stop === -1 ? bytes.length - start > headLimits.bytes : stop - start > headLimits.bytes)
    return { kind: 'bad', status: tooLong(bytes, start) };
  if (stop === -1) return cannotBecome(bytes, start) ? { kind: 'bad', status: 400 } : more;
  const lines = bytes.toString('latin1', start, stop).split('\r\n');
  const line = requestLine.exec(lines[0] ?? '');
  if (line === null) return { kind: 'bad', status: 400 };
  const [, method = '', target = '', major, minor] = line;
  if (major !== '1') return { kind: 'bad', status: 505 };
  const fields = readFields(lines);
  if (typeof fields === 'number') return { kind: 'bad', status: fields };
  const version = minor === '0' ? 0 : 1;
  const framing = framingOf(fields, version);
  if (typeof framing === 'number') return { kind: 'bad', status: framing };
  const head = { method, target, minor: version, fields, framing, persistent: isPersistent(fields.get('connection'), version) } as const;
  return { kind: 'head', head, start, end: stop + end.length };
}

/** A first line that is too long is a target that is. */
function tooLong(bytes: Buffer, start: number): 414 | 431 {
  const eol = bytes.indexOf(13, start);
  return eol === -1 || eol - start > headLimits.line ? 414 : 431;
}

/** Said as soon as it is sure, so that what speaks TLS or another protocol is not waited for. */
function cannotBecome(bytes: Buffer, start: number): boolean {
  const first = bytes[start];
  return first !== undefined && first !== 13 && (first < 0x21 || first > 0x7e);
}

function readFields(lines: readonly string[]): ReadonlyMap<string, string> | 400 | 431 {
  if (lines.length - 1 > headLimits.fields) return 431;
  const fields = new Map<string, string>();
  for (let at = 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const colon = line.indexOf(':');
    const spelled = line.slice(0, Math.max(colon, 0));
    if (!fieldName.test(spelled) || forbidden.test(line)) return 400;
    const name = spelled.toLowerCase();
    const value = withoutBlanks(line, colon + 1);
    const before = fields.get(name);
    if (before !== undefined && onlyOnce.has(name)) return 400;
    fields.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return fields;
}

/** Blanks and tabs alone: what else `trim` takes away another reader may keep. */
function withoutBlanks(line: string, from: number): string {
  let [start, stop] = [from, line.length];
  while (start < stop && isBlank(line, start)) start += 1;
  while (stop > start && isBlank(line, stop - 1)) stop -= 1;
  return line.slice(start, stop);
}

function isBlank(line: string, at: number): boolean {
  const code = line.charCodeAt(at);
  return code === 0x20 || code === 0x09;
}

/** What decides about the message; a second one is somebody's try to be read differently by two readers. */
const onlyOnce: ReadonlySet<string> = new Set(['host', 'content-length', 'transfer-encoding', 'authorization', 'range', 'content-type']);

function framingOf(fields: ReadonlyMap<string, string>, minor: 0 | 1): Framing | 400 | 501 {
  const coding = fields.get('transfer-encoding');
  const length = fields.get('content-length');
  if (coding !== undefined) {
    if (length !== undefined || minor === 0) return 400; // RFC 9112 section 6.1
    return coding.toLowerCase() === 'chunked' ? { kind: 'chunked' } : 501;
  }
  if (length === undefined) return none;
  if (!/^\d{1,15}$/.test(length)) return 400;
  return length === '0' ? none : { kind: 'length', bytes: Number(length) };
}

/** RFC 9112 section 9.3. */
function isPersistent(connection: string | undefined, minor: 0 | 1): boolean {
  if (connection === undefined) return minor === 1;
  const options = new Set(connection.toLowerCase().split(/\s*,\s*/));
  return !options.has('close') && (minor === 1 || options.has('keep-alive'));
}
