/** Who has which address: found by any part of an address, a MAC or a name (as RFC 4388 asks a server). */
import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { Icon } from '../look/icons.js';
import { Page } from '../look/page.js';
import { Trouble } from '../look/trouble.js';
import { usePolled } from '../stores/use-polled.js';
import { useBoard, useRoute } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import { LeaseTable } from './lease-table.js';
import classes from './looking.module.css';
import { PoolBar } from './pool-bar.js';

const most = 500; // as the contract gives them

export function AddressesScreen(): ReactNode {
  const { t } = useWords();
  const go = useRoute((state) => state.go);
  const isRunning = useBoard((state) => state.bench !== null);
  return (
    <Page
      title={t('addresses.title')}
      lead={t('addresses.text')}
      actions={
        <Button variant="default" onClick={() => go({ screen: 'board' })}>
          {t('common.toBoard')}
        </Button>
      }
    >
      {isRunning ? <Leases /> : <p className={classes['none']}>{t('looking.stopped')}</p>}
    </Page>
  );
}

function Leases(): ReactNode {
  const { t } = useWords();
  const [query, setQuery] = useState('');
  const dhcp = useBoard((state) => state.bench?.dhcp ?? 'off');
  const { value, error } = usePolled('dhcp.lookup', { query: useDeferredValue(query).slice(0, 300) });
  if (dhcp === 'off')
    return (
      <div className={classes['empty']}>
        <strong>{t('addresses.off')}</strong>
        <p>{t('addresses.off.text')}</p>
      </div>
    );
  return (
    <>
      <div className={classes['tools']}>
        <TextInput
          className={classes['search'] ?? ''}
          type="search"
          size="md"
          leftSection={<Icon name="search" size={18} />}
          placeholder={t('addresses.search')}
          aria-label={t('addresses.search')}
          spellCheck={false}
          value={query}
          onChange={({ currentTarget }) => setQuery(currentTarget.value)}
        />
        <span className={classes['count']} role="status">
          {value === null
            ? ''
            : value.leases.length >= most
              ? t('addresses.most', { count: most })
              : t('addresses.count', { count: value.leases.length })}
        </span>
      </div>
      {error === null ? null : <Trouble error={error} />}
      {value?.pool === undefined || value.pool === null ? null : <PoolBar pool={value.pool} />}
      {value === null ? (
        error === null ? (
          <p className={classes['none']}>{t('common.loading')}</p>
        ) : null
      ) : value.leases.length === 0 ? (
        <p className={classes['none']}>{t(query === '' ? 'addresses.none' : 'addresses.nothing')}</p>
      ) : (
        <LeaseTable leases={value.leases} />
      )}
    </>
  );
}
