/**
 * The bench's HTTP client towards a phone: reads its configuration back, and asks it to fetch a file (fact sheet, section 7.1).
 *
 * Asks without an account first; a phone whose password is not set yet answers so. On 401 it does what the phone's challenge says.
 * Every request has a connection of its own, for embedded servers are no good at keeping them.
 */
import { randomBytes } from 'node:crypto';
import { type ClientRequest, type IncomingMessage, request as openRequest } from 'node:http';
import type { Secret } from '../../contract/secret.js';
import { type Challenge, readChallenges } from '../../protocols/http/challenge.js';
import { authorization, chooseChallenge, isStale } from '../../protocols/http/digest.js';
import type { Clock } from '../service.js';

export type PhoneRequest = {
  /** IPv4, dotted. */
  readonly address: string;
  readonly port: number;
  /** The request target, sent exactly so: the URL behind `/admin/resync?` is not percent-encoded. */
  readonly path: string;
  /** Without a password there is nothing to answer a 401 with. */
  readonly account?: { readonly user: string; readonly password?: Secret };
  /** The bench's own address, so that the request leaves by the bench's interface. */
  readonly localAddress?: string;
  /** Milliseconds for everything together. */
  readonly deadlineMs: number;
  readonly clock: Clock;
  /** The client's nonces; random unless a test says them. */
  readonly cnonce?: () => string;
};

export type PhoneAnswer =
  /** A 2xx. The body as UTF-8, what is none replaced, cut at 1 MiB. */
  | { readonly ok: true; readonly status: number; readonly body: string }
  | { readonly ok: false; readonly because: 'unauthorized' | 'unreachable' | 'timeout' | 'http-status'; readonly status?: number };

type Reply =
  | { readonly kind: 'reply'; readonly status: number; readonly challenges: readonly Challenge[]; readonly body: string }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'timeout' };

const mostBody = 1024 * 1024;

/** Phones count wrong passwords; a second try is made for a nonce that was too old, not for an account that is wrong. */
const mostTries = 2;

/** Gets a path from a phone. Never rejects, and never says the account anywhere but to the phone. */
export async function readPhone(request: PhoneRequest): Promise<PhoneAnswer> {
  const { clock, deadlineMs } = request;
  const deadline = new AbortController();
  const cancel = clock.after(deadlineMs, () => deadline.abort());
  try {
    return await converse(request, deadline.signal);
  } finally {
    cancel();
  }
}

async function converse(request: PhoneRequest, deadline: AbortSignal): Promise<PhoneAnswer> {
  let reply = await ask(request, deadline);
  for (let tries = 0; reply.kind === 'reply' && reply.status === 401 && tries < mostTries; tries++) {
    const challenge = chooseChallenge(reply.challenges);
    if (challenge === undefined || (tries > 0 && !isStale(challenge))) break;
    const header = answer(challenge, request);
    if (header === undefined) break;
    reply = await ask(request, deadline, header);
  }
  if (reply.kind !== 'reply') return { ok: false, because: reply.kind };
  const { status, body } = reply;
  if (status >= 200 && status <= 299) return { ok: true, status, body };
  return { ok: false, because: status === 401 ? 'unauthorized' : 'http-status', status };
}

function answer(challenge: Challenge, { account, path, cnonce }: PhoneRequest): string | undefined {
  if (account?.password === undefined) return undefined;
  const { user, password } = account;
  return authorization(
    challenge,
    { user, password: password.reveal() },
    { method: 'GET', target: sendable(path), count: 1, cnonce: cnonce?.() ?? randomBytes(16).toString('hex') },
  );
}

/** One request and its whole reply. */
async function ask(request: PhoneRequest, deadline: AbortSignal, header?: string): Promise<Reply> {
  if (deadline.aborted) return { kind: 'timeout' };
  const { promise, resolve } = Promise.withResolvers<Reply>();
  const failed = () => resolve({ kind: deadline.aborted ? 'timeout' : 'unreachable' });
  try {
    const outgoing = send(request, deadline, header);
    outgoing.once('response', (incoming) => collect(incoming, resolve, failed));
    outgoing.on('error', failed);
    outgoing.once('close', failed);
  } catch {
    failed(); // a port or an address that is none
  }
  return promise;
}

function send({ address, port, path, localAddress }: PhoneRequest, deadline: AbortSignal, header?: string): ClientRequest {
  const outgoing = openRequest({
    host: address,
    port,
    path: sendable(path),
    method: 'GET',
    agent: false,
    signal: deadline,
    insecureHTTPParser: false,
    headers: { Accept: '*/*', ...(header !== undefined && { Authorization: header }) },
    ...(localAddress !== undefined && { localAddress }),
  });
  outgoing.end();
  return outgoing;
}

function collect(incoming: IncomingMessage, resolve: (reply: Reply) => void, failed: () => void): void {
  const parts: Uint8Array[] = [];
  let size = 0;
  const done = () => {
    const body = Buffer.concat(parts).subarray(0, mostBody).toString('utf8');
    const challenges = readChallenges(incoming.headersDistinct['www-authenticate'] ?? []);
    resolve({ kind: 'reply', status: incoming.statusCode ?? 0, challenges, body });
  };
  incoming.on('data', (part: Uint8Array) => {
    parts.push(part);
    size += part.length;
    if (size < mostBody) return;
    done();
    incoming.destroy();
  });
  incoming.once('end', done);
  incoming.on('error', failed);
}

/** What a request line cannot hold is escaped; everything else goes as it is. */
function sendable(path: string): string {
  const target = path.startsWith('/') ? path : `/${path}`;
  return target.replaceAll(/[^\u0021-\u007e]/gu, (each) => encodeURIComponent(each.toWellFormed()));
}
