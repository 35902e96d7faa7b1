/** The menu and its shortcuts, in the person's language; choosing an item is an event for the window. */
import type { MenuItemConstructorOptions } from 'electron';
import type { Event } from '../engine/contract/calls.js';
import type { Words } from './words.js';

export type MenuOptions = {
  readonly words: Words;
  readonly platform: NodeJS.Platform;
  /** Reload and the developer tools: never in the packaged app. */
  readonly development: boolean;
  readonly tell: (event: Event) => void;
};

type Item = Extract<Event, { kind: 'menu' }>['item'];

/** The menu as a template; every item of ours has its event's name as id. */
export function menuTemplate({ words, platform, development, tell }: MenuOptions): MenuItemConstructorOptions[] {
  const item = (id: Item, label: string, accelerator?: string): MenuItemConstructorOptions => ({
    id,
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => tell({ kind: 'menu', item: id }),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const quit: MenuItemConstructorOptions = { id: 'quit', label: words.quit, role: 'quit' };
  const about = item('about', words.about);
  const application: MenuItemConstructorOptions[] = [
    {
      label: 'Benchtone',
      submenu: [about, separator, { role: 'services' }, separator, { role: 'hide' }, { role: 'hideOthers' }, separator, quit],
    },
  ];
  return [
    ...(platform === 'darwin' ? application : []),
    {
      label: words.file,
      submenu: [
        item('new-job', words.newJob, 'CmdOrCtrl+N'),
        item('history', words.history, 'CmdOrCtrl+Shift+H'),
        item('export', words.export, 'CmdOrCtrl+E'),
        ...(platform === 'darwin' ? [] : [separator, quit]),
      ],
    },
    {
      label: words.edit,
      submenu: [{ role: 'undo' }, { role: 'redo' }, separator, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
    },
    { label: words.bench, submenu: [item('stop', words.stop, 'CmdOrCtrl+.'), item('doctor', words.doctor, 'CmdOrCtrl+D')] },
    {
      label: words.view,
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(development ? ([separator, { role: 'reload' }, { role: 'toggleDevTools' }] satisfies MenuItemConstructorOptions[]) : []),
      ],
    },
    ...(platform === 'darwin' ? [] : [{ label: words.help, submenu: [about] }]),
  ];
}
