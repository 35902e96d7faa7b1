/** Fetches files for one phone by whatever scheme the URL names, and hands in its reports; all of it from the leased address. */
import type { Character } from './character.js';
import type { Clock } from './clock.js';
import type { Luck } from './faults.js';
import { HttpClient, type HttpRequest } from './http-client.js';
import { type Account, answerTo } from './login.js';
import type { HttpResponse } from './http-response.js';
import type { Address, Place } from './place.js';
import { isReachableName, readUrl, type Url } from './rules.js';
import { readByTftp } from './tftp-client.js';
import { failed, type Fetched } from './transfer.js';

export type FetcherSetup = {
  readonly character: Character;
  readonly clock: Clock;
  readonly luck: Luck;
  readonly place: Place;
  readonly lease: Address;
  readonly signal: AbortSignal;
  readonly userAgent: () => string;
};

const mostRedirections = 5;

export class Fetcher {
  readonly #setup: FetcherSetup;
  readonly #http: HttpClient;

  constructor(setup: FetcherSetup) {
    this.#setup = setup;
    this.#http = new HttpClient(setup.character.http, setup.clock);
  }

  /** Fetches one file, with the account its rule names; never rejects. `breakOff`: the phone falls silent with the first bytes. */
  async fetch(url: Url, breakOff: boolean, account?: Account): Promise<Fetched> {
    if (!this.#reaches(url.host)) return failed('unreachable');
    return url.scheme === 'tftp' ? this.#fetchByTftp(url, breakOff) : this.#fetchByHttp(url, breakOff, account);
  }

  /** Hands in a report; what the server says of it is nothing to the phone. */
  async report(url: Url, method: 'POST' | 'PUT', body: string): Promise<void> {
    if (url.scheme === 'tftp' || !this.#reaches(url.host)) return;
    await this.#http.send(this.#request(url, false, { method, body: Buffer.from(body) }));
  }

  /** After a pass: an idle connection is closed. */
  rest(): void {
    this.#http.close();
  }

  #reaches(host: string): boolean {
    return isReachableName(host) && this.#setup.place.mayReach(host, this.#setup.lease);
  }

  #fetchByTftp({ host, port, path }: Url, breakOff: boolean): Promise<Fetched> {
    const { lease, character, clock, luck, signal } = this.#setup;
    return readByTftp({
      host,
      port,
      file: path,
      localAddress: lease.address,
      blockSize: character.blockSize,
      clock,
      luck,
      signal,
      breakOff,
    });
  }

  async #fetchByHttp(first: Url, breakOff: boolean, account: Account | undefined): Promise<Fetched> {
    const { luck, clock, signal, character } = this.#setup;
    let url = first;
    let authorization: string | undefined;
    for (let redirections = 0; redirections <= mostRedirections;) {
      const unlucky = !breakOff && luck.breaksTransfer();
      const request = this.#request(url, breakOff || unlucky);
      const answer = await this.#http.send({ ...request, ...(authorization === undefined ? {} : { authorization }) });
      if (unlucky && !answer.ok && answer.because === 'broken-off') {
        if (!(await clock.sleep(2000, signal))) return failed('broken-off');
        continue;
      }
      if (!answer.ok) return failed(answer.because);
      if (answer.response.status === 401 && account !== undefined && authorization === undefined) {
        authorization = answerTo(answer.response, account, character.login, { method: 'GET', uri: url.path });
        if (authorization !== undefined) continue;
      }
      const target = answer.response.status === 301 || answer.response.status === 302 ? readTarget(answer.response, url) : undefined;
      if (target === undefined) return judge(answer.response);
      if (!this.#reaches(target.host)) return failed('unreachable');
      url = target;
      redirections += 1;
    }
    return failed('redirected-too-often');
  }

  #request(url: Url, breakOff: boolean, report?: { readonly method: 'POST' | 'PUT'; readonly body: Uint8Array }): HttpRequest {
    const { lease, signal, userAgent } = this.#setup;
    return { method: 'GET', ...report, url, userAgent: userAgent(), localAddress: lease.address, signal, breakOff };
  }
}

/** Status codes as the in-house preprovisioning guide lists them. */
function judge({ status, body, headers }: HttpResponse): Fetched {
  const coding = headers.get('content-encoding')?.toLowerCase();
  if (status === 200) return { ok: true, bytes: body, ...(coding === undefined ? {} : { coding }) };
  if (status === 404) return failed('not-found');
  if (status === 401 || status === 407) return failed('unauthorized');
  return failed(status >= 500 ? 'server-error' : 'refused');
}

function readTarget(response: HttpResponse, from: Url): Url | undefined {
  const location = response.headers.get('location') ?? '';
  const target = location.startsWith('/') ? { ...from, path: location } : readUrl(location);
  return target === undefined || target.scheme === 'tftp' ? undefined : { ...target, path: target.path === '' ? '/' : target.path };
}
