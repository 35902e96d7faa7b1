/** The way between screens. */
import type { ReactNode } from 'react';
import { Icon, Logo } from '../look/icons.js';
import type { Screen } from '../stores/route.js';
import { useBoard, useRoute } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import classes from './shell.module.css';

const places = ['start', 'draft', 'board', 'history', 'parameters', 'doctor', 'settings', 'about'] as const;

/** Screens that belong to another one of the rail. */
const belongsTo: Partial<Record<Screen, Screen>> = { job: 'history', resume: 'history', addresses: 'board', syslog: 'board' };

export function Rail(): ReactNode {
  const { t } = useWords();
  const { route, go } = useRoute((state) => state);
  const isRunning = useBoard((state) => state.bench !== null);
  const here = belongsTo[route.screen] ?? route.screen;
  return (
    <nav className={classes['rail']} aria-label={t('nav.label')}>
      <span className={classes['logo']}>
        <Logo />
      </span>
      {places.map((screen) => (
        <button
          key={screen}
          type="button"
          className={classes['place']}
          data-screen={screen}
          aria-current={here === screen ? 'page' : undefined}
          onClick={() => go({ screen })}
        >
          <span className={classes['icon']}>
            <Icon name={screen} size={22} />
            {screen === 'board' && isRunning ? <i className={classes['live']} aria-hidden="true" /> : null}
          </span>
          <span className={classes['label']}>{t(`nav.${screen}`)}</span>
        </button>
      ))}
    </nav>
  );
}
