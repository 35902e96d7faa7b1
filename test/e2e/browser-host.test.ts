/** The browser host with a real browser: what pages of others can do to it, and what happens to a page when it goes and comes back. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser, UiProcess } from './browser.js';
import { openChromium } from './chromium.js';
import { ask, go, type OpenWindow } from './window.js';

const root = resolve(import.meta.dirname, '../..');
const endsWithinMs = 5000;

describe('a page of another origin, opened in the browser that holds the cookie', () => {
  let window: OpenWindow & { readonly ui: UiProcess };
  let evil: Server;
  const heard: string[] = [];

  beforeEach(async () => {
    window = await openBrowser();
    heard.length = 0;
    evil = createServer(
      (_request, response) => void response.setHeader('content-type', 'text/html').end('<title>evil</title><body></body>'),
    );
    evil.listen(0, '127.0.0.1');
    await once(evil, 'listening');
  });

  afterEach(async () => {
    evil.closeAllConnections();
    evil.close();
    await window[Symbol.asyncDispose]();
  });

  // The same site to a browser (127.0.0.1, another port), so that it sends the cookie along; and another site.
  it.each(['127.0.0.1', 'localhost'])('on %s changes nothing and reads nothing', async (host) => {
    const page = await window.page.context().newPage();
    await page.goto(`http://${host}:${(evil.address() as AddressInfo).port}/`);
    const target = `http://127.0.0.1:${window.ui.port}`;
    const got = await page.evaluate(`(async () => {
      const target = ${JSON.stringify(target)};
      const body = JSON.stringify({ name: 'settings.write', input: { language: 'ja', theme: 'dark' } });
      const json = { 'content-type': 'application/json', 'x-benchtone': '1' };
      const attempt = (path, options) => fetch(target + path, { credentials: 'include', ...options }).then(async (answer) => answer.type + ' ' + (await answer.text()), () => 'blocked');
      const loads = (tag, path) => new Promise((done) => {
        const element = Object.assign(document.createElement(tag), { src: target + path, onload: () => done('loaded'), onerror: () => done('blocked') });
        document.body.append(element);
      });
      const hears = new Promise((done) => {
        const source = new EventSource(target + '/api/events', { withCredentials: true });
        source.onopen = () => done('open');
        source.onerror = () => done('blocked');
      });
      return [
        await attempt('/api/call', { method: 'POST', headers: json, body }),
        await attempt('/api/call', { method: 'POST', mode: 'no-cors', headers: { 'content-type': 'text/plain' }, body }),
        await attempt('/api/call', { method: 'POST', mode: 'no-cors', body: new URLSearchParams({ body }) }),
        await attempt('/', {}),
        await loads('script', '/api/events'),
        await loads('img', '/look/icon.svg'),
        await hears,
      ];
    })()`);
    expect(got).toEqual(Array.from({ length: 7 }, () => 'blocked'));
    expect(await ask(window, 'settings.read', {})).toEqual({ language: null, theme: 'auto' });

    // A form may navigate to it: it changes nothing either.
    await page.setContent(
      `<form method="post" enctype="text/plain" action="${target}/api/call"><input name='{"name":"settings.write","x":"' value='","input":{"theme":"dark"}}'></form>`,
    );
    await Promise.all([page.waitForURL(`${target}/api/call`), page.evaluate('document.forms[0].submit()')]);
    expect(await page.locator('body').innerText()).toContain('call.refused');
    expect((await ask(window, 'settings.read', {})).theme).toBe('auto');
  });

  it('cannot frame the window, and a name of its own that leads here gets nothing (DNS rebinding)', async () => {
    const page = await window.page.context().newPage();
    await page.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`);
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement('iframe'), { src: 'http://127.0.0.1:${window.ui.port}/' }))`,
    );
    await expect.poll(() => page.frames().length).toBe(2);
    expect(await page.frames()[1]?.locator('#root').count()).toBe(0);

    const rebound = await openChromium(['--host-resolver-rules=MAP evil.test 127.0.0.1']);
    try {
      const other = await rebound.newPage();
      const answer = await other.goto(`http://evil.test:${window.ui.port}/`);
      expect([answer?.status(), await other.locator('body').innerText()]).toEqual([403, expect.stringContaining('call.refused')]);
    } finally {
      await rebound.close();
    }
  });

  it('is told what to do where the address was used before, and the window goes on beside it', async () => {
    const other = await window.page.context().newPage();
    const answer = await other.goto(window.ui.address);
    expect([answer?.status(), await other.locator('h1').innerText()]).toEqual([401, 'Benchtone: this address has been used']);
    await other.getByRole('link', { name: 'Benchtone' }).click();
    await other.getByRole('heading', { name: 'What do you want to do?' }).waitFor();

    const stranger = await window.page.context().browser()?.newContext();
    const page = await stranger?.newPage();
    expect((await page?.goto(`http://127.0.0.1:${window.ui.port}/`))?.status()).toBe(401);
    await stranger?.close();
  });
});

describe('a page', () => {
  it('breaks no rule of its own policy, whatever is opened on it', async () => {
    await using window = await openBrowser();
    const { page } = window;
    const said: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
    });
    page.on('pageerror', (error) => said.push(error.message));
    await page.reload();
    for (const screen of ['New job', 'Board', 'History', 'Doctor', 'Settings', 'About', 'Start']) await go(window, screen);
    await page.getByRole('button', { name: 'Try it with virtual phones' }).click();
    await page.locator('[role=row][data-mac]').first().click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop the bench' }).waitFor();
    expect(said).toEqual([]);
  });

  it('that heard nothing for a while takes a new snapshot, and shows what the engine has', async () => {
    await using window = await openBrowser();
    const { page } = window;
    await page.getByRole('button', { name: 'Try it with virtual phones' }).click();
    await page.locator('[role=row][data-mac]').first().waitFor();
    await page.context().setOffline(true);
    const [cookie] = await page.context().cookies();
    const headers = { cookie: `${cookie?.name}=${cookie?.value}` };
    await expect.poll(() => passed(window.ui, headers), { timeout: 60_000 }).toBe(24); // nobody told the page
    await page.context().setOffline(false);
    await page.locator('[data-counter=ready]').getByText('24', { exact: true }).waitFor({ timeout: 60_000 });
  });

  it('finds its server again after a restart, by itself', async () => {
    await using window = await openBrowser();
    const { page } = window;
    await page.getByRole('button', { name: 'Try it with virtual phones' }).click();
    await page.locator('[data-counter=ready]').getByText('24', { exact: true }).waitFor({ timeout: 60_000 });
    await window.crash();
    await page.getByText('No bench is running').waitFor();
    await go(window, 'History');
    await page.getByText('24 of 24 phones ready').waitFor();
    await go(window, 'Settings');
    await page.getByText('Dark', { exact: true }).click();
    expect((await ask(window, 'settings.read', {})).theme).toBe('dark');
  });
});

/** How many phones have passed, asked beside the page. */
async function passed(ui: UiProcess, headers: Readonly<Record<string, string>>): Promise<number> {
  const answer = (await call(ui, headers, 'board.snapshot', {})) as { value: { counts: { pass: number } } };
  return answer.value.counts.pass;
}

/** A call without a browser. */
async function call(ui: UiProcess, headers: Readonly<Record<string, string>>, name: string, input: object): Promise<unknown> {
  const origin = `http://127.0.0.1:${ui.port}`;
  const answer = await fetch(`${origin}/api/call`, {
    method: 'POST',
    headers: { ...headers, origin, 'content-type': 'application/json', 'x-benchtone': '1' },
    body: JSON.stringify({ name, input }),
  });
  return answer.json();
}

describe('the process', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'benchtone-ui-process-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  function childrenOf(pid: number): number[] {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  }

  function isRunning(pid: number): boolean {
    try {
      return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  }

  /** A cookie and a demo under way, without a browser. */
  async function demo(ui: UiProcess): Promise<void> {
    const entered = await fetch(ui.address, { redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(await call(ui, { cookie }, 'bench.demo', { phones: 40, fault: 0 })).toMatchObject({ ok: true });
  }

  it.each(['SIGINT', 'SIGTERM'] as const)('ends on %s within five seconds, its bench and its phones with it', async (signal) => {
    await using ui = new UiProcess(folder);
    await ui.start();
    await demo(ui);
    const phones = childrenOf(ui.pid);
    expect(phones).toHaveLength(1);
    const asked = Date.now();
    expect(await ui.end(signal)).toBe(0);
    expect(Date.now() - asked).toBeLessThan(endsWithinMs);
    await expect.poll(() => phones.filter(isRunning), { timeout: 1000 }).toEqual([]);
    await expect(fetch(ui.address)).rejects.toThrow('fetch failed');
    await using again = new UiProcess(folder);
    await again.start(['--port', ui.port]); // everything was given back
  });

  it('ends when its parent dies', async () => {
    const arguments_ = [join(root, 'headless/launch.mjs'), 'ui', '--data', join(folder, 'data')];
    const script = `const { spawn } = require('node:child_process'); const child = spawn(process.execPath, ${JSON.stringify(arguments_)}, { stdio: ['ignore', 'inherit', 'ignore'] }); process.stderr.write(String(child.pid)); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['-e', script], {
      cwd: folder,
      env: { ...process.env, BENCHTONE_KEY_FILE: join(folder, 'key') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [pid] = (await once(parent.stderr, 'data')) as [Buffer];
    await once(parent.stdout, 'data'); // its address: it serves
    parent.kill('SIGKILL');
    await expect.poll(() => isRunning(Number(pid.toString())), { timeout: endsWithinMs, interval: 50 }).toBe(false);
  });

  it('says so when its port is taken, and ends', async () => {
    await using ui = new UiProcess(folder);
    await ui.start();
    await using second = new UiProcess(folder);
    await expect(second.start(['--port', ui.port])).rejects.toThrow(/ended with 4[^]*port \d+ is in use/);
  });
});
