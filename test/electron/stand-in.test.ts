/** The stand-in does what Electron does, as far as it goes, and is loud where it does not. With E2E_RUNTIME=electron: Electron itself. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desktop, openDesktop } from '../e2e/desktop.js';

/** Long enough for a busy machine. */
const soon = { timeout: 10_000 };
const fixture = join(import.meta.dirname, 'fixture');
const standIn = process.env['E2E_RUNTIME'] !== 'electron';
const start = expect.stringMatching(/^app:\/\/fixture\/start/);
let desktop: Desktop;

type Seen = Record<'requests' | 'navigations' | 'windows' | 'second' | 'child' | 'gone' | 'sends', unknown[]>;
declare const seen: Seen;
declare const child: Electron.UtilityProcess;

/** Asks the fixture's page. */
function probe(name: string, args: readonly string[] = [], page: Page | Frame = desktop.page): Promise<unknown> {
  return page.evaluate(`probes.${name}(...${JSON.stringify(args)})`);
}

/** Waits until the app noted so many. */
async function noted(name: keyof Seen, length: number): Promise<unknown[]> {
  await expect.poll(() => desktop.app.evaluate((_, key) => seen[key].length, name), soon).toBeGreaterThanOrEqual(length);
  return desktop.app.evaluate((_, key) => seen[key], name);
}

beforeAll(async () => {
  desktop = await openDesktop({ appFolder: fixture });
});
afterAll(() => desktop.close());

describe('a page', () => {
  test('is served by the app, which sees its own addresses, methods and bodies', async () => {
    await probe('post', ['/data', 'text']);
    const requests = await desktop.app.evaluate(() => seen.requests);
    expect(requests.filter((request) => !JSON.stringify(request).includes('favicon'))).toEqual([
      { method: 'GET', url: start, body: '' },
      { method: 'GET', url: 'app://fixture/page.js', body: '' },
      { method: 'POST', url: 'app://fixture/data', body: 'text' },
    ]);
  });

  test('obeys the policy it was sent with, in a secure context, without Node', async () => {
    const node = ['undefined', 'undefined'];
    expect(await probe('surroundings')).toEqual({ inline: false, secure: true, node, bindings: [] });
  });

  test('gets from its preload copies, functions, promises and the words of errors', async () => {
    const missing = [
      'module not found: node:fs',
      'stand-in: electron.ipcRenderer.sendSync not implemented',
      'stand-in: electron.ipcRenderer.postMessage not implemented',
      'stand-in: electron.contextBridge.executeInMainWorld not implemented',
    ];
    expect(await probe('bridge')).toEqual({
      sum: 5,
      list: [1, { two: 2 }],
      frozen: true,
      date: 0,
      fail: 'too far',
      boom: "Error invoking remote method 'boom': TypeError: nope",
      nobody: "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
      missing: standIn ? missing : expect.anything(),
    });
  });

  test('sends and hears values as structured clone has them', async () => {
    expect(await probe('values')).toEqual([true, ['x'], [1, 2], '[object Date]']);
    await probe('listen');
    await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.send('news', { at: new Date(5) }));
    expect(await probe('heard')).toEqual({ at: new Date(5) });
    await probe('tell', ['hello']);
    expect(await noted('sends', 2)).toEqual([
      ['born', start],
      ['hello', start],
    ]);
  });

  test('cannot leave, nor open a window, when the app says no; both are seen', async () => {
    const before = desktop.page.url();
    await probe('leave', ['https://elsewhere.example/x']);
    expect(await noted('navigations', 1)).toEqual(['https://elsewhere.example/x']);
    await probe('open', ['https://elsewhere.example/y']);
    expect(await noted('windows', 2)).toEqual(['https://elsewhere.example/y', 'https://elsewhere.example/y?link']);
    await expect.poll(() => desktop.app.windows().length, soon).toBe(1);
    expect(desktop.page.url()).toBe(before);
  });

  test('is known by the frame that speaks, with its parent', async () => {
    const other = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<p>other</p>')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const origin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    await probe('embed', [`${origin}/`]);
    const inner = await desktop.page.waitForSelector('iframe').then((frame) => frame.contentFrame());
    await inner?.waitForSelector('p');
    expect(await inner?.evaluate('api.frame()')).toEqual({ url: `${origin}/`, origin, parent: start });
    expect(await probe('frame')).toEqual({ url: start, origin: 'app://fixture', parent: null });
    other.close();
  });

  test.runIf(standIn)('reaches no network but loopback', async () => {
    const refused = 'TypeError: Failed to fetch';
    expect([await probe('reach', ['https://example.com/']), await probe('reach', ['http://198.51.100.1/'])]).toEqual([refused, refused]);
  });

  test('comes back with its preload after a reload and after a crash', async () => {
    await desktop.page.reload();
    expect(await probe('values')).toHaveLength(4);
    await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
    expect(await noted('gone', 1)).toEqual(['crashed']);
    await desktop.app.evaluate(async ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.loadURL('app://fixture/again'));
    expect((await noted('sends', 4)).at(-1)).toEqual(['born', 'app://fixture/again']);
  });
});

describe('main', () => {
  test.runIf(standIn)('is told loudly what is missing', async () => {
    const said = await desktop.app.evaluate((electron) => {
      const words = (action: () => unknown): string => {
        try {
          return String(action());
        } catch (error) {
          return (error as Error).message;
        }
      };
      const [window] = electron.BrowserWindow.getAllWindows();
      return [
        words(() => electron.clipboard),
        words(() => electron.app.relaunch()),
        words(() => window?.setKiosk(true)),
        words(() => window?.webContents.openDevTools()),
        words(() => electron.session.defaultSession.cookies),
      ];
    });
    const names = ['clipboard', 'app.relaunch', 'BrowserWindow.setKiosk', 'WebContents.openDevTools', 'session.defaultSession.cookies'];
    expect(said).toEqual(names.map((name) => `stand-in: electron.${name} not implemented`));
  });

  test('talks to a process of its own, and hears its end', async () => {
    await desktop.app.evaluate(() => child.postMessage({ bytes: new Uint8Array([7]), map: new Map([[1, undefined]]) }));
    const [born, echo] = await noted('child', 2);
    expect(born).toEqual({ type: 'utility', argument: 'argument', pid: await desktop.app.evaluate(() => child.pid) });
    expect(echo).toMatchObject({ bytes: true });
    expect(await desktop.app.evaluate(({ app }) => app.getAppMetrics().some(({ name }) => name === 'fixture child'))).toBe(true);
    await desktop.app.evaluate(() => child.postMessage({ exit: 3 }));
    expect((await noted('child', 3))[2]).toEqual({ code: 3 });
  });

  test('hears of a second start, which ends at once', async () => {
    const path = await desktop.app.evaluate(() => process.argv[0] ?? '');
    const second = spawn(path, ['--no-sandbox', fixture, '--settings', desktop.settingsFolder, 'hello'], { stdio: 'ignore' });
    expect([await once(second, 'exit'), await noted('second', 1)]).toEqual([[0, null], ['hello']]);
  });

  test('may refuse to quit; then quits', async () => {
    const order = await desktop.app.evaluate(({ app, BrowserWindow }) => {
      const steps: string[] = [];
      const deny = (name: string) => (event: { preventDefault(): void }) => {
        steps.push(name);
        event.preventDefault();
      };
      const [window] = BrowserWindow.getAllWindows();
      app.once('before-quit', deny('before-quit'));
      app.quit();
      window?.once('close', deny('close'));
      app.quit();
      return [...steps, window?.isDestroyed()];
    });
    expect(order).toEqual(['before-quit', 'close', false]);
    const ended = once(desktop.app.process(), 'exit');
    await desktop.close();
    expect(await ended).toEqual([0, null]);
  });
});
