/** The window: sandboxed, isolated, showing `app://bench/` only; opens where it was and comes back when its page crashed. */
import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Event } from '../engine/contract/calls.js';
import type { Log } from './log.js';
import type { Memory } from './memory.js';
import { appPage, eventChannel } from './origin.js';
import { placeWindow, smallest } from './placement.js';

export type WindowOptions = {
  readonly preload: string;
  readonly icon: string;
  readonly memory: Memory;
  readonly log: Log;
  /** Told first to a page that was just loaded. */
  readonly news: () => Event;
  /** Whether the window may close now; when not, somebody else will close it. */
  readonly mayClose: () => boolean;
};

/** Page crashes that are mended by loading it again, until the window is closed. */
const reloadsAtMost = 3;

export class Windows {
  readonly #ours = new Map<number, BrowserWindow>();
  readonly #options: WindowOptions;

  constructor(options: WindowOptions) {
    this.#options = options;
  }

  /** Whether a page is in a window of ours. */
  isOurs(webContentsId: number): boolean {
    return this.#ours.has(webContentsId);
  }

  /** The window a dialog belongs to. */
  get first(): BrowserWindow | undefined {
    return this.#ours.values().next().value;
  }

  tell(event: Event): void {
    for (const window of this.#ours.values()) if (!window.isDestroyed()) window.webContents.send(eventChannel, event);
  }

  /** Brings the window to the person, opening it where there is none. */
  async show(): Promise<void> {
    const window = this.first;
    if (window === undefined) return this.#open();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  async #open(): Promise<void> {
    const { memory, preload, icon, news } = this.#options;
    const was = memory.now.window;
    const window = new BrowserWindow({
      ...placeWindow(
        was,
        screen.getAllDisplays().map(({ workArea }) => workArea),
      ),
      minWidth: smallest.width,
      minHeight: smallest.height,
      show: false,
      title: 'Benchtone',
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#ffffff',
      ...(process.platform === 'linux' ? { icon: join(icon) } : {}),
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
      },
    });
    const { id } = window.webContents;
    this.#ours.set(id, window);
    if (was?.maximized === true) window.maximize();
    window.once('ready-to-show', () => window.show());
    window.on('close', (event) => this.#closing(window, event));
    window.on('closed', () => this.#ours.delete(id));
    window.webContents.on('did-finish-load', () => window.webContents.send(eventChannel, news()));
    this.#mend(window);
    await window.loadURL(appPage);
  }

  #closing(window: BrowserWindow, event: { preventDefault(): void }): void {
    const bounds = window.getNormalBounds();
    this.#options.memory.keep({ window: { ...bounds, maximized: window.isMaximized() } });
    if (!this.#options.mayClose()) event.preventDefault();
  }

  /** The engine does its work while the page is away; the page takes a new snapshot when it is back. */
  #mend(window: BrowserWindow): void {
    let left = reloadsAtMost;
    window.webContents.on('render-process-gone', (_, { reason }) => {
      this.#options.log('page.gone', { reason });
      if (reason === 'clean-exit' || left === 0 || window.isDestroyed()) return;
      left -= 1;
      window.webContents.reload();
    });
  }
}
