/** `app`: the life of the application. */
import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Electron from 'electron';
import type { Cdp } from './cdp.js';
import type { Chromium } from './chromium.js';
import { eventWith } from './strict.js';

type Implemented = Pick<
  Electron.App,
  | 'isReady'
  | 'whenReady'
  | 'quit'
  | 'exit'
  | 'enableSandbox'
  | 'requestSingleInstanceLock'
  | 'getVersion'
  | 'getName'
  | 'getAppPath'
  | 'getLocale'
> & { getPath(name: string): string; setPath(name: string, path: string): void; readonly isPackaged: boolean };
type Package = { readonly name: string; readonly productName?: string; readonly version: string };

class StandInApp extends EventEmitter implements Implemented {
  readonly isPackaged = false;
  readonly commandLine = { appendSwitch: () => undefined, hasSwitch: () => false, getSwitchValue: () => '' };
  /** The windows there are, told by them. */
  windows: () => readonly { close(): void; isDestroyed(): boolean }[] = () => [];
  /** Its processes, told by them. */
  readonly metrics = new Map<number, { readonly pid: number; readonly type: string; readonly name: string }>();
  private readonly paths = new Map<string, string>();
  private readonly isNowReady = Promise.withResolvers<void>();
  private chromium: Chromium | undefined;
  private folder = '';
  private about: Package = { name: '', version: '' };
  private ready = false;
  private quitting = false;

  /** Called once, before the app's main is loaded. */
  launch(folder: string, about: Package, chromium: Chromium): void {
    this.folder = folder;
    this.about = about;
    this.chromium = chromium;
    const settings = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
    this.paths.set('appData', settings).set('userData', join(settings, this.getName())).set('home', homedir()).set('temp', tmpdir());
    for (const name of ['documents', 'downloads', 'desktop'])
      this.paths.set(name, join(homedir(), `${name.charAt(0).toUpperCase()}${name.slice(1)}`));
  }

  /** Called when Chromium is there. */
  becomeReady(): void {
    this.ready = true;
    this.isNowReady.resolve();
    this.emit('ready', eventWith({}), {});
  }

  get cdp(): Promise<Cdp> {
    return this.chromium?.cdp ?? Promise.reject(new Error('stand-in: not launched'));
  }

  isReady(): boolean {
    return this.ready;
  }

  whenReady(): Promise<void> {
    return this.isNowReady.promise;
  }

  enableSandbox(): void {
    if (this.ready) throw new Error('app.enableSandbox() can only be called before app is ready');
  }

  getVersion(): string {
    return this.about.version;
  }

  getName(): string {
    return this.about.productName ?? this.about.name;
  }

  getAppPath(): string {
    return this.folder;
  }

  getLocale(): string {
    return process.env['LANG']?.startsWith('ja') === true ? 'ja' : 'en-US';
  }

  getAppMetrics(): { readonly pid: number; readonly type: string; readonly name: string }[] {
    return [...this.metrics.values()];
  }

  getPath(name: string): string {
    const path = this.paths.get(name);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  setPath(name: string, path: string): void {
    this.paths.set(name, path);
  }

  /** One holder a `userData`; a second one tells the first and gets false. */
  requestSingleInstanceLock(): boolean {
    const folder = this.getPath('userData');
    mkdirSync(folder, { recursive: true });
    const lock = join(folder, 'stand-in.lock');
    const second = join(folder, 'stand-in.second');
    const holder = pidIn(lock);
    if (holder !== undefined && isAlive(holder)) {
      writeFileSync(second, JSON.stringify(process.argv));
      return false;
    }
    writeFileSync(lock, String(process.pid));
    process.on('exit', () => rmSync(lock, { force: true }));
    watch(folder, (_, file) => {
      const argv = file === 'stand-in.second' ? taken(second) : undefined;
      if (argv !== undefined) this.emit('second-instance', eventWith({}), argv, process.cwd());
    }).unref();
    return true;
  }

  quit(): void {
    const event = eventWith({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.quitting = true;
    for (const window of this.windows()) {
      window.close();
      if (window.isDestroyed()) continue;
      this.quitting = false;
      return;
    }
    this.leave();
  }

  /** Told by a window that is gone. */
  windowClosed(left: number): void {
    if (left > 0 || this.quitting) return;
    if (!this.emit('window-all-closed')) this.quit();
  }

  exit(code = 0): void {
    this.emit('quit', eventWith({}), code);
    process.exit(code);
  }

  private leave(): void {
    const event = eventWith({});
    this.emit('will-quit', event);
    if (event.defaultPrevented) this.quitting = false;
    else this.exit(0);
  }
}

export const app: StandInApp = new StandInApp();

/** The DevTools of the Chromium that shows the windows. */
export function connection(): Promise<Cdp> {
  return app.cdp;
}

function pidIn(lock: string): number | undefined {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function taken(file: string): string[] | undefined {
  try {
    const argv = JSON.parse(readFileSync(file, 'utf8')) as string[];
    rmSync(file);
    return argv;
  } catch {
    return undefined; // half written, or taken already
  }
}
