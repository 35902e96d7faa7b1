/** The browser host on any port, over a desk of its own, with a window of three files; and a client that says exactly what it is told to. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Desk, openDesk } from '../../../engine/desk.js';
import { systemClock } from '../../../engine/services/service.js';
import { startUiServer, type UiServer } from '../../../headless/ui/server.js';

const key = Buffer.alloc(32, 9);

export type Said = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string };
export type Saying = {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
};

export class UiRig implements AsyncDisposable {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'benchtone-ui-'));
  readonly refused: string[] = [];
  cookie = '';
  #desk: Desk | undefined;
  #server: UiServer | undefined;

  static async open(): Promise<UiRig> {
    const rig = new UiRig();
    const files = join(rig.folder, 'window');
    mkdirSync(join(files, 'assets'), { recursive: true });
    writeFileSync(join(files, 'index.html'), '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__"><title>window</title>');
    writeFileSync(join(files, 'assets/index-abcd1234.js'), 'void 0;');
    writeFileSync(join(files, 'assets/notes.txt'), 'of no type we serve');
    writeFileSync(join(rig.folder, 'secret.js'), 'outside');
    symlinkSync(join(rig.folder, 'secret.js'), join(files, 'assets/link-abcd1234.js'));
    await rig.start(0);
    return rig;
  }

  /** Starts desk and server; with a port, as after a restart. */
  async start(port: number): Promise<void> {
    await this.stop();
    const desk = await openDesk({
      dataFolder: join(this.folder, 'data'),
      installationKey: key,
      host: 'browser',
      version: '0.0.0',
      clock: systemClock,
      startPhones: () => ({ ended: Promise.resolve(), stop: () => Promise.resolve() }),
    });
    if (!desk.ok) throw new Error(desk.refusal.code);
    this.#desk = desk.value;
    const server = await startUiServer({
      desk: desk.value,
      folder: join(this.folder, 'window'),
      port,
      installationKey: key,
      clock: systemClock,
      onRefused: (what) => this.refused.push(what),
    });
    if (!server.ok) throw new Error(server.refusal.code);
    this.#server = server.value;
  }

  async stop(): Promise<void> {
    await this.#server?.[Symbol.asyncDispose]();
    await this.#desk?.[Symbol.asyncDispose]();
    this.#server = undefined;
    this.#desk = undefined;
  }

  get server(): UiServer {
    if (this.#server === undefined) throw new Error('nothing is served');
    return this.#server;
  }

  get desk(): Desk {
    if (this.#desk === undefined) throw new Error('the desk is closed');
    return this.#desk;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.server.port}`;
  }

  /** What comes after the host in the printed address. */
  get entrance(): string {
    return this.server.address.slice(this.origin.length);
  }

  /** Exchanges the token; from then on every `say` brings the cookie along. */
  async signIn(): Promise<void> {
    const { headers } = await this.say({ path: this.entrance });
    this.cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  }

  /** One request, header by header. */
  say({ method = 'GET', path = '/', headers = {}, body }: Saying = {}): Promise<Said> {
    const { port } = this.server;
    const sent = { ...(this.cookie === '' ? {} : { cookie: this.cookie }), ...headers };
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, method, path, headers: sent, agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
        response.on('error', reject);
      });
      asked.on('error', reject);
      asked.end(body);
    });
  }

  /** A call as the window makes it, but for what is said otherwise. */
  call(name: string, input: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Said> {
    return this.say({
      method: 'POST',
      path: '/api/call',
      headers: { origin: this.origin, 'content-type': 'application/json', 'x-benchtone': '1', ...headers },
      body: JSON.stringify({ name, input }),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
