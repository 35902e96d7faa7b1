/** The words of the language chosen, for components. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Key } from '../i18n/catalogues.js';
import { createWords, type Words } from './words.js';

export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'ja' ? 'ja' : 'en';
  return useMemo(() => {
    // Looked up once: a board asks for the same few texts hundreds of times a second.
    const found = new Map<Key, string>();
    return createWords(language, (key) => {
      const text = found.get(key) ?? t(key);
      found.set(key, text);
      return text;
    });
  }, [language, t]);
}
