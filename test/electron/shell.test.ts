/** The small parts of the shell that need no Electron. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { afterAll, describe, expect, test } from 'vitest';
import { type Event, event } from '../../engine/contract/calls.js';
import { scrubbed } from '../../electron/environment.js';
import { fileLog } from '../../electron/log.js';
import { Memory } from '../../electron/memory.js';
import { menuTemplate } from '../../electron/menu.js';
import { readOptions } from '../../electron/options.js';
import { placeWindow } from '../../electron/placement.js';
import { languageOf, languages, words } from '../../electron/words.js';

const scratch = mkdtempSync(join(tmpdir(), 'benchtone-shell-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('the menu', () => {
  const flat = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);

  test.each(languages.flatMap((language) => (['darwin', 'linux', 'win32'] as const).map((platform) => ({ language, platform }))))(
    'has every event of the contract once, with shortcuts that differ ($language, $platform)',
    ({ language, platform }) => {
      const told: Event[] = [];
      const items = flat(menuTemplate({ words: words[language], platform, development: false, tell: (news) => told.push(news) }));
      for (const { id, click } of items) if (id !== undefined && id !== 'quit') click?.({} as never, undefined, {});
      expect(new Set(told.map((news) => event.parse(news)).map((news) => news.kind === 'menu' && news.item))).toEqual(
        new Set(['about', 'doctor', 'export', 'history', 'new-job', 'stop']),
      );
      expect(told).toHaveLength(6);
      const shortcuts = items.flatMap(({ accelerator }) => (accelerator === undefined ? [] : [accelerator]));
      expect(new Set(shortcuts).size).toBe(shortcuts.length);
      expect(items.filter(({ role }) => role === 'toggleDevTools' || role === 'reload')).toEqual([]);
    },
  );

  test('speaks the language of the system', () => {
    expect(['ja', 'ja-JP', 'en-GB', 'de'].map(languageOf)).toEqual(['ja', 'ja', 'en', 'en']);
  });
});

describe('the window opens', () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1040 }];
  const was = { x: 100, y: 50, width: 1400, height: 900, maximized: false };

  test.each([
    ['for the first time', undefined, { width: 1280, height: 800 }],
    ['where it was', was, { x: 100, y: 50, width: 1400, height: 900 }],
    ['on a screen that is there, when it was on one that is gone', { ...was, x: 3000 }, { width: 1400, height: 900 }],
    ['with its title bar in reach', { ...was, y: -200 }, { width: 1400, height: 900 }],
    ['large enough', { ...was, width: 10, height: 10 }, { x: 100, y: 50, width: 960, height: 640 }],
  ])('%s', (_, before, expected) => {
    expect(placeWindow(before, screens)).toEqual(expected);
  });
});

test('what is remembered is there at the next start; what is damaged is forgotten', () => {
  const file = join(scratch, 'settings/shell.json');
  const memory = new Memory(file);
  expect(memory.now).toEqual({ folders: {}, toldOfKeyFile: false });
  memory.keep({ folders: { csv: '/lists' } });
  memory.keep({ toldOfKeyFile: true });
  expect(new Memory(file).now).toEqual({ folders: { csv: '/lists' }, toldOfKeyFile: true });
  writeFileSync(file, '{"folders":{"etc":"/etc"}}');
  expect(new Memory(file).now).toEqual({ folders: {}, toldOfKeyFile: false });
});

test('the log keeps two files of a mebibyte at most', () => {
  const file = join(scratch, 'logs/shell.log');
  const log = fileLog(file, () => new Date(0));
  for (let line = 0; line < 3; line += 1) log('big', { line, text: 'x'.repeat(1 << 20) });
  log('last', { line: 3 });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ at: '1970-01-01T00:00:00.000Z', event: 'last', line: 3 });
  expect(readFileSync(`${file}.1`, 'utf8')).toContain('"line":2');
});

test('children get no environment that changes how Node, Electron or the loader work', () => {
  const given = {
    PATH: '/bin',
    HOME: '/h',
    NODE_OPTIONS: '-r evil',
    ELECTRON_RUN_AS_NODE: '1',
    LD_PRELOAD: 'evil.so',
    DYLD_INSERT_LIBRARIES: 'e',
    none: undefined,
  };
  expect(scrubbed(given)).toEqual({ PATH: '/bin', HOME: '/h' });
});

test('the command line takes its own options and leaves Chromium’s alone', () => {
  expect(readOptions(['/app', '--no-sandbox', '--data', 'here', '--inspect=0', '--settings=there', '--unknown'])).toEqual({
    data: 'here',
    settings: 'there',
  });
  expect(readOptions(['--data'])).toEqual({});
});
