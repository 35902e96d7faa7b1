/** Benchtone itself, as built: whoever is not its window is refused, loudly and without effect; its window cannot be led away. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calls } from '../../engine/contract/calls.js';
import { type Desktop, openDesktop } from '../e2e/desktop.js';

/** Long enough for a busy machine. */
const soon = { timeout: 10_000 };
type Line = { readonly event: string; readonly code?: string; readonly url?: string };
let desktop: Desktop;
const page = '<!doctype html><title>elsewhere</title><p>elsewhere</p><iframe srcdoc="<p>inner</p>"></iframe>';
const elsewhere = createServer((_, response) => response.setHeader('content-type', 'text/html').end(page));

beforeAll(async () => {
  await once(elsewhere.listen(0, '127.0.0.1'), 'listening');
  desktop = await openDesktop();
});
afterAll(async () => {
  await desktop.close();
  elsewhere.close();
});

const preload = join(import.meta.dirname, '../../out/preload/preload.cjs');
const origin = (): string => `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
const call = (name: string, input: unknown): string =>
  `bench.call(${JSON.stringify(name)}, ${JSON.stringify(input)}).then(JSON.stringify, (error) => 'rejected: ' + error.message)`;

function log(): Line[] {
  const text = readFileSync(join(desktop.settingsFolder, 'logs/shell.log'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

/** Opens another window with our preload, as something that got into main might; asks in it, or in a frame within. */
async function inAnotherWindow(url: string, expression: string, frame = false): Promise<unknown> {
  const opened = desktop.app.waitForEvent('window');
  await desktop.app.evaluate(
    ({ BrowserWindow }, [address, script]) => {
      const webPreferences = { preload: script, sandbox: true, contextIsolation: true, nodeIntegrationInSubFrames: true };
      void new BrowserWindow({ show: false, webPreferences }).loadURL(address);
    },
    [url, preload] as const,
  );
  const window = await opened;
  await window.waitForURL((address) => address.protocol !== 'about:');
  await window.waitForLoadState('load');
  const asked = frame ? window.frames()[1] : window;
  const answer = await asked?.evaluate(expression);
  await window.close();
  return answer;
}

/** The theme, which a forged call would have changed. */
async function theme(): Promise<unknown> {
  const answer = JSON.parse(String(await desktop.page.evaluate(call('settings.read', {})))) as { value: { theme: string } };
  return answer.value.theme;
}

const dark = call('settings.write', { theme: 'dark' });

test('its own window is answered', async () => {
  expect(await desktop.page.evaluate(call('app.info', {}))).toContain('"host":"desktop"');
  expect(await theme()).toBe('auto');
});

test.each([
  ['a window at another origin', () => inAnotherWindow(origin(), dark), 'sender.window'],
  ['a window of data', () => inAnotherWindow('data:text/html,<p>data</p>', dark), 'sender.window'],
  ['a second window with our page', () => inAnotherWindow('app://bench/', dark), 'sender.window'],
  ['a frame within a page', () => inAnotherWindow(origin(), dark, true), 'sender.subframe'],
])('refused, noted and without effect: %s', async (_, forge, code) => {
  const before = log().length;
  expect(await forge()).toBe(`rejected: Error invoking remote method 'bench:call': Error: ${code}`);
  expect(log().slice(before)).toContainEqual(expect.objectContaining({ event: 'call.refused', code }));
  expect(await theme()).toBe('auto');
});

test('its window, navigated by something that got into main, is refused; back on its page it is answered', async () => {
  const { app, page: window } = desktop;
  const load = (url: string): Promise<void> =>
    app.evaluate(async ({ BrowserWindow }, address) => {
      await BrowserWindow.getAllWindows()[0]?.loadURL(address);
    }, url);
  const home = window.url();
  await load(origin());
  await window.waitForURL(origin());
  expect(await window.evaluate(dark)).toBe("rejected: Error invoking remote method 'bench:call': Error: sender.origin");
  await load('app://bench/');
  await window.waitForURL(home);
  expect(await theme()).toBe('auto');
});

test('malformed input for every call is refused with its code, by the gateway itself', async () => {
  for (const name of Object.keys(calls))
    for (const input of ['text', 7, null, [], { unexpected: true }])
      expect([name, input, JSON.parse(String(await desktop.page.evaluate(call(name, input))))]).toEqual([
        name,
        input,
        { ok: false, error: { code: 'call.invalid', params: { name, path: expect.any(String) } } },
      ]);
  expect(log().filter(({ code }) => code === 'call.invalid').length).toBe(Object.keys(calls).length * 5);
});

test('a call that does not exist does not leave the page', async () => {
  expect(await desktop.page.evaluate(call('files.read', { path: '/etc/passwd' }))).toBe('rejected: call.unknown');
});

test('the page cannot be led away, embed or open another, nor be reached from one', async () => {
  const { page: window, app } = desktop;
  const home = window.url();
  await window.evaluate(`location.href = ${JSON.stringify(origin())}`);
  await window.evaluate(`void window.open(${JSON.stringify(origin())})`);
  await window.evaluate(`document.body.append(Object.assign(document.createElement('iframe'), { src: ${JSON.stringify(origin())} }))`);
  await expect.poll(() => log().map(({ event }) => event), soon).toEqual(expect.arrayContaining(['navigation.denied', 'window.denied']));
  await expect.poll(() => app.windows().length, soon).toBe(1);
  expect(window.url()).toBe(home);
  expect(await window.evaluate(`fetch(${JSON.stringify(origin())}).then(() => 'reached', () => 'refused')`)).toBe('refused');
});

test('no permission is granted but copying text', async () => {
  const asked = await desktop.page.evaluate(
    `Promise.all(['geolocation', 'notifications', 'camera', 'microphone'].map((name) => navigator.permissions.query({ name }).then(({ state }) => state)))`,
  );
  expect(asked).not.toContain('granted');
});

test('the page gets no Node and nothing of Electron but `bench`', async () => {
  expect(
    await desktop.page.evaluate(
      `[typeof require, typeof process, typeof module, Object.keys(bench).sort().join(), Object.isFrozen(bench), 'electron' in window]`,
    ),
  ).toEqual(['undefined', 'undefined', 'undefined', 'call,host,on', true, false]);
});
