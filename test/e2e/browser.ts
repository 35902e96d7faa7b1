/** The browser host as a spec opens it: the built command line, and Chromium at the address it prints. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser } from 'playwright-core';
import { openChromium } from './chromium.js';
import type { OpenWindow } from './window.js';

const root = resolve(import.meta.dirname, '../..');
/** Building what is stale included. Milliseconds. */
const startWithinMs = 90_000;

/** `benchtone ui` on folders of the spec's own. */
export class UiProcess implements AsyncDisposable {
  readonly folder: string;
  #child: ChildProcess | undefined;
  /** The address printed last. */
  address = '';

  constructor(folder: string) {
    this.folder = folder;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Starts it; resolves once it has printed its address. */
  async start(args: readonly string[] = []): Promise<void> {
    const child = spawn(process.execPath, [join(root, 'headless/launch.mjs'), 'ui', '--data', join(this.folder, 'data'), ...args], {
      cwd: this.folder,
      env: { ...process.env, BENCHTONE_KEY_FILE: join(this.folder, 'installation.key'), BENCHTONE_CHECK_OUTPUT: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const { promise, resolve: started, reject } = Promise.withResolvers<string>();
    const timer = setTimeout(() => reject(new Error(`no address after ${startWithinMs} ms\n${said}`)), startWithinMs);
    child.on('exit', (code) => reject(new Error(`ui ended with ${code}\n${said}`)));
    createInterface({ input: child.stdout }).once('line', started);
    try {
      this.address = await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  get port(): string {
    return new URL(this.address).port;
  }

  /** Ends it with a signal; resolves with its exit code when it is gone. */
  async end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null> {
    const child = this.#child;
    if (child === undefined) return null;
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'exit');
    }
    return child.exitCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGKILL');
  }
}

/** Opens a window in Chromium. */
export async function openBrowser(): Promise<OpenWindow & { readonly ui: UiProcess }> {
  const folder = mkdtempSync(join(tmpdir(), 'benchtone-browser-'));
  const ui = new UiProcess(folder);
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await ui.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await ui.start();
    browser = await openChromium();
    const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 }, acceptDownloads: true });
    const page = await context.newPage();
    await page.goto(ui.address);
    return {
      host: 'browser',
      page,
      ui,
      choose: (what, { name, text }) =>
        page.setInputFiles(`input[data-file=${what}]`, { name, mimeType: 'text/plain', buffer: Buffer.from(text) }),
      async saved(press) {
        const [download] = await Promise.all([page.waitForEvent('download'), press()]);
        const bytes = readFileSync(await download.path());
        return { name: download.suggestedFilename(), text: bytes.toString(), bytes };
      },
      async crash() {
        await ui.end('SIGKILL');
        await ui.start(['--port', ui.port]);
      },
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
