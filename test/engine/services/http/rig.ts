/** The HTTP service on loopback with what a test wants of it. */
import type { FileAnswer } from '../../../../engine/services/files.js';
import { type HttpOptions, startHttp } from '../../../../engine/services/http/server.js';
import type { Service } from '../../../../engine/services/service.js';
import { HandClock } from '../hand-clock.js';
import { listenLoopback, Notebook } from '../loopback.js';
import { KeptUploads } from './kept-uploads.js';
import { RawHttp } from './raw-client.js';

export class Rig implements AsyncDisposable {
  readonly clock = new HandClock();
  readonly book = new Notebook();
  readonly uploads = new KeptUploads();
  #service: Service | undefined;

  static async start(answers: Readonly<Record<string, FileAnswer>>, more: Partial<HttpOptions> = {}): Promise<Rig> {
    const rig = new Rig();
    const started = await startHttp({
      port: 0,
      listen: listenLoopback,
      files: { find: async ({ path }) => answers[path] ?? { kind: 'missing' } },
      uploads: rig.uploads,
      observe: rig.book.observe,
      clock: rig.clock,
      ...more,
    });
    if (!started.ok) throw new Error(started.refusal.code);
    rig.#service = started.value;
    return rig;
  }

  get port(): number {
    return this.#service?.port ?? 0;
  }

  /** Sends a request on a connection of its own; gives its status, fields (lower case) and content. */
  async ask(request: string, fields: Readonly<Record<string, string>> = {}, content = ''): Promise<Reply> {
    const lines = Object.entries({ Connection: 'close', ...fields }).map(([name, value]) => `${name}: ${value}\r\n`);
    await using client = await RawHttp.open(this.port, false);
    client.send(`${request} HTTP/1.1\r\n${lines.join('')}\r\n${content}`);
    return readReply(await client.untilEnd());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#service?.[Symbol.asyncDispose]();
  }
}

export type Reply = {
  readonly status: number;
  readonly fields: Readonly<Record<string, string>>;
  readonly all: readonly string[];
  readonly content: string;
};

function readReply(text: string): Reply {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...all] = text.slice(0, end).split('\r\n');
  const fields = Object.fromEntries(all.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]));
  return { status: Number(first.split(' ')[1]), fields, all, content: text.slice(end + 4) };
}

export function bytes(text: string, more: Partial<Extract<FileAnswer, { kind: 'bytes' }>> = {}): FileAnswer {
  return { kind: 'bytes', bytes: Buffer.from(text), purpose: 'device', contentType: 'text/xml', ...more };
}
