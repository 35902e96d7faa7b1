/** What the phone sent of itself: configuration and problem reports, each to be saved. */
import type { ReactNode } from 'react';
import { saveReport } from '../api/save-result.js';
import { LongText } from '../look/long-text.js';
import { SaveButton } from '../look/save-button.js';
import { useStores } from '../stores/use-stores.js';
import { harmless } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import classes from './phone.module.css';
import type { Entries } from './phone-page.js';

/** The newest; a phone reports with each pass. */
const mostShown = 5;

export function Reports({ timeline }: { readonly timeline: Entries }): ReactNode {
  const { t, time, bytes } = useWords();
  const { bench } = useStores();
  const reports = timeline.filter(({ code, params }) => code === 'fact.report' && typeof params['file'] === 'string').slice(-mostShown);
  if (reports.length === 0) return null;
  return (
    <section aria-label={t('page.reports')}>
      <h3 className={classes['subtitle']}>{t('page.reports')}</h3>
      <ul className={classes['served']}>
        {reports.toReversed().map(({ seq, at, params }) => (
          <li key={seq}>
            <span className={classes['at']}>{time(at)}</span>
            <span>
              <LongText text={harmless(String(params['path']))} most={120} /> ({bytes(Number(params['bytes']))})
            </span>
            <SaveButton
              compact
              done={t('page.reports.saved')}
              label={t('page.reports.saveOf', { time: time(at) })}
              save={() => saveReport(bench, String(params['file']))}
            >
              {t('page.reports.save')}
            </SaveButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
