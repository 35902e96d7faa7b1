/** What would be shipped: the files, the fuses, the languages, and that it is all the app needs. Nothing is signed or installed here. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FuseV1Options } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openDesktop } from '../e2e/desktop.js';
import { pack, type Packed, type Platform, root } from './packed.js';

const off = '0'.charCodeAt(0);
const on = '1'.charCodeAt(0);

/** Everything that may be in the archive. Nothing else: no sources, maps, tests, nor packages that are bundled already. */
const allowed = [
  /^\/package\.json$/,
  /^\/out\/(?:main\/main|engine\/engine|tftp-thread\/tftp-thread|simulator\/main)\.js$/,
  /^\/out\/shared\/[\w-]+\.js$/,
  /^\/out\/preload\/preload\.cjs$/,
  /^\/out\/renderer\/index\.html$/,
  /^\/out\/renderer\/assets\/[\w-]+\.(?:js|css|svg|woff2|png|wav)$/,
  /^\/resources\/icons\/icon\.png$/,
  /^\/node_modules\/koffi\/(?:package\.json|LICENSE\.txt|(?:src\/koffi\/(?:src\/)?)?[a-z]+\.c?js)$/,
  /^\/node_modules\/@koromix\/koffi-[\w-]+\/(?:package\.json|index\.js|[a-z0-9_]+\/koffi\.node)$/,
];
const needed = [
  '/package.json',
  '/out/main/main.js',
  '/out/engine/engine.js',
  '/out/tftp-thread/tftp-thread.js',
  '/out/preload/preload.cjs',
  '/out/renderer/index.html',
  '/out/simulator/main.js',
];

describe.each(['linux', 'win'] as const satisfies Platform[])('packed for %s', (platform) => {
  let packed: Packed;
  beforeAll(async () => {
    packed = await pack(platform);
  });
  afterAll(() => packed[Symbol.dispose]());

  test('the archive holds what is needed and nothing else', () => {
    expect(packed.archived.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([]);
    expect(packed.archived).toEqual(expect.arrayContaining(needed));
  });

  test('beside it lie koffi’s native files, two languages and the program', () => {
    const rest = packed.beside.filter((file) => !file.startsWith('/resources/app.asar.unpacked/node_modules/'));
    const program = platform === 'win' ? ['/Benchtone.exe'] : ['/benchtone', '/chrome-sandbox'];
    expect(rest.toSorted()).toEqual([...program, '/locales/en-US.pak', '/locales/ja.pak', '/resources/app.asar', '/version'].toSorted());
    expect(packed.beside.filter((file) => file.endsWith('.node')).length).toBeGreaterThan(0);
  });

  test('every fuse is as a release needs it', () => {
    expect(packed.fuses).toMatchObject({
      [FuseV1Options.RunAsNode]: off,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
      [FuseV1Options.EnableNodeCliInspectArguments]: off,
      [FuseV1Options.EnableCookieEncryption]: on,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
      [FuseV1Options.OnlyLoadAppFromAsar]: on,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
    });
  });

  test('its package.json starts main and names no development', () => {
    const about = JSON.parse(readFileSync(join(packed.extracted, 'package.json'), 'utf8')) as Record<string, unknown>;
    expect([about['main'], about['type'], about['devDependencies'], about['scripts']]).toEqual([
      'out/main/main.js',
      'module',
      undefined,
      undefined,
    ]);
  });

  test.runIf(platform === process.platform && process.arch === 'x64')('koffi loads from what was packed', async () => {
    const koffi = (await import(pathToFileURL(join(packed.extracted, 'node_modules/koffi/index.js')).href)) as {
      default: { version: string };
    };
    expect(koffi.default.version).toMatch(/^3\./);
  });

  test.runIf(platform === process.platform && existsSync('/usr/bin/chromium'))('it is all the app needs: a demo passes', async () => {
    await using desktop = await openDesktop({ appFolder: packed.extracted });
    await desktop.page.evaluate(`bench.call('bench.demo', { phones: 2, fault: 0 })`);
    const passed = (): Promise<unknown> => desktop.page.evaluate(`bench.call('board.snapshot', {}).then(({ value }) => value.counts.pass)`);
    await expect.poll(passed, { timeout: 60_000 }).toBe(2);
  });
});

test('macOS is told why the bench’s network is needed, or it would keep the app from it in silence', () => {
  const config = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as {
    mac: { extendInfo: Record<string, string>; hardenedRuntime: boolean };
  };
  expect([config.mac.extendInfo['NSLocalNetworkUsageDescription']?.length, config.mac.hardenedRuntime]).toEqual([expect.any(Number), true]);
});

test('the version of Electron that is packed is the one that is installed, and the one it is built for', () => {
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  const { version } = JSON.parse(read('node_modules/electron/package.json')) as { version: string };
  expect((parse(read('electron-builder.yml')) as { electronVersion: string }).electronVersion).toBe(version);
});
