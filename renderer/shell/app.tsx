/** Everything a screen needs around it: theme, words, stores, and a net for what breaks. */
import { Button, type MantineColorSchemeManager, MantineProvider, useMantineColorScheme } from '@mantine/core';
import type { i18n } from 'i18next';
import { Component, type ReactNode, useEffect } from 'react';
import { I18nextProvider } from 'react-i18next';
import { theme as look } from '../look/theme.js';
import type { Stores } from '../stores/stores.js';
import { StoresProvider, useSettings } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import { Shell, Whole } from './shell.js';

/** The host keeps the theme; the browser's storage stays empty. */
const hostKeepsIt: MantineColorSchemeManager = {
  get: (theme) => theme,
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
};

export function App(props: { readonly stores: Stores; readonly words: i18n; readonly nonce: string }): ReactNode {
  const { stores, words, nonce } = props;
  return (
    <MantineProvider
      theme={look}
      getStyleNonce={() => nonce}
      colorSchemeManager={hostKeepsIt}
      defaultColorScheme={stores.settings.getState().theme}
    >
      <I18nextProvider i18n={words}>
        <StoresProvider value={stores}>
          <Chosen words={words} />
          <Net>
            <Shell />
          </Net>
        </StoresProvider>
      </I18nextProvider>
    </MantineProvider>
  );
}

/** Applies the person's language and theme as soon as they are chosen. */
function Chosen({ words }: { readonly words: i18n }): ReactNode {
  const { language, theme } = useSettings((state) => state);
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    document.documentElement.lang = language;
    void words.changeLanguage(language);
  }, [language, words]);
  useEffect(() => setColorScheme(theme), [setColorScheme, theme]);
  return null;
}

/** A bug in the window must not look like a bench that stopped. */
class Net extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken(): ReactNode {
  const { t } = useWords();
  return (
    <Whole
      title={t('crash.title')}
      text={t('crash.text')}
      action={<Button onClick={() => location.reload()}>{t('crash.reload')}</Button>}
    />
  );
}
