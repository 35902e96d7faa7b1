/** What the desktop would give: dialogs that nobody answers (tests put their own in place), menus, theme, keyring, screens, power. */
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { app } from './app.js';
import { webContents } from './contents.js';
import { strict } from './strict.js';

export const dialog = {
  showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] as string[] }),
  showSaveDialog: () => Promise.resolve({ canceled: true, filePath: '' }),
  showMessageBox: (...args: unknown[]) => {
    const { cancelId = 0 } = (args.at(-1) ?? {}) as Electron.MessageBoxOptions;
    return Promise.resolve({ response: cancelId, checkboxChecked: false });
  },
  showErrorBox: (title: string, content: string) => void process.stderr.write(`${title}\n${content}\n`),
} satisfies Pick<typeof Electron.dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox'>;

type Item = { id?: string; label?: string; role?: string; accelerator?: string; submenu?: { items: Item[] }; click(): void };
type MenuShape = { readonly items: Item[]; getMenuItemById(id: string): Item | null };

function buildFromTemplate(template: readonly Electron.MenuItemConstructorOptions[]): MenuShape {
  const items = template.map(({ click, submenu, id, label, role, accelerator }): Item => {
    const item: Item = {
      ...(id === undefined ? {} : { id }),
      ...(label === undefined ? {} : { label }),
      ...(role === undefined ? {} : { role }),
      ...(typeof accelerator === 'string' ? { accelerator } : {}),
      ...(Array.isArray(submenu) ? { submenu: buildFromTemplate(submenu) } : {}),
      click: () => (role === 'quit' ? app.quit() : click?.(item as unknown as Electron.MenuItem, undefined, {})),
    };
    return item;
  });
  const find = (list: readonly Item[], id: string): Item | null => {
    for (const item of list) {
      const found = item.id === id ? item : item.submenu === undefined ? null : find(item.submenu.items, id);
      if (found !== null) return found;
    }
    return null;
  };
  return strict('Menu', { items, getMenuItemById: (id: string) => find(items, id) });
}

let applicationMenu: MenuShape | null = null;
export const Menu = {
  buildFromTemplate,
  getApplicationMenu: () => applicationMenu,
  setApplicationMenu: (menu: MenuShape | null) => void (applicationMenu = menu),
};

class NativeTheme extends EventEmitter implements Pick<Electron.NativeTheme, 'themeSource' | 'shouldUseDarkColors'> {
  private source: Electron.NativeTheme['themeSource'] = 'system';

  get themeSource(): Electron.NativeTheme['themeSource'] {
    return this.source;
  }

  set themeSource(source: Electron.NativeTheme['themeSource']) {
    this.source = source;
    for (const contents of webContents.getAllWebContents()) contents.prefer(source === 'system' ? '' : source);
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.source === 'dark';
  }
}
export const nativeTheme: NativeTheme = new NativeTheme();

const blockers = new Map<number, string>();
let lastBlocker = 0;
export const powerSaveBlocker = {
  start(type) {
    lastBlocker += 1;
    blockers.set(lastBlocker, type);
    return lastBlocker;
  },
  stop: (id) => blockers.delete(id),
  isStarted: (id) => blockers.has(id),
} satisfies Pick<typeof Electron.powerSaveBlocker, 'start' | 'stop' | 'isStarted'>;

/** `STAND_IN_KEYRING=basic_text` is a Linux without a keyring. The cipher is none: it only has to be reversible. */
const backend = (process.env['STAND_IN_KEYRING'] ?? 'gnome_libsecret') as ReturnType<typeof Electron.safeStorage.getSelectedStorageBackend>;
const sealMark = 'sealed by the stand-in:';
export const safeStorage = {
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  getSelectedStorageBackend: () => backend,
  encryptStringAsync: (text) => Promise.resolve(Buffer.from(sealMark + Buffer.from(text).toString('base64'))),
  decryptStringAsync(sealed) {
    const text = sealed.toString();
    if (!text.startsWith(sealMark))
      return Promise.reject(new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.'));
    return Promise.resolve({ shouldReEncrypt: false, result: Buffer.from(text.slice(sealMark.length), 'base64').toString() });
  },
} satisfies Pick<
  typeof Electron.safeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
>;

const workArea = { x: 0, y: 0, width: 1920, height: 1040 };
export const screen = { getAllDisplays: () => [{ id: 1, bounds: { ...workArea, height: 1080 }, workArea, scaleFactor: 1 }] };

/** Headless Chromium denies what nobody answers; the handlers are kept so that a test can ask them. */
const permissions: Record<string, unknown> = {};
const defaultSession = strict('session.defaultSession', {
  permissions,
  setPermissionRequestHandler: (handler) => void (permissions['request'] = handler),
  setPermissionCheckHandler: (handler) => void (permissions['check'] = handler),
  setDevicePermissionHandler: (handler) => void (permissions['device'] = handler),
  setSpellCheckerEnabled: () => undefined,
} satisfies Pick<
  Electron.Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'setSpellCheckerEnabled'
> & { permissions: unknown });
export const session = { defaultSession };
