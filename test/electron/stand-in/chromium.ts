/** Debian's Chromium, headless, with a fresh profile and no way to any network but loopback. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Cdp } from './cdp.js';

const quiet = [
  '--headless=new',
  '--no-sandbox', // root has no other way in a container
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-site-isolation-trials', // a page's frames stay in its process, where one session sees them all
  '--disable-features=IsolateOrigins,site-per-process,LocalNetworkAccessChecks,Translate,OptimizationHints,MediaRouter',
  '--no-startup-window',
  '--proxy-server=127.0.0.1:9', // nothing listens there
  '--proxy-bypass-list=127.0.0.1;localhost',
  '--remote-debugging-port=0',
];

export class Chromium {
  /** Where its DevTools listen. */
  readonly url: Promise<string>;
  readonly cdp: Promise<Cdp>;
  readonly #child: ChildProcess;
  readonly #profile: string;

  constructor() {
    this.#profile = mkdtempSync(join(tmpdir(), 'stand-in-'));
    const program = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
    this.#child = spawn(program, [...quiet, `--user-data-dir=${this.#profile}`], { stdio: ['ignore', 'ignore', 'pipe'] });
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.#child.on('error', reject);
    this.#child.on('exit', (code) => reject(new Error(`Chromium ended (${code})`)));
    if (this.#child.stderr !== null)
      createInterface({ input: this.#child.stderr }).on('line', (line) => {
        const url = /^DevTools listening on (?<url>ws:\S+)/.exec(line)?.groups?.['url'];
        if (url !== undefined) resolve(url);
      });
    this.url = promise;
    this.cdp = promise.then((url) => Cdp.connect(url));
    process.on('exit', () => this.kill());
  }

  /** Ends it at once and removes its profile. */
  kill(): void {
    this.#child.kill('SIGKILL');
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
