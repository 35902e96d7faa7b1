/** Whose network it is, and on which interface the bench stands: dangerous ones explained and refused unless named again. */
import { Button, Radio, TextInput } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Icon } from '../look/icons.js';
import { GroupMark, markOfCheck } from '../look/marks.js';
import { Trouble } from '../look/trouble.js';
import { type Check, type Interface, isDangerous } from '../stores/place.js';
import { usePlace } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import classes from './draft.module.css';
import { SiteSettings } from './site-settings.js';

const valueOf = ({ name, address }: Interface): string => `${name} ${address}`;

export function PlaceChoice(): ReactNode {
  const { t } = useWords();
  const { interfaces, unready, chosen, dhcp, error, load, choose } = usePlace((state) => state);
  useEffect(() => void load(), [load]);
  return (
    <>
      <NetworkChoice />
      {error === null ? null : <Trouble error={error} onRetry={() => void load()} />}
      {interfaces === null ? t('common.loading') : null}
      {interfaces?.length === 0 ? <p className={classes['lead']}>{t('draft.place.none')}</p> : null}
      <h3 className={classes['question']} id="which-interface">
        {t('draft.place.which')}
      </h3>
      <p className={classes['lead']}>{t(dhcp ? 'draft.place.text' : 'draft.place.text.site')}</p>
      <Radio.Group
        aria-labelledby="which-interface"
        value={chosen === null ? '' : valueOf(chosen)}
        onChange={(value) => {
          const next = interfaces?.find((each) => valueOf(each) === value);
          if (next !== undefined) choose(next);
        }}
      >
        <div className={classes['places']}>
          {interfaces?.map((each) => (
            <PlaceCard key={valueOf(each)} place={each} isChosen={chosen !== null && valueOf(chosen) === valueOf(each)} />
          ))}
        </div>
      </Radio.Group>
      <Unready ports={unready} />
      <div>
        <Button variant="default" leftSection={<Icon name="again" size={16} />} onClick={() => void load()}>
          {t('draft.place.again')}
        </Button>
      </div>
      {dhcp ? null : <SiteSettings place={chosen} />}
    </>
  );
}

/** Two ways to bench: on a network of its own, or on one that has an address server already. */
function NetworkChoice(): ReactNode {
  const { t } = useWords();
  const { dhcp, setDhcp } = usePlace((state) => state);
  const ways = [
    { value: 'own', icon: 'own' },
    { value: 'site', icon: 'site' },
  ] as const;
  const taken = dhcp ? 'own' : 'site';
  return (
    <Radio.Group aria-label={t('draft.network')} value={taken} onChange={(value) => setDhcp(value === 'own')}>
      <div className={classes['networks']}>
        {ways.map(({ value, icon }) => (
          <label key={value} className={classes['network']} data-chosen={taken === value} data-network={value}>
            <span className={classes['networkIcon']}>
              <Icon name={icon} size={30} />
            </span>
            <Radio size="md" value={value} label={<b>{t(`draft.network.${value}`)}</b>} description={t(`draft.network.${value}.text`)} />
          </label>
        ))}
      </div>
    </Radio.Group>
  );
}

/** Ports that are there and cannot be chosen, so that nobody looks for them in vain. */
function Unready({ ports }: { readonly ports: readonly Check[] }): ReactNode {
  const { t, sentence } = useWords();
  if (ports.length === 0) return null;
  return (
    <ul className={classes['unready']} aria-label={t('draft.place.unready')}>
      {ports.map(({ code, params }) => (
        <li key={String(params['interface'])} className={classes['against']}>
          <GroupMark group="hand" />
          {sentence(code, params)}
        </li>
      ))}
    </ul>
  );
}

function PlaceCard({ place, isChosen }: { readonly place: Interface; readonly isChosen: boolean }): ReactNode {
  const { t, sentence } = useWords();
  const { repeated, repeat, dhcp } = usePlace((state) => state);
  const danger = dhcp && isDangerous(place);
  const hasWarning = place.checks.some(({ state }) => state !== 'ok');
  return (
    <div className={classes['place']} data-chosen={isChosen} data-danger={danger} data-interface={place.name}>
      <div className={classes['placeHead']}>
        <Radio
          value={valueOf(place)}
          label={
            <>
              <b>{place.name}</b> <span className="fixed">{`${place.address}/${place.prefix}`}</span>
            </>
          }
        />
        {danger ? (
          <span className={`${classes['tag']} state-failed`}>
            <GroupMark group="failed" />
            {t('draft.place.danger')}
          </span>
        ) : place.proposed && dhcp ? (
          // Green beside something to mind would contradict itself.
          <span className={`${classes['tag']} ${hasWarning ? '' : 'state-ready'}`}>
            {hasWarning ? null : <GroupMark group="ready" />}
            {t('draft.place.proposed')}
          </span>
        ) : null}
      </div>
      {place.checks
        .filter(({ state }) => state !== 'ok' && dhcp)
        .map((check) => (
          <p key={check.id} className={classes['against']}>
            <GroupMark group={markOfCheck[check.state]} />
            {sentence(check.code, check.params)}
          </p>
        ))}
      {danger && isChosen ? (
        <TextInput
          label={t('draft.place.repeat', { name: place.name })}
          value={repeated}
          autoComplete="off"
          spellCheck={false}
          onChange={({ currentTarget }) => repeat(currentTarget.value)}
        />
      ) : null}
    </div>
  );
}
