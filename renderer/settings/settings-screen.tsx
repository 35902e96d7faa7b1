/** Language, appearance, and how files are served. */
import { Radio, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Page } from '../look/page.js';
import { useSettings } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import { ServingPanel } from './serving-panel.js';
import classes from './settings.module.css';

const themes = ['auto', 'light', 'dark'] as const;
/** Each in its own language, so that it is found by whoever needs it. */
const languages = { en: 'English', ja: '日本語' } as const;

export function SettingsScreen(): ReactNode {
  const { t } = useWords();
  const { language, theme, setLanguage, setTheme } = useSettings((state) => state);
  return (
    <Page title={t('settings.title')}>
      <section className={classes['panel']}>
        <Radio.Group label={t('settings.language')} value={language} onChange={(value) => setLanguage(value === 'ja' ? 'ja' : 'en')}>
          <Stack gap="sm" mt="sm">
            <Radio value="en" label={<span lang="en">{languages.en}</span>} />
            <Radio value="ja" label={<span lang="ja">{languages.ja}</span>} />
          </Stack>
        </Radio.Group>
      </section>
      <section className={classes['panel']}>
        <Radio.Group
          label={t('settings.theme')}
          value={theme}
          onChange={(value) => setTheme(themes.find((each) => each === value) ?? 'auto')}
        >
          <Stack gap="sm" mt="sm">
            {themes.map((each) => (
              <Radio key={each} value={each} label={t(`settings.theme.${each}`)} />
            ))}
          </Stack>
        </Radio.Group>
      </section>
      <ServingPanel />
    </Page>
  );
}
