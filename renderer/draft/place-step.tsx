/** On which interface the bench stands: the likely one first, dangerous ones explained and refused unless named again. */
import { Button, Checkbox, Radio, TextInput } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Icon } from '../look/icons.js';
import { GroupMark, markOfCheck } from '../look/marks.js';
import { Trouble } from '../look/trouble.js';
import { type Interface, isDangerous } from '../stores/place.js';
import { usePlace } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import classes from './draft.module.css';

const valueOf = ({ name, address }: Interface): string => `${name} ${address}`;

export function PlaceChoice(): ReactNode {
  const { t } = useWords();
  const { interfaces, chosen, dhcp, error, load, choose, setDhcp } = usePlace((state) => state);
  useEffect(() => void load(), [load]);
  return (
    <>
      {error === null ? null : <Trouble error={error} onRetry={() => void load()} />}
      {interfaces === null ? t('common.loading') : null}
      {interfaces?.length === 0 ? <p className={classes['lead']}>{t('draft.place.none')}</p> : null}
      <Radio.Group
        aria-label={t('draft.place')}
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
      <Checkbox
        checked={dhcp}
        label={t('draft.place.dhcp')}
        description={t('draft.place.dhcp.text')}
        onChange={({ currentTarget }) => setDhcp(currentTarget.checked)}
      />
      <div>
        <Button variant="default" leftSection={<Icon name="again" size={16} />} onClick={() => void load()}>
          {t('draft.place.again')}
        </Button>
      </div>
    </>
  );
}

function PlaceCard({ place, isChosen }: { readonly place: Interface; readonly isChosen: boolean }): ReactNode {
  const { t, sentence } = useWords();
  const { repeated, repeat, dhcp } = usePlace((state) => state);
  const danger = dhcp && isDangerous(place);
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
        ) : place.proposed ? (
          <span className={`${classes['tag']} state-ready`}>
            <GroupMark group="ready" />
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
