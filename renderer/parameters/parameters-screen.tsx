/** Every parameter a recipe or a list may set: what it is called, what it holds, and how sure that is. */
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { Icon } from '../look/icons.js';
import { Page } from '../look/page.js';
import { Trouble } from '../look/trouble.js';
import { found } from '../stores/parameters.js';
import { useParameters } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import { ParameterEntry } from './parameter-entry.js';
import classes from './parameters.module.css';

/** More than a person reads at once; the rest comes when asked for. */
const atOnce = 40;

export function ParametersScreen(): ReactNode {
  const { t, code } = useWords();
  const { all, error, query, area, load, search, choose } = useParameters((state) => state);
  const [shown, setShown] = useState(atOnce);
  useEffect(() => void load(), [load]);
  const areas = [...new Set(all?.map((each) => each.area))];
  const matching = found(all ?? [], query, area);
  const look = (next: () => void): void => {
    setShown(atOnce);
    next();
  };
  return (
    <Page title={t('parameters.title')} lead={t('parameters.text')}>
      {error === null ? null : <Trouble error={error} onRetry={() => void load()} />}
      {all === null ? (
        <p>{error === null ? t('common.loading') : ''}</p>
      ) : (
        <>
          <div className={classes['tools']} role="search">
            <TextInput
              type="search"
              className={classes['search']}
              label={t('parameters.search')}
              leftSection={<Icon name="search" size={17} />}
              value={query}
              onChange={({ currentTarget }) => look(() => search(currentTarget.value))}
            />
            <NativeSelect
              label={t('parameters.area')}
              value={area}
              data={[
                { value: '', label: t('parameters.area.all') },
                ...areas.map((each) => ({ value: each, label: code(`parameters.area.${each}`, {}) })),
              ]}
              onChange={({ currentTarget }) => look(() => choose(currentTarget.value))}
            />
          </div>
          <p role="status" className={classes['count']}>
            {t('parameters.found', { count: matching.length, of: all.length })}
          </p>
          <ul className={classes['list']}>
            {matching.slice(0, shown).map((each) => (
              <ParameterEntry key={each.tag} info={each} />
            ))}
          </ul>
          {matching.length > shown ? (
            <Button variant="default" onClick={() => setShown(shown + 5 * atOnce)}>
              {t('parameters.more', { count: matching.length - shown })}
            </Button>
          ) : null}
        </>
      )}
    </Page>
  );
}
