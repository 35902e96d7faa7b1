/** Reads HTTP responses from bytes as they come: RFC 9112. Content-Length, chunked, or until the connection closes. */

export type HttpResponse = {
  readonly status: number;
  /** Names in lower case; of repeated ones the last, but all challenges (RFC 9110 section 5.3), joined by commas. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  /** Whether the server keeps the connection. */
  readonly persistent: boolean;
};

export type ReadResponse =
  | { readonly state: 'more' }
  | { readonly state: 'malformed' }
  | { readonly state: 'complete'; readonly response: HttpResponse };

const more = { state: 'more' } as const;
const malformed = { state: 'malformed' } as const;
const longestHead = 64 * 1024;

/** Reads what has come so far; `ended`: the server closed. Never throws. */
export function readResponse(bytes: Buffer, ended: boolean): ReadResponse {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return ended || bytes.length > longestHead ? malformed : more;
  const head = readHead(bytes.toString('latin1', 0, headEnd));
  if (head === undefined) return malformed;
  const rest = bytes.subarray(headEnd + 4);
  if (head.status < 200) return readResponse(rest, ended); // interim, RFC 9110 section 15.2
  const body = readBody(head, rest, ended);
  if (body === 'malformed') return malformed;
  if (body === 'more') return ended ? malformed : more;
  const { status, headers } = head;
  return { state: 'complete', response: { status, headers, body, persistent: head.persistent && isFramed(head) } };
}

type Head = Omit<HttpResponse, 'body'>;

function readHead(text: string): Head | undefined {
  const [statusLine = '', ...lines] = text.split('\r\n');
  const found = /^HTTP\/1\.(?<minor>[01]) (?<status>\d{3})/.exec(statusLine)?.groups;
  if (found === undefined) return undefined;
  const fields = lines.map((line) => splitHeader(line));
  const challenges = fields.flatMap(([name, value]) => (name === 'www-authenticate' ? [value] : []));
  const headers = new Map(challenges.length > 1 ? [...fields, ['www-authenticate', challenges.join(', ')]] : fields);
  const connection = (headers.get('connection') ?? '').toLowerCase();
  const persistent = found['minor'] === '1' ? connection !== 'close' : connection === 'keep-alive';
  return { status: Number(found['status']), headers, persistent };
}

/** RFC 9112 section 6.3. */
function readBody(head: Head, rest: Buffer, ended: boolean): Uint8Array | 'more' | 'malformed' {
  if (head.status === 204 || head.status === 304) return Buffer.alloc(0);
  if (isChunked(head)) return readChunks(rest);
  const declared = head.headers.get('content-length');
  if (declared === undefined) return ended ? rest : 'more';
  if (!/^\d{1,10}$/.test(declared)) return 'malformed';
  const length = Number(declared);
  return rest.length < length ? 'more' : rest.subarray(0, length);
}

function isChunked({ headers }: Head): boolean {
  return (headers.get('transfer-encoding') ?? '').toLowerCase().includes('chunked');
}

/** Whether the body's end shows without closing the connection. */
function isFramed(head: Head): boolean {
  return head.status === 204 || head.status === 304 || isChunked(head) || head.headers.has('content-length');
}

/** RFC 9112 section 7.1; trailers are passed over. */
function readChunks(bytes: Buffer): Uint8Array | 'more' | 'malformed' {
  const chunks: Uint8Array[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return 'more';
    const size = /^(?<size>[\da-f]{1,8})\s*(?:;.*)?$/i.exec(bytes.toString('latin1', at, lineEnd))?.groups?.['size'];
    if (size === undefined) return 'malformed';
    const start = lineEnd + 2;
    const length = Number.parseInt(size, 16);
    if (length === 0) return bytes.indexOf('\r\n', start) < 0 ? 'more' : Buffer.concat(chunks);
    if (bytes.length < start + length + 2) return 'more';
    chunks.push(bytes.subarray(start, start + length));
    at = start + length + 2;
  }
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
}
