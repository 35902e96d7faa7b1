/** The answer to one request: a file or a part of it, the keeping of a report, or why not (RFC 9110). */
import type { Claim, Fact, Observe, RefusedBecause } from '../../contract/observation.js';
import { select } from '../../protocols/http/conditions.js';
import type { RequestHead } from '../../protocols/http/request-head.js';
import { readPath } from '../../protocols/http/target.js';
import type { FileAnswer, FileSource, UploadStore } from '../files.js';
import type { Clock } from '../service.js';
import { visible } from '../visible.js';
import type { BodySource } from './conversation.js';
import type { Door } from './door.js';
import type { OpenRepresentation, Representation } from './representation.js';
import { type Fields, sendContent, sendHead, sendShort, type Wire } from './send.js';
import { takeUpload } from './take-upload.js';

export type AnswererOptions = {
  readonly files: FileSource;
  readonly uploads: UploadStore;
  readonly observe: Observe;
  readonly clock: Clock;
  /** MACs the request itself names. */
  readonly claims?: (asked: { readonly path: string; readonly userAgent?: string }) => readonly Claim[];
  readonly door: Door;
  readonly open: OpenRepresentation;
  /** Bytes of those handed to the system that the phone has not acknowledged; undefined where the system does not tell. */
  readonly unacknowledged: (wire: Wire) => number | undefined;
};

type Found = Extract<FileAnswer, { kind: 'bytes' | 'file' }>;
type Asked = { readonly path: string; readonly from: string; readonly userAgent?: string };

const mostPath = 512;
const mostUserAgent = 200;
/** A file that is still going out is looked at so often, in bytes handed over. */
const lookEvery = 256 * 1024;

export class Answerer {
  readonly #with: AnswererOptions;

  constructor(options: AnswererOptions) {
    this.#with = options;
  }

  /** Answers; resolves when the answer is on its way. Never rejects. */
  async answer(wire: Wire, head: RequestHead, body: BodySource, from: string): Promise<void> {
    const userAgent = head.fields.get('user-agent');
    const asked: Asked = {
      path: readPath(head.target),
      from,
      ...(userAgent !== undefined && { userAgent: visible(userAgent, mostUserAgent) }),
    };
    if (head.framing.kind !== 'none' && head.method !== 'POST' && head.method !== 'PUT') wire.keep = false; // content nobody reads
    const progress = { sent: false };
    try {
      await this.#dispatch(wire, head, body, asked, progress);
    } catch {
      // Somebody else's promise was broken: the phone gets an answer it understands, if that is still possible.
      if (progress.sent) wire.connection.abort('error');
      else {
        wire.keep = false;
        sendShort(wire, 500);
      }
    }
  }

  async #dispatch(wire: Wire, head: RequestHead, body: BodySource, asked: Asked, progress: { sent: boolean }): Promise<void> {
    const { method, framing } = head;
    if (asked.path.length > mostPath) {
      sendShort(wire, 414);
      this.#observe(asked, missing(asked));
    } else if (method === 'GET' || method === 'HEAD') {
      if (framing.kind === 'none') await this.#serve(wire, head, asked, progress);
      else sendShort(wire, 400); // RFC 9110 section 9.3.1: a sign of two readers that disagree
    } else if (method === 'POST' || method === 'PUT') await this.#take(wire, head, body, asked);
    else sendShort(wire, 405, { Allow: 'GET, HEAD, POST, PUT' });
  }

  async #serve(wire: Wire, head: RequestHead, asked: Asked, progress: { sent: boolean }): Promise<void> {
    const isGet = head.method === 'GET';
    const found = await this.#with.files.find({ transport: 'http', ...asked });
    if (found.kind === 'missing' || found.kind === 'refused') {
      sendShort(wire, found.kind === 'missing' ? 404 : 403, {}, isGet);
      this.#observe(asked, found.kind === 'missing' ? missing(asked) : refused(asked, found.because));
      return;
    }
    if (!this.#admits(wire, head, asked, found, isGet)) return;
    if (isGet)
      this.#observe(asked, {
        kind: 'fileAsked',
        ...about(asked, found),
        ...(asked.userAgent !== undefined && { userAgent: asked.userAgent }),
      });
    const opening = this.#with.open(found);
    const opened = opening instanceof Promise ? await opening : opening;
    if (opened === undefined) {
      sendShort(wire, 500, {}, isGet);
      if (isGet) this.#observe(asked, { kind: 'fileBroken', ...about(asked, found), bytes: 0, because: 'error' });
      return;
    }
    using content = opened;
    progress.sent = true;
    await this.#give(wire, head, asked, found, content);
  }

  /** Whether the file may be had without an account, or with the one that came; else answers. */
  #admits(wire: Wire, { method, target, fields }: RequestHead, asked: Asked, found: Found, isGet: boolean): boolean {
    const account = found.kind === 'bytes' ? found.account : undefined;
    if (account === undefined) return true;
    const admission = this.#with.door.admit({ method, target, authorization: fields.get('authorization') }, account);
    if (admission.kind === 'in') return true;
    sendShort(wire, 401, { 'WWW-Authenticate': admission.challenges.join('\r\nWWW-Authenticate: ') }, isGet);
    if (admission.wrong) this.#observe(asked, refused(asked, 'wrong-account'));
    return false;
  }

  async #give(wire: Wire, head: RequestHead, asked: Asked, found: Found, content: Representation): Promise<void> {
    const { size, etag } = content;
    // 304 says nothing of what the phone holds: it is only given for what it is known to have got (see the ADR).
    const revalidates = found.kind === 'file' || found.revalidates === true;
    const fields = revalidates ? head.fields : without(head.fields, 'if-none-match');
    const selection = select({ fields, etag, size });
    const common = { ...(etag === undefined ? {} : { ETag: etag }), 'Accept-Ranges': 'bytes' };
    if (selection.kind === 'notModified') return sendHead(wire, 304, { ETag: etag ?? '' });
    if (selection.kind === 'failed') return sendShort(wire, 412, common, head.method === 'GET');
    if (selection.kind === 'unsatisfiable')
      return sendShort(wire, 416, { 'Content-Range': `bytes */${size}`, ...common }, head.method === 'GET');
    const { from, to } = selection.kind === 'part' ? selection : { from: 0, to: size };
    const described: Fields = {
      'Content-Type': found.kind === 'bytes' ? found.contentType : 'application/octet-stream',
      ...(found.kind === 'bytes' && found.contentEncoding !== undefined ? { 'Content-Encoding': found.contentEncoding } : {}),
      'Content-Length': to - from,
      ...common,
      ...(selection.kind === 'part' ? { 'Content-Range': `bytes ${from}-${to - 1}/${size}` } : {}),
    };
    const status = selection.kind === 'part' ? 206 : 200;
    if (head.method === 'HEAD') return sendHead(wire, status, described);
    const tally = this.#tally(wire, asked, found, to - from, to - from === size);
    await sendContent(wire, status, described, { of: content, from, to }, tally);
  }

  /** Offers the file, counts what the phone took of it, and says how it ended. */
  #tally(wire: Wire, asked: Asked, found: Found, size: number, whole: boolean): (count: number) => void {
    let handed = 0;
    let acknowledged = 0;
    let looked = 0;
    const look = (): void => {
      const waiting = this.#with.unacknowledged(wire);
      acknowledged = Math.max(acknowledged, waiting === undefined ? handed : handed - waiting);
      looked = handed;
    };
    wire.connection.offer(wire.exchange, (outcome) => {
      if (outcome.kind === 'broken') {
        look();
        this.#observe(asked, { kind: 'fileBroken', ...about(asked, found), bytes: acknowledged, because: outcome.because });
      } else if (whole) this.#observe(asked, { kind: 'fileDelivered', ...about(asked, found), bytes: size });
      // A part is no file: nobody here knows what became of the others.
    });
    return (count) => {
      handed += count;
      if (handed - looked >= lookEvery) look();
    };
  }

  async #take(wire: Wire, { fields, framing, minor }: RequestHead, body: BodySource, asked: Asked): Promise<void> {
    const expects = fields.get('expect')?.toLowerCase();
    if (expects !== undefined && expects !== '100-continue') return close(wire, 417);
    const { uploads } = this.#with;
    const size = framing.kind === 'length' ? framing.bytes : framing.kind === 'none' ? 0 : undefined;
    const begun = await uploads.begin({ ...asked, ...(size === undefined ? {} : { size }) });
    if (typeof begun === 'number') return close(wire, begun);
    if (expects !== undefined && minor === 1) wire.socket.write('HTTP/1.1 100 Continue\r\n\r\n');
    const taken = await takeUpload(framing.kind === 'none' ? empty : body, fields.get('content-type'), begun);
    if (taken.kind === 'gone') {
      wire.keep = false;
      return wire.connection.finish(wire.exchange, true);
    }
    if (taken.kind === 'refused') return close(wire, taken.status);
    sendShort(wire, 200);
    this.#observe(asked, { kind: 'report', path: visible(asked.path, mostPath), bytes: taken.bytes, file: taken.file });
  }

  #observe({ path, from, userAgent }: Asked, fact: Fact): void {
    const { claims, clock, observe } = this.#with;
    const claimed = claims?.({ path, ...(userAgent !== undefined && { userAgent }) }) ?? [];
    observe({ at: clock.now().toISOString(), sender: { address: from, ...(claimed.length > 0 && { claims: claimed }) }, fact });
  }
}

const empty: BodySource = { read: () => Promise.resolve('done') };

/** An answer after which the rest of the request cannot be told from the next. */
function close(wire: Wire, status: number): void {
  wire.keep = false;
  sendShort(wire, status);
}

function about({ path }: Asked, { purpose }: Found) {
  return { transport: 'http', path: visible(path, mostPath), purpose } as const;
}

function without(fields: ReadonlyMap<string, string>, name: string): ReadonlyMap<string, string> {
  if (!fields.has(name)) return fields;
  return new Map([...fields].filter(([each]) => each !== name));
}

function missing({ path, userAgent }: Asked): Fact {
  return { kind: 'fileMissing', transport: 'http', path: visible(path, mostPath), ...(userAgent !== undefined && { userAgent }) };
}

function refused({ path }: Asked, because: RefusedBecause): Fact {
  return { kind: 'fileRefused', transport: 'http', path: visible(path, mostPath), because };
}
