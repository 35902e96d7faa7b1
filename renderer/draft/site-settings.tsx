/** On a network with an address server of its own: what to enter there, so that its phones find this bench. */
import { Tabs } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { Answer, Output } from '../../engine/contract/calls.js';
import { isOptionName } from '../i18n/option-names.js';
import { CopyButton } from '../look/copy-button.js';
import { LongText } from '../look/long-text.js';
import { GroupMark } from '../look/marks.js';
import { Trouble } from '../look/trouble.js';
import type { Interface } from '../stores/place.js';
import { useStores } from '../stores/use-stores.js';
import { harmless } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import classes from './site-settings.module.css';

type Settings = Output<'site.settings'>;

export function SiteSettings({ place }: { readonly place: Interface | null }): ReactNode {
  const { t } = useWords();
  const { bench } = useStores();
  const [answer, setAnswer] = useState<Answer<'site.settings'> | null>(null);
  const name = place?.name;
  const address = place?.address;
  useEffect(() => {
    setAnswer(null);
    if (name === undefined || address === undefined) return undefined;
    let isCurrent = true;
    void bench.call('site.settings', { interface: name, address }).then((got) => {
      if (isCurrent) setAnswer(got);
    });
    return () => {
      isCurrent = false;
    };
  }, [bench, name, address]);
  return (
    <section className={classes['site']} aria-label={t('site.title')}>
      <div className={classes['warning']}>
        <GroupMark group="hand" size={24} />
        <div>
          <strong>{t('site.warning')}</strong>
          <ul>
            <li>{t('site.warning.ask')}</li>
            <li>{t('site.warning.find')}</li>
            <li>{t('site.warning.undo')}</li>
          </ul>
        </div>
      </div>
      <h3 className={classes['title']}>{t('site.title')}</h3>
      {place === null ? (
        <p className={classes['lead']}>{t('draft.blocked.place')}</p>
      ) : answer === null ? (
        <p className={classes['lead']}>{t('common.loading')}</p>
      ) : answer.ok ? (
        <>
          <Entries entries={answer.value.entries} />
          <Snippets snippets={answer.value.snippets} />
        </>
      ) : (
        <Trouble error={answer.error} />
      )}
    </section>
  );
}

function Entries({ entries }: { readonly entries: Settings['entries'] }): ReactNode {
  const { t, sentence } = useWords();
  return (
    <div className={classes['frame']} role="region" aria-label={t('site.entries')} tabIndex={0}>
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">{t('site.option')}</th>
            <th scope="col">{t('site.value')}</th>
            <th scope="col">{t('site.models')}</th>
            <th scope="col">
              <span className="hidden-visually">{t('common.copy')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            const key = `dhcpOption.${entry.code}`;
            return (
              <tr key={`${entry.code} ${entry.models.join()} ${entry.value}`} data-option={entry.code}>
                <th scope="row">
                  <span className={classes['code']}>{entry.code}</span> {isOptionName(key) ? t(key) : harmless(entry.name)}
                  <small>{sentence(entry.why.code, entry.why.params)}</small>
                </th>
                <td className="fixed">
                  <LongText text={harmless(entry.value)} />
                </td>
                <td>{entry.models.length === 0 ? t('site.models.all') : entry.models.map(harmless).join(', ')}</td>
                <td className={classes['action']}>
                  <CopyButton text={entry.value} label={`${entry.code}`} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const servers: Readonly<Record<Settings['snippets'][number]['server'], string>> = {
  dnsmasq: 'dnsmasq',
  'isc-dhcpd': 'ISC dhcpd',
  kea: 'Kea',
  windows: 'Windows Server',
  'cisco-ios': 'Cisco IOS',
};

function Snippets({ snippets }: { readonly snippets: Settings['snippets'] }): ReactNode {
  const { t } = useWords();
  const [first] = snippets;
  if (first === undefined) return null;
  return (
    <>
      <h3 className={classes['title']}>{t('site.snippets')}</h3>
      <Tabs defaultValue={first.server} keepMounted={false}>
        <Tabs.List>
          {snippets.map(({ server }) => (
            <Tabs.Tab key={server} value={server}>
              {servers[server]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {snippets.map(({ server, text }) => (
          <Tabs.Panel key={server} value={server} className={classes['snippet'] ?? ''}>
            <pre tabIndex={0} role="group" aria-label={servers[server]}>
              {text}
            </pre>
            <CopyButton text={text} label={servers[server]} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
}
