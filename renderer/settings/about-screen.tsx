/** What this is and where it keeps things. */
import type { ReactNode } from 'react';
import { Logo } from '../look/icons.js';
import { Page } from '../look/page.js';
import { useSettings } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import classes from './settings.module.css';

export function AboutScreen(): ReactNode {
  const { t } = useWords();
  const app = useSettings((state) => state.app);
  return (
    <Page title={t('about.title')}>
      <section className={classes['panel']}>
        <div className={classes['name']}>
          <Logo size={52} />
          <span>Benchtone</span>
        </div>
        <p className={classes['text']}>{t('about.text')}</p>
        {app === null ? null : (
          <dl className={classes['facts']}>
            <dt>{t('about.version')}</dt>
            <dd>{app.version}</dd>
            <dt>{t('about.host')}</dt>
            <dd>{t(`about.host.${app.host}`)}</dd>
            <dt>{t('about.platform')}</dt>
            <dd>{app.platform}</dd>
            <dt>{t('about.data')}</dt>
            <dd className="fixed">{app.dataFolder}</dd>
          </dl>
        )}
      </section>
    </Page>
  );
}
