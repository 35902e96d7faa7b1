/** `npm start`: it opens the desktop app, or says in one line why not and opens the same window in the browser; it never hangs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
// @ts-expect-error plain JavaScript, for it runs before anything is installed
import { electronBinary as untyped } from '../../electron/binary.mjs';

type Where = { root: string; environment: Record<string, string | undefined>; platform: string; stallMs?: number };
const electronBinary = untyped as (where: Where) => Promise<{ path?: string; why?: string }>;
const root = resolve(import.meta.dirname, '../..');
let scratch = '';
let children: ChildProcess[] = [];

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'benchtone-start-'));
  children = [];
});
afterEach(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
});

type Started = { readonly child: ChildProcess; readonly said: { out: string; err: string } };

/** Runs `npm start`'s program with an environment of the test's own: no display unless one is given. */
function start(environment: Record<string, string> = {}, args: readonly string[] = []): Started {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, BENCHTONE_KEY_FILE: ___, ELECTRON_OVERRIDE_DIST_PATH: ____, ...inherited } = process.env;
  const homes = { HOME: scratch, XDG_CONFIG_HOME: join(scratch, 'config'), XDG_DATA_HOME: join(scratch, 'share') };
  const env = { ...inherited, ...homes, INIT_CWD: scratch, ...environment };
  const child = spawn(process.execPath, [join(root, 'electron/start.mjs'), ...args], { env, cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => (said.out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said.err += text.toString()));
  return { child, said };
}

/** Goes to the address as a browser would; gives the page. */
async function visit({ said }: Started): Promise<string> {
  await expect.poll(() => said.out, { timeout: 100_000 }).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\S*\n/);
  const address = said.out.trim();
  const first = await fetch(address, { redirect: 'manual' });
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
  return (await fetch(new URL(first.headers.get('location') ?? '/', address), { headers: { cookie } })).text();
}

async function endsBySignal({ child }: Started): Promise<void> {
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
}

describe.runIf(process.platform === 'linux')('npm start', () => {
  test('with neither display nor Electron ends in the browser, with its address', async () => {
    const started = start({}, ['--data', 'data']);
    expect(await visit(started)).toContain('<div id="root"></div>');
    const line = started.said.err.split('\n').find((each) => !each.startsWith('Building'));
    expect(line).toBe('The desktop app cannot be opened: there is no display here. The same window opens in the browser:');
    expect(existsSync(join(scratch, 'data'))).toBe(true);
    await endsBySignal(started);
  });

  test('with an Electron that does not start ends in the browser as well', async () => {
    writeFileSync(join(scratch, 'electron'), '#!/bin/sh\nexit 127\n');
    chmodSync(join(scratch, 'electron'), 0o755);
    const started = start({ DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: scratch });
    expect(await visit(started)).toContain('<div id="root"></div>');
    expect(started.said.err).toContain('Electron did not start (exit code 127)');
    await endsBySignal(started);
  });

  test('with a display and Electron opens the desktop app, which ends with it', async () => {
    const settings = join(scratch, 'settings');
    const environment = { DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: join(root, 'test/electron/stand-in') };
    const started = start(environment, ['--data', 'data', '--settings', settings]);
    const log = (): string => (existsSync(join(settings, 'logs/shell.log')) ? readFileSync(join(settings, 'logs/shell.log'), 'utf8') : '');
    await expect.poll(log, { timeout: 100_000 }).toContain('engine.started');
    await expect.poll(() => existsSync(join(scratch, 'data')), { timeout: 20_000 }).toBe(true);
    await endsBySignal(started);
    expect(started.said.out).toBe('');
  });
});

describe('Electron’s program', () => {
  const environment = { DISPLAY: ':99', PATH: process.env['PATH'] };

  /** A package whose installer does as the test says. */
  function packageWith(installer: string): string {
    const folder = join(scratch, 'node_modules/electron');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'install.js'), `const { mkdirSync, writeFileSync, appendFileSync } = require('node:fs');\n${installer}`);
    return scratch;
  }

  test('is not looked for without a display', async () => {
    expect(await electronBinary({ root: packageWith('throw 1'), environment: {}, platform: 'linux' })).toEqual({
      why: 'there is no display here',
    });
  });

  test('is fetched, and found the next time', async () => {
    const dist = JSON.stringify(join(scratch, 'node_modules/electron'));
    const at = packageWith(
      `mkdirSync(${dist} + '/dist'); writeFileSync(${dist} + '/dist/electron', ''); writeFileSync(${dist} + '/path.txt', 'electron');`,
    );
    const path = join(scratch, 'node_modules/electron/dist/electron');
    expect(await electronBinary({ root: at, environment, platform: 'linux' })).toEqual({ path });
    packageWith('process.exit(1)');
    expect(await electronBinary({ root: at, environment, platform: 'linux' })).toEqual({ path });
  });

  test('may take its time as long as bytes come', async () => {
    const slow = packageWith(`
      let times = 0;
      setInterval(() => {
        appendFileSync(require('node:os').tmpdir() + '/part', 'bytes');
        if (++times === 20) process.exit(1);
      }, 100);`);
    expect(await electronBinary({ root: slow, environment, platform: 'linux', stallMs: 1500 })).toEqual({
      why: 'Electron could not be fetched',
    });
  });

  test('counts as not to be had when its own installer gets no bytes from a server that only listens', async () => {
    const silent = createServer(() => undefined);
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const mirror = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
    const at = packageWith(`require(${JSON.stringify(join(root, 'node_modules/electron/install.js'))});`);
    const where = {
      ...environment,
      ELECTRON_MIRROR: mirror,
      electron_config_cache: join(scratch, 'cache'),
      ELECTRON_INSTALL_PLATFORM: 'mas',
    };
    const began = Date.now();
    expect(await electronBinary({ root: at, environment: where, platform: 'linux', stallMs: 1500 })).toEqual({
      why: 'the download of Electron made no progress for 1.5 s',
    });
    expect(Date.now() - began).toBeLessThan(20_000);
    silent.closeAllConnections();
    silent.close();
  });
});
