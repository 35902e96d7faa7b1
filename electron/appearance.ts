/** Language and theme of what the shell shows, as the settings say: read when the engine is ready and after each change. */
import { app, Menu, nativeTheme } from 'electron';
import { calls, type Event } from '../engine/contract/calls.js';
import type { Call } from './gateway.js';
import { menuTemplate } from './menu.js';
import { type Language, languageOf, words, type Words } from './words.js';

export class Appearance {
  readonly #tell: (event: Event) => void;
  #language: Language | undefined;

  constructor(tell: (event: Event) => void) {
    this.#tell = tell;
  }

  get words(): Words {
    return words[this.#language ?? languageOf(app.getLocale())];
  }

  showMenu(): void {
    const template = menuTemplate({ words: this.words, platform: process.platform, development: !app.isPackaged, tell: this.#tell });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  /** Asks the desk for the settings and shows what they say. */
  async follow(engine: Call): Promise<void> {
    const answer = await engine('settings.read', {});
    const settings = calls['settings.read'].output.safeParse(answer.ok ? answer.value : undefined);
    if (!settings.success) return;
    const { language, theme } = settings.data;
    nativeTheme.themeSource = theme === 'auto' ? 'system' : theme;
    this.#language = language ?? undefined;
    this.showMenu();
  }
}
