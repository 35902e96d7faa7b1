/** Language and theme, kept by the host; and what the host is. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BenchApi, Output } from '../../engine/contract/calls.js';

export type Language = 'en' | 'ja';
type Theme = Output<'settings.read'>['theme'];
type AppInfo = Output<'app.info'>;

export type SettingsState = {
  readonly language: Language;
  readonly theme: Theme;
  readonly app: AppInfo | null;
  readonly load: (preferred: readonly string[]) => Promise<void>;
  readonly setLanguage: (language: Language) => void;
  readonly setTheme: (theme: Theme) => void;
};

/** The first of the system's languages that there is a catalogue for. */
export function languageFrom(preferred: readonly string[]): Language {
  const known = preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'ja' || tag === 'en');
  return known === 'ja' ? 'ja' : 'en';
}

export function createSettingsStore(bench: BenchApi): StoreApi<SettingsState> {
  return createStore<SettingsState>((set) => ({
    language: 'en',
    theme: 'auto',
    app: null,
    load: async (preferred) => {
      const [settings, app] = await Promise.all([bench.call('settings.read', {}), bench.call('app.info', {})]);
      set({
        language: (settings.ok ? settings.value.language : null) ?? languageFrom(preferred),
        theme: settings.ok ? settings.value.theme : 'auto',
        app: app.ok ? app.value : null,
      });
    },
    setLanguage: (language) => {
      set({ language });
      void bench.call('settings.write', { language });
    },
    setTheme: (theme) => {
      set({ theme });
      void bench.call('settings.write', { theme });
    },
  }));
}
