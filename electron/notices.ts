/** What the shell tells a person by itself: few things, and only what the window cannot say. */
import { app, type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import type { EngineKeeper } from './engine-keeper.js';
import type { Memory } from './memory.js';
import type { Words } from './words.js';

export type Noticing = { readonly window: () => BrowserWindow | undefined; readonly words: () => Words };

/** The key cannot be read: nothing can be opened without it. */
export async function tellOfLostKey(file: string, words: Words): Promise<void> {
  await dialog.showMessageBox({
    type: 'error',
    message: words.keyTitle,
    detail: words.keyDetail.replace('{file}', file),
    buttons: [words.understood],
  });
  app.exit(1);
}

/** Said once: no keyring protects the key on this computer. */
export async function tellOfKeyFile(file: string, memory: Memory, { window, words }: Noticing): Promise<void> {
  if (memory.now.toldOfKeyFile) return;
  memory.keep({ toldOfKeyFile: true });
  const { plainTitle, plainDetail, understood } = words();
  await show({ type: 'info', message: plainTitle, detail: plainDetail.replace('{file}', file), buttons: [understood] }, window());
}

/** Asks what to do about an engine that crashed too often to be started again by itself. */
export function watchForFailure(engine: EngineKeeper, { window, words }: Noticing): void {
  engine.on((event) => {
    if (event.kind === 'engine' && event.state === 'failed') void ask();
  });
  async function ask(): Promise<void> {
    const { failedTitle, failedDetail, startAgain, leave } = words();
    const buttons = [startAgain, leave];
    const { response } = await show(
      { type: 'error', message: failedTitle, detail: failedDetail, buttons, defaultId: 0, cancelId: 1 },
      window(),
    );
    if (response === 0) engine.start();
  }
}

function show(options: MessageBoxOptions, parent: BrowserWindow | undefined): Promise<{ readonly response: number }> {
  return parent === undefined ? dialog.showMessageBox(options) : dialog.showMessageBox(parent, options);
}
