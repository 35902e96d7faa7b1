/** While the interlocks are asked: what is looked at before the bench begins. */
import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { useBoard } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import classes from './starting.module.css';

export function Starting(): ReactNode {
  const { t } = useWords();
  const bench = useBoard((state) => state.bench);
  if (bench?.state !== 'starting') return null;
  const looks = bench.dhcp === 'off' ? (['ports', 'files'] as const) : (['interface', 'alone', 'ports'] as const);
  return (
    <section className={classes['starting']} role="status">
      <Loader size="md" />
      <div>
        <strong>{t('starting.title')}</strong>
        <ul>
          {looks.map((look) => (
            <li key={look}>{t(`starting.${look}`, { interface: bench.interface })}</li>
          ))}
        </ul>
        <span>{t('starting.text')}</span>
      </div>
    </section>
  );
}
