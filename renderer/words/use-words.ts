/** The words of the language chosen, for components. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createWords, type Words } from './words.js';

export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'ja' ? 'ja' : 'en';
  return useMemo(() => createWords(language, (key) => t(key)), [language, t]);
}
