/** Quitting: asks first while a bench runs, then closes the engine in peace, with a deadline. */
import { app, type BrowserWindow, dialog } from 'electron';
import type { Words } from './words.js';

export type QuitOptions = {
  readonly benchRuns: () => boolean;
  readonly stopEngine: () => Promise<void>;
  readonly window: () => BrowserWindow | undefined;
  readonly words: () => Words;
};

export class SafeQuit {
  readonly #options: QuitOptions;
  #confirmed = false;
  #asking = false;
  #stopped = false;

  constructor(options: QuitOptions) {
    this.#options = options;
    app.on('before-quit', (event) => {
      if (!this.mayClose()) event.preventDefault();
    });
    app.on('will-quit', (event) => {
      if (this.#stopped) return;
      event.preventDefault();
      void this.#stop();
    });
    app.on('window-all-closed', () => app.quit());
  }

  /** Whether the app may close now. When not, the person is asked, and the app quits by itself after a yes. */
  mayClose(): boolean {
    if (this.#confirmed || !this.#options.benchRuns()) return true;
    void this.#ask();
    return false;
  }

  async #ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const words = this.#options.words();
    const parent = this.#options.window();
    const options = {
      type: 'warning' as const,
      message: words.runsTitle,
      detail: words.runsDetail,
      buttons: [words.stopAndQuit, words.goOn],
      defaultId: 1,
      cancelId: 1,
    };
    const { response } = await (parent === undefined ? dialog.showMessageBox(options) : dialog.showMessageBox(parent, options));
    this.#asking = false;
    if (response !== 0) return;
    this.#confirmed = true;
    app.quit();
  }

  async #stop(): Promise<void> {
    await this.#options.stopEngine();
    this.#stopped = true;
    app.quit();
  }
}
