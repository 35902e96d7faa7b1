/** i18next with our catalogues: flat keys, and placeholders filled by `engine/contract/fill.ts`. */
import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../stores/settings.js';
import { catalogues, type Key } from './catalogues.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    keySeparator: false;
    nsSeparator: false;
    resources: { translation: Record<Key, string> };
  }
}

export async function startI18n(language: Language): Promise<i18n> {
  const instance = i18next.createInstance();
  await instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    keySeparator: false,
    nsSeparator: false,
    resources: { en: { translation: catalogues.en }, ja: { translation: catalogues.ja } },
    // Never met in a text: recipes are full of double braces, which i18next would take for its own.
    interpolation: { prefix: '\u0002', suffix: '\u0003', escapeValue: false },
    react: { useSuspense: false },
  });
  return instance;
}
