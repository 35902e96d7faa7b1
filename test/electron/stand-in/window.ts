/** `BrowserWindow`: a page and the frame a window manager would give it. */
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { app, connection } from './app.js';
import { WebContents } from './contents.js';
import { eventWith, strict } from './strict.js';

type Bounds = { x: number; y: number; width: number; height: number };
type Implemented = Pick<
  Electron.BrowserWindow,
  | 'id'
  | 'loadURL'
  | 'show'
  | 'hide'
  | 'focus'
  | 'restore'
  | 'maximize'
  | 'minimize'
  | 'isVisible'
  | 'isMinimized'
  | 'isMaximized'
  | 'isDestroyed'
  | 'getBounds'
  | 'getNormalBounds'
  | 'setBounds'
  | 'close'
  | 'destroy'
>;

const all = new Set<StandInWindow>();

class StandInWindow extends EventEmitter implements Implemented {
  static getAllWindows(): StandInWindow[] {
    return [...all];
  }

  static fromWebContents(contents: WebContents | undefined): StandInWindow | null {
    return [...all].find((window) => window.webContents === contents) ?? null;
  }

  readonly webContents: WebContents;
  private readonly bounds: Bounds;
  private visible: boolean;
  private state: 'normal' | 'minimized' | 'maximized' = 'normal';

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    const { width = 800, height = 600, x = 0, y = 0, webPreferences = {}, show = true } = options;
    this.bounds = { x, y, width, height };
    this.visible = show;
    this.webContents = new WebContents(connection(), webPreferences, { width, height }, () => this.close());
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    const self = strict('BrowserWindow', this);
    all.add(self);
    app.emit('web-contents-created', eventWith({}), this.webContents);
    app.emit('browser-window-created', eventWith({}), self);
    return self;
  }

  get id(): number {
    return this.webContents.id;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  show(): void {
    this.visible = true;
    this.emit('show');
  }

  hide(): void {
    this.visible = false;
  }

  focus(): void {
    this.emit('focus');
  }

  restore(): void {
    this.state = 'normal';
  }

  maximize(): void {
    this.state = 'maximized';
  }

  minimize(): void {
    this.state = 'minimized';
  }

  isVisible(): boolean {
    return this.visible && this.state !== 'minimized';
  }

  isMinimized(): boolean {
    return this.state === 'minimized';
  }

  isMaximized(): boolean {
    return this.state === 'maximized';
  }

  isDestroyed(): boolean {
    return this.webContents.isDestroyed();
  }

  getBounds(): Bounds {
    return { ...this.bounds };
  }

  getNormalBounds(): Bounds {
    return { ...this.bounds };
  }

  setBounds(bounds: Partial<Bounds>): void {
    Object.assign(this.bounds, bounds);
  }

  close(): void {
    if (this.isDestroyed()) return;
    const event = eventWith({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.isDestroyed()) return;
    this.webContents.destroy();
    for (const window of all) if (window.webContents === this.webContents) all.delete(window);
    this.emit('closed');
    app.windowClosed(all.size);
  }
}

app.windows = () => [...all];
export const BrowserWindow = strict('BrowserWindow', StandInWindow);
