/** Starts an app as Electron's binary would: reads the arguments, starts Chromium, loads the app's main. */
import { readFileSync } from 'node:fs';
import inspector from 'node:inspector';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './app.js';
import { Chromium } from './chromium.js';
import { webContents } from './contents.js';
import { dialog, Menu, nativeTheme, powerSaveBlocker, safeStorage, screen, session } from './desktop.js';
import { ipcMain } from './ipc.js';
import { protocol } from './scheme.js';
import { strict } from './strict.js';
import { utilityProcess } from './utility.js';
import { BrowserWindow } from './window.js';

const parts = {
  app,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  utilityProcess,
  webContents,
};
const electron = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, strict(name, part)]));

/** Runs the app named on the command line: `electron [-r FILE] [--inspect=0] FOLDER …`. */
export async function run(argv: readonly string[]): Promise<void> {
  const required = argv.indexOf('-r') + 1;
  const folder = resolve(argv.find((argument, index) => !argument.startsWith('-') && (required === 0 || index !== required)) ?? '.');
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main: string; name: string; version: string };
  become(folder, argv);
  if (argv.includes('--inspect=0')) inspector.open(0);
  const chromium = new Chromium();
  app.launch(folder, about, chromium);
  Object.assign(globalThis, { [Symbol.for('stand-in for electron')]: strict('', { ...electron, BrowserWindow }) });
  if (required > 0) createRequire(import.meta.url)(argv[required] ?? '');
  const main = import(pathToFileURL(join(folder, about.main)).href);
  const cdp = await chromium.cdp;
  await cdp.send('Target.setDiscoverTargets', { discover: true });
  process.stderr.write(`DevTools listening on ${await chromium.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1); // a test run that was killed leaves nothing behind
  }, 500).unref();
  app.becomeReady();
  await main;
}

function become(folder: string, argv: readonly string[]): void {
  const executable = join(import.meta.dirname, 'electron');
  process.argv = [executable, ...argv];
  Object.defineProperty(process.versions, 'electron', { value: '45.4.1-stand-in', enumerable: true });
  Object.defineProperty(process.versions, 'chrome', { value: '156.0.0.0', enumerable: true });
  Object.assign(process, { type: 'browser', resourcesPath: join(folder, 'resources') });
}
