/** The shell around the window: the engine's crash, dialogs, menu, a second start, quitting. The window's own work is in e2e/. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Event, Snapshot } from '../../engine/contract/calls.js';
import { type Desktop, openDesktop } from '../e2e/desktop.js';

/** Long enough for a busy machine. */
const soon = { timeout: 10_000 };
const root = resolve(import.meta.dirname, '../..');
const passMs = 60_000;
/** Real keyrings and dialogs cannot be told what to say from here. */
const standIn = process.env['E2E_RUNTIME'] !== 'electron';
let desktop: Desktop;
let scratch = '';

beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'benchtone-shell-'));
  desktop = await openDesktop({ dataFolder: join(scratch, 'data'), settingsFolder: join(scratch, 'settings') });
  await ask('settings.read'); // the engine is there, and the page was told
  await desktop.page.evaluate('window.news = []; void bench.on((event) => news.push(event))');
});
afterEach(async () => {
  await desktop.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** Asks as the window does; throws with the code of a refusal. */
async function ask<T>(name: string, input: unknown = {}): Promise<T> {
  const answer = (await desktop.page.evaluate(`bench.call(${JSON.stringify(name)}, ${JSON.stringify(input)})`)) as
    | { ok: true; value: T }
    | { ok: false; error: { code: string } };
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
}

const news = (): Promise<Event[]> => desktop.page.evaluate('news');
const passed = async (): Promise<number> => (await ask<Snapshot>('board.snapshot')).counts.pass;
const sleepsBlocked = (): Promise<boolean> => desktop.app.evaluate(({ powerSaveBlocker }) => powerSaveBlocker.isStarted(1));

test('an engine killed in the middle of a job comes back to the same board, and every phone is proven', async () => {
  const { job } = await ask<{ job: string }>('bench.demo', { phones: 6, fault: 0 });
  await expect.poll(passed, { timeout: passMs }).toBeGreaterThan(0);
  const before = await ask<Snapshot>('board.snapshot');
  const done = before.devices.filter(({ verdict }) => verdict === 'pass').map(({ mac, slot }) => [mac, slot]);
  const pid = await desktop.enginePid();
  process.kill(pid ?? 0, 'SIGKILL');
  await expect
    .poll(async () => (await news()).filter(({ kind }) => kind === 'engine').slice(-2), soon) // before it, perhaps, that it had started
    .toEqual([
      { kind: 'engine', state: 'restarting' },
      { kind: 'engine', state: 'running' },
    ]);
  const after = await ask<Snapshot>('board.snapshot');
  expect([after.bench?.job.id, after.devices.map(({ mac }) => mac).toSorted()]).toEqual([
    job,
    before.devices.map(({ mac }) => mac).toSorted(),
  ]);
  expect(after.devices.filter(({ verdict }) => verdict === 'pass').map(({ mac, slot }) => [mac, slot])).toEqual(
    expect.arrayContaining(done),
  );
  expect([after.epoch === before.epoch, await desktop.enginePid()]).not.toEqual([true, pid]);
  await expect.poll(passed, { timeout: passMs }).toBe(6);
});

test('an engine that keeps crashing is left off until a person says otherwise', async () => {
  await desktop.app.evaluate(({ dialog }) => {
    const told: string[] = [];
    Object.assign(globalThis, { told });
    dialog.showMessageBox = (...args: unknown[]) => {
      told.push((args.at(-1) as { message: string }).message);
      return Promise.resolve({ response: 0, checkboxChecked: false });
    };
  });
  const told = (): Promise<string[]> => desktop.app.evaluate(() => (globalThis as unknown as { told: string[] }).told);
  for (let times = 1; times <= 4; times += 1) {
    await expect.poll(() => desktop.enginePid(), soon).toBeTypeOf('number');
    process.kill((await desktop.enginePid()) ?? 0, 'SIGKILL');
    await expect.poll(async () => (await news()).filter(({ kind }) => kind === 'engine').length, soon).toBeGreaterThanOrEqual(times);
  }
  await expect.poll(told, soon).toEqual(['The bench’s engine ended unexpectedly, several times in a row.']);
  await expect.poll(async () => (await news()).at(-1), soon).toEqual({ kind: 'engine', state: 'running' });
  expect(await ask('jobs.list')).toEqual([]);
});

test('the computer stays awake while a bench runs; quitting asks first, then ends the engine and its phones', async () => {
  await ask('bench.demo', { phones: 2, fault: 0 });
  await expect.poll(sleepsBlocked, soon).toBe(true);
  const asked = await desktop.app.evaluate(async ({ app, dialog, BrowserWindow }) => {
    const told: string[] = [];
    dialog.showMessageBox = (...args: unknown[]) => {
      told.push((args.at(-1) as { message: string }).message);
      return Promise.resolve({ response: 1, checkboxChecked: false });
    };
    app.quit();
    await new Promise(setImmediate);
    BrowserWindow.getAllWindows()[0]?.close();
    await new Promise(setImmediate);
    return [...told, BrowserWindow.getAllWindows().length];
  });
  expect(asked).toEqual(['The bench is still running.', 'The bench is still running.', 1]);
  const pids = await desktop.app.evaluate(({ app }) => app.getAppMetrics().map(({ pid }) => pid));
  const ended = once(desktop.app.process(), 'exit');
  await desktop.close();
  expect([await ended, pids.filter(isAlive)]).toEqual([[0, null], []]);
});

test('a file is chosen in the system’s dialog: the window gets a handle and a name, the folder is remembered', async () => {
  const file = join(scratch, 'liste 電話.csv');
  writeFileSync(file, 'mac,model\n00562b043615,8851\n');
  const given = await answerDialog('showOpenDialog', { canceled: false, filePaths: [file] });
  const taken = await ask<{ handle: string; name: string; size: number }>('files.choose', { what: 'csv' });
  expect(taken).toEqual({ handle: expect.stringMatching(/^[\w-]{16,64}$/), name: 'liste 電話.csv', size: 28 });
  const draft = await ask<{ rows: unknown[] }>('draft.check', { csv: taken.handle, recipe: null });
  expect(draft.rows).toHaveLength(1);
  await ask('files.choose', { what: 'csv' });
  expect((await given()).map(({ defaultPath }) => defaultPath)).toEqual([undefined, scratch]);
  await answerDialog('showOpenDialog', { canceled: true, filePaths: [] });
  expect(await ask('files.choose', { what: 'recipe' })).toBeNull();
  await answerDialog('showOpenDialog', { canceled: false, filePaths: [join(scratch, 'none.csv')] });
  await expect(ask('files.choose', { what: 'csv' })).rejects.toThrow('file.unreadable');
  expect(JSON.stringify(await news())).not.toContain(scratch);
});

test('a recipe’s template beside it is taken along; a name that leads elsewhere is not', async () => {
  writeFileSync(join(scratch, 'acme.xml'), '<flat-profile><Voice_Mail_Number>*97</Voice_Mail_Number></flat-profile>');
  writeFileSync(join(scratch, 'list.csv'), 'mac,model\n00562b043615,8851\n');
  await answerDialog('showOpenDialog', { canceled: false, filePaths: [join(scratch, 'list.csv')] });
  const { handle: csv } = await ask<{ handle: string }>('files.choose', { what: 'csv' });
  const problems = async (template: string): Promise<string[]> => {
    const file = join(scratch, 'folder', 'acme.yaml');
    mkdirSync(join(scratch, 'folder'), { recursive: true });
    writeFileSync(
      file,
      `benchtone: 1\nname: Acme\nphones: cisco-mpp\ntemplate: ${template}\nhandOff: { Profile_Rule: "http://a.example/b.xml" }\n`,
    );
    await answerDialog('showOpenDialog', { canceled: false, filePaths: [file] });
    const recipe = await ask<{ handle: string; name: string }>('files.choose', { what: 'recipe' });
    expect(recipe.name).toBe('acme.yaml');
    const read = await ask<{ problems: { code: string }[] }>('draft.check', { csv, recipe: recipe.handle });
    return read.problems.map(({ code }) => code);
  };
  expect(await problems('acme.xml')).toEqual(['recipe.template-missing']); // it is not there yet
  expect(await problems('../acme.xml')).toEqual(['recipe.template-missing']);
  writeFileSync(join(scratch, 'folder/acme.xml'), readFileSync(join(scratch, 'acme.xml')));
  expect(await problems('acme.xml')).toEqual([]);
});

test('a result is saved where the person says, under a name that is only a name', async () => {
  const file = join(scratch, 'result.csv');
  const given = await answerDialog('showSaveDialog', { canceled: false, filePath: file });
  expect(await ask('files.save', { name: '../../etc/résultat:1.csv', content: { text: 'mac\n' } })).toEqual({ saved: true });
  expect([readFileSync(file, 'utf8'), (await given())[0]?.defaultPath?.split('/').at(-1)]).toEqual(['mac\n', '..-..-etc-résultat-1.csv']);
  await answerDialog('showSaveDialog', { canceled: true, filePath: '' });
  expect(await ask('files.save', { name: 'a.csv', content: { text: '' } })).toEqual({ saved: false });
  await answerDialog('showSaveDialog', { canceled: false, filePath: join(scratch, 'no/folder.csv') });
  await expect(ask('files.save', { name: 'a.csv', content: { text: '' } })).rejects.toThrow('file.unwritable');
});

test('a menu item is an event for the window; the menu follows the language', async () => {
  await desktop.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('doctor')?.click());
  await expect.poll(news, soon).toContainEqual({ kind: 'menu', item: 'doctor' });
  const label = (): Promise<string | undefined> =>
    desktop.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('doctor')?.label);
  expect(await label()).toBe('Check This Computer');
  await ask('settings.write', { language: 'ja', theme: 'dark' });
  await expect.poll(label, soon).toBe('このコンピューターを点検');
  expect(await desktop.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
});

test('a page that crashed is loaded again', async () => {
  const { app } = desktop;
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    Object.assign(globalThis, { loads: 0 });
    contents?.on('did-finish-load', () => Object.assign(globalThis, { loads: 1 }));
    contents?.forcefullyCrashRenderer();
  });
  await expect.poll(() => app.evaluate(() => (globalThis as { loads?: number }).loads), soon).toBe(1);
});

test('a second start brings the window forward and ends; the place of the window is remembered', async () => {
  const path = await desktop.app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    window?.setBounds({ x: 40, y: 30, width: 1100, height: 700 });
    window?.minimize();
    return process.argv[0] ?? '';
  });
  const second = spawn(path, ['--no-sandbox', root, '--settings', desktop.settingsFolder], { stdio: 'ignore' });
  expect(await once(second, 'exit')).toEqual([0, null]);
  await expect
    .poll(() => desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isMinimized())), soon)
    .toEqual([false]);
  await desktop.close();
  expect(JSON.parse(readFileSync(join(scratch, 'settings/shell.json'), 'utf8'))).toMatchObject({
    window: { x: 40, y: 30, width: 1100, height: 700, maximized: false },
  });
  desktop = await openDesktop({ dataFolder: join(scratch, 'data'), settingsFolder: join(scratch, 'settings') });
  expect(await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds())).toEqual({
    x: 40,
    y: 30,
    width: 1100,
    height: 700,
  });
});

test('nothing the shell keeps for itself lies in the data folder, and no key lies open', () => {
  expect([existsSync(join(scratch, 'data/shell.json')), existsSync(join(scratch, 'settings/installation-key.sealed'))]).toEqual([
    false,
    true,
  ]);
});

test.runIf(standIn)('without a keyring the key is kept in a file, and the person is told once', async () => {
  await desktop.close();
  desktop = await openDesktop({ settingsFolder: join(scratch, 'plain'), environment: { STAND_IN_KEYRING: 'basic_text', HOME: scratch } });
  await expect.poll(() => existsSync(join(scratch, 'plain/shell.json')), soon).toBe(true);
  expect(JSON.parse(readFileSync(join(scratch, 'plain/shell.json'), 'utf8'))).toMatchObject({ toldOfKeyFile: true });
  expect(existsSync(join(scratch, 'plain/installation-key.sealed'))).toBe(false);
});

test.runIf(standIn)('a key that cannot be read ends the start, and is left as it is', async () => {
  const path = await desktop.app.evaluate(() => process.argv[0] ?? '');
  await desktop.close();
  const sealed = join(scratch, 'settings/installation-key.sealed');
  writeFileSync(sealed, 'damaged');
  const child = spawn(path, ['--no-sandbox', root, '--settings', join(scratch, 'settings')], { stdio: 'ignore' });
  expect([await once(child, 'exit'), readFileSync(sealed, 'utf8')]).toEqual([[1, null], 'damaged']);
});

type Dialog = 'showOpenDialog' | 'showSaveDialog';

/** Answers the system's dialog from here on; gives what it was asked with. */
async function answerDialog(name: Dialog, answer: unknown): Promise<() => Promise<{ defaultPath?: string }[]>> {
  await desktop.app.evaluate(
    ({ dialog }, [which, reply]) => {
      const asked: unknown[] = [];
      Object.assign(globalThis, { asked });
      Object.assign(dialog, { [which]: (...args: unknown[]) => (asked.push(args.at(-1)), Promise.resolve(reply)) });
    },
    [name, answer] as const,
  );
  return () => desktop.app.evaluate(() => (globalThis as unknown as { asked: { defaultPath?: string }[] }).asked);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
