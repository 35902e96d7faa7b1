/** Every host a spec runs in. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from './browser.js';
import { openDesktop } from './desktop.js';
import type { OpenHost, OpenWindow } from './window.js';

/** How long the shell may take to have its engine again. Milliseconds. */
const engineBackMs = 20_000;

/** The desktop app, its dialogs answered by the spec. */
async function openDesktopWindow(): Promise<OpenWindow> {
  const folder = mkdtempSync(join(tmpdir(), 'benchtone-dialogs-'));
  const desktop = await openDesktop();
  const { app, page } = desktop;
  await page.setViewportSize({ width: 1280, height: 800 });
  return {
    host: 'desktop',
    page,
    async choose(what, { name, text }) {
      const file = join(folder, name);
      writeFileSync(file, text);
      await app.evaluate(({ dialog }, path) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
      }, file);
      const buttons = { csv: 'Choose a file…', recipe: 'A recipe file…', template: /^Choose .+\.xml…$/ } as const;
      await page.getByRole('button', { name: buttons[what] }).click();
    },
    async saved(press, said = 'The result was saved') {
      const file = join(folder, 'saved.csv');
      await app.evaluate(({ dialog }, path) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
      }, file);
      await press();
      await page.getByText(said).waitFor({ state: 'attached' });
      const bytes = readFileSync(file);
      return { name: 'saved.csv', text: bytes.toString(), bytes };
    },
    async crash() {
      const before = await desktop.enginePid();
      if (before === undefined) throw new Error('no engine runs');
      process.kill(before, 'SIGKILL');
      const deadline = Date.now() + engineBackMs;
      for (let now = await desktop.enginePid(); now === undefined || now === before; now = await desktop.enginePid())
        if (Date.now() > deadline) throw new Error('the engine did not come back');
    },
    async [Symbol.asyncDispose]() {
      await desktop.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const hosts: readonly (readonly [OpenWindow['host'], OpenHost])[] = [
  ['browser', openBrowser],
  ['desktop', openDesktopWindow],
];
