/** `webContents`: a page in Chromium, its preload, its navigation and its messages. */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as Electron from 'electron';
import type { Cdp, Params } from './cdp.js';
import type { CdpEvents, Frame, Paused } from './cdp-events.js';
import { cloned, makeCodec } from './codec.js';
import { type FrameFact, Frames, isolatedWorld } from './frames.js';
import { receive } from './ipc.js';
import { answerTo, fromChromium, toChromium } from './scheme.js';
import { eventWith, strict } from './strict.js';

type Preferences = NonNullable<Electron.BrowserWindowConstructorOptions['webPreferences']>;
type Size = { readonly width: number; readonly height: number };
type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];
type Implemented = Pick<
  Electron.WebContents,
  'id' | 'send' | 'loadURL' | 'reload' | 'getURL' | 'isDestroyed' | 'setWindowOpenHandler' | 'forcefullyCrashRenderer' | 'close'
>;

const codec = makeCodec();
const [pageHalf, preloadHalf] = ['page-main.js', 'page-isolated.js'].map(sourceOf) as [string, string];
const everyContents = new Map<string, WebContents>();
let lastId = 0;

export const webContents = {
  fromDevToolsTargetId: (targetId: string) => everyContents.get(targetId),
  getAllWebContents: () => [...everyContents.values()],
};

export class WebContents extends EventEmitter implements Implemented {
  readonly id: number;
  /** Resolves when the page exists in Chromium. */
  readonly opened: Promise<void>;
  session: unknown;
  private readonly frames = new Frames();
  private readonly asked = new Map<string, string>();
  private sendToPage: (method: string, params?: Params) => Promise<Params> = () => Promise.reject(new Error('not open yet'));
  private openHandler: OpenHandler = () => ({ action: 'allow' });
  private mainFrameId = '';
  private targetId = '';
  private gone = false;

  private readonly cdp: Promise<Cdp>;
  private readonly preferences: Preferences;
  private readonly closeWindow: () => void;

  constructor(cdp: Promise<Cdp>, preferences: Preferences, size: Size, closeWindow: () => void) {
    super();
    this.cdp = cdp;
    this.preferences = preferences;
    this.closeWindow = closeWindow;
    lastId += 1;
    this.id = lastId;
    this.opened = this.open(size);
    return strict('WebContents', this);
  }

  get mainFrame(): FrameFact | null {
    return this.frames.fact(this.mainFrameId);
  }

  send(channel: string, ...args: unknown[]): void {
    this.toPreload(this.mainFrameId, { kind: 'send', channel, args: cloned(args) });
  }

  async loadURL(url: string): Promise<void> {
    await this.opened;
    const { promise: loaded, resolve } = Promise.withResolvers<void>();
    this.once('did-finish-load', resolve);
    const { errorText } = await this.sendToPage('Page.navigate', { url: toChromium(url) });
    if (typeof errorText !== 'string') return loaded;
    this.off('did-finish-load', resolve);
    this.emit('did-fail-load', eventWith({}), -2, errorText, url, true);
    throw new Error(`${errorText} loading '${url}'`);
  }

  reload(): void {
    void this.sendToPage('Page.reload').catch(() => undefined);
  }

  forcefullyCrashRenderer(): void {
    void this.sendToPage('Page.crash').catch(() => undefined); // the answer dies with the page
  }

  getURL(): string {
    return this.mainFrame?.url ?? '';
  }

  isDestroyed(): boolean {
    return this.gone;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  close(): void {
    this.closeWindow();
  }

  /** Called by its window. */
  destroy(): void {
    if (this.gone) return;
    this.gone = true;
    everyContents.delete(this.targetId);
    void this.cdp.then((cdp) => cdp.send('Target.closeTarget', { targetId: this.targetId })).catch(() => undefined);
    this.emit('destroyed');
  }

  /** Called by its window: what `prefers-color-scheme` says. */
  prefer(scheme: 'light' | 'dark' | ''): void {
    const features = [{ name: 'prefers-color-scheme', value: scheme }];
    void this.opened.then(() => this.sendToPage('Emulation.setEmulatedMedia', { features })).catch(() => undefined);
  }

  private async open(size: Size): Promise<void> {
    const cdp = await this.cdp;
    const created = await cdp.send('Target.createTarget', { url: 'about:blank', newWindow: true, ...size });
    this.targetId = String(created['targetId']);
    everyContents.set(this.targetId, this);
    const { sessionId } = await cdp.send('Target.attachToTarget', { targetId: this.targetId, flatten: true });
    this.sendToPage = (method, params) => cdp.send(method, params, String(sessionId));
    this.listen(cdp, String(sessionId));
    await this.sendToPage('Page.enable');
    const { frameTree } = (await this.sendToPage('Page.getFrameTree')) as { frameTree: { frame: Frame } };
    this.mainFrameId = frameTree.frame.id;
    this.frames.navigated(frameTree.frame);
    await this.sendToPage('Runtime.enable');
    await this.sendToPage('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
    await this.addPreload();
  }

  private async addPreload(): Promise<void> {
    const { preload, additionalArguments = [], nodeIntegrationInSubFrames = false } = this.preferences;
    const channel = JSON.stringify(randomUUID());
    await this.sendToPage('Page.addScriptToEvaluateOnNewDocument', { source: pageHalf.replaceAll('CHANNEL', channel) });
    if (preload === undefined) return;
    const versions = { electron: process.versions['electron'], chrome: '156' };
    const about = {
      type: 'renderer',
      sandboxed: true,
      contextIsolated: true,
      platform: process.platform,
      arch: process.arch,
      versions,
      env: {},
    };
    const filled: Record<string, string> = {
      CHANNEL: channel,
      PROCESS: JSON.stringify({ ...about, argv: ['electron', ...additionalArguments] }),
      SUBFRAMES: String(nodeIntegrationInSubFrames),
      CODEC: String(makeCodec),
      PRELOAD: `(function (require, process, module, exports) {\n${readFileSync(preload, 'utf8')}\n})`,
    };
    const source = preloadHalf.replaceAll(/\b(?:CHANNEL|PROCESS|SUBFRAMES|CODEC|PRELOAD)\b/g, (name) => filled[name] ?? name);
    await this.sendToPage('Runtime.addBinding', { name: '__standInSend', executionContextName: isolatedWorld });
    await this.sendToPage('Page.addScriptToEvaluateOnNewDocument', { worldName: isolatedWorld, source });
  }

  private listen(cdp: Cdp, sessionId: string): void {
    const on: Cdp['on'] = (method, listener) => cdp.on(method, listener, sessionId);
    on('Runtime.executionContextCreated', ({ context }) => this.frames.worldMade(context));
    on('Runtime.executionContextDestroyed', ({ executionContextId }) => this.frames.worldGone(executionContextId));
    on('Runtime.executionContextsCleared', () => this.frames.worldGone());
    on('Runtime.bindingCalled', (call) => void this.hear(call));
    on('Page.frameAttached', ({ frameId, parentFrameId }) => this.frames.attached(frameId, parentFrameId));
    on('Page.frameNavigated', ({ frame }) => this.frames.navigated(frame));
    on('Page.navigatedWithinDocument', ({ frameId, url }) => this.frames.moved(frameId, url));
    on('Page.frameDetached', ({ frameId, reason }) => {
      if (reason === 'remove') this.frames.detached(frameId);
    });
    on('Page.frameRequestedNavigation', ({ frameId, url }) => this.asked.set(frameId, url));
    on('Page.domContentEventFired', () => this.emit('dom-ready', eventWith({})));
    on('Page.loadEventFired', () => this.emit('did-finish-load', eventWith({})));
    on('Page.windowOpen', ({ url }) => this.wantsWindow(url));
    on('Inspector.targetCrashed', () => this.emit('render-process-gone', eventWith({}), { reason: 'crashed', exitCode: 139 }));
    on('Fetch.requestPaused', (paused) => void this.serve(paused));
    cdp.on('Target.targetCreated', ({ targetInfo }) => {
      const { openerId, openerFrameId, targetId } = targetInfo;
      if (openerId === this.targetId || openerFrameId === this.mainFrameId) void closePopUp(cdp, targetId).catch(() => undefined);
    });
  }

  /** A page wants a window. Whatever the handler says, it gets none: nothing of ours needs one yet. */
  private wantsWindow(url: string): void {
    const referrer = { url: this.getURL(), policy: 'no-referrer' as const };
    const details = { url: fromChromium(url), frameName: '', features: '', disposition: 'new-window' as const, referrer };
    if (this.openHandler(details).action === 'allow') throw new Error('stand-in: windows opened by a page not implemented');
  }

  private async hear({ payload, executionContextId }: CdpEvents['Runtime.bindingCalled']): Promise<void> {
    const message = codec.decode(payload) as Parameters<typeof receive>[0];
    const answer = await receive(message, this, this.frames.frameOfWorld(executionContextId));
    if (message.kind === 'invoke') this.toWorld(executionContextId, { kind: 'reply', id: message.id, ...answer });
  }

  private toPreload(frameId: string, message: object): void {
    const world = this.frames.worldOf(frameId);
    if (world !== undefined) this.toWorld(world, message);
  }

  private toWorld(executionContextId: number, message: object): void {
    const functionDeclaration = '(text) => globalThis.__standInReceive(text)';
    const call = { functionDeclaration, executionContextId, arguments: [{ value: codec.encode(message) }] };
    void this.sendToPage('Runtime.callFunctionOn', call).catch(() => undefined); // the page went away in the meantime
  }

  private async serve(paused: Paused): Promise<void> {
    const denied = paused.resourceType === 'Document' && this.isDenied(paused);
    const [method, params] = denied
      ? ['Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Aborted' }]
      : await answerTo(paused);
    await this.sendToPage(method, params).catch(() => undefined);
  }

  /** `will-navigate` and its kin, for what the page itself asked for; `loadURL` and reloads are not announced. */
  private isDenied({ frameId, request, redirectedRequestId }: Paused): boolean {
    const byPage = this.asked.get(frameId) === request.url;
    this.asked.delete(frameId);
    if (!byPage && redirectedRequestId === undefined) return false;
    const isMainFrame = frameId === this.mainFrameId;
    const event = eventWith({ url: fromChromium(request.url), isMainFrame, isSameDocument: false });
    if (redirectedRequestId !== undefined) this.emit('will-redirect', event);
    else {
      this.emit('will-frame-navigate', event);
      if (isMainFrame) this.emit('will-navigate', event);
    }
    return event.defaultPrevented;
  }
}

/** A client that pauses new pages has its opener wait within `window.open`: the page is let go before it is closed. */
async function closePopUp(cdp: Cdp, targetId: string): Promise<void> {
  const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: true });
  await cdp.send('Runtime.runIfWaitingForDebugger', {}, String(sessionId));
  await cdp.send('Target.closeTarget', { targetId });
}

/** A file without the comment it begins with, which names what is filled in. */
function sourceOf(file: string): string {
  return readFileSync(join(import.meta.dirname, file), 'utf8').replace(/^\/\*\*.*?\*\/\n/s, '');
}
