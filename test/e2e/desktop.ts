/**
 * The desktop app as a spec opens it: main, preload and engine as built, driven by Playwright. On the stand-in for Electron's binary, or
 * with E2E_RUNTIME=electron on the real one; the specs are the same.
 */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';

const root = resolve(import.meta.dirname, '../..');
/** `electron/index.js` looks here; it is read when Playwright first asks for the program, in this process. */
if (process.env['E2E_RUNTIME'] !== 'electron') process.env['ELECTRON_OVERRIDE_DIST_PATH'] = join(root, 'test/electron/stand-in');

export type DesktopOptions = {
  /** What the bench keeps; of the app's own unless said. Not removed at the end. */
  readonly dataFolder?: string;
  /** What the shell keeps (window, log, sealed key). Not removed at the end. */
  readonly settingsFolder?: string;
  /** The key file both hosts share; without it the key is sealed among the settings. */
  readonly keyFile?: string;
  /** The app to start, where it is not Benchtone. */
  readonly appFolder?: string;
  readonly environment?: Readonly<Record<string, string>>;
};

export interface Desktop extends AsyncDisposable {
  readonly app: ElectronApplication;
  /** The first window. */
  readonly page: Page;
  readonly settingsFolder: string;
  /** Process id of the engine that runs now; undefined between a crash and the next start. */
  enginePid(): Promise<number | undefined>;
  /** Quits as a person would, saying yes to what is asked; kills what is still there after ten seconds. Safe to call twice. */
  close(): Promise<void>;
}

const startWithinMs = 30_000;
const closeWithinMs = 10_000;

/** Opens the app; resolves when its first window is there. Dispose to close it. */
export async function openDesktop(options: DesktopOptions = {}): Promise<Desktop> {
  const scratch = mkdtempSync(join(tmpdir(), 'benchtone-desktop-'));
  const { dataFolder = join(scratch, 'data'), settingsFolder = join(scratch, 'settings'), appFolder = root, keyFile } = options;
  const app = await _electron.launch({
    args: [appFolder, '--data', dataFolder, '--settings', settingsFolder],
    env: { ...surroundings(scratch), ...(keyFile === undefined ? {} : { BENCHTONE_KEY_FILE: keyFile }), ...options.environment },
    timeout: startWithinMs,
  });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> =>
    (closing ??= quit(app).finally(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })));
  try {
    const page = await app.firstWindow({ timeout: startWithinMs });
    await page.waitForURL((url) => url.protocol !== 'about:');
    await page.waitForLoadState('load');
    return { app, page, settingsFolder, enginePid: () => enginePid(app), close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Nothing of the person's own: neither their settings nor their keys. */
function surroundings(scratch: string): Record<string, string> {
  const { BENCHTONE_KEY_FILE: _, ...env } = process.env;
  const kept = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(kept),
    HOME: scratch,
    XDG_CONFIG_HOME: join(scratch, 'config'),
    XDG_DATA_HOME: join(scratch, 'share'),
    XDG_CACHE_HOME: join(scratch, 'cache'),
    LANG: 'en_US.UTF-8',
  };
}

function enginePid(app: ElectronApplication): Promise<number | undefined> {
  return app.evaluate(({ app: electron }) => electron.getAppMetrics().find(({ name }) => name === 'Benchtone engine')?.pid);
}

async function quit(app: ElectronApplication): Promise<void> {
  const child = app.process();
  if (child.exitCode !== null || child.signalCode !== null) return;
  const deadline = setTimeout(() => killAll(child), closeWithinMs);
  try {
    await app.evaluate(({ dialog }) => {
      dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
    });
    await app.close();
  } catch {
    killAll(child); // it ended while it was being asked, or does not answer
  } finally {
    clearTimeout(deadline);
  }
}

/** Playwright starts the app in a process group of its own; all of it goes, Chromium and engine too. */
function killAll({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // gone in the meantime
  }
}
