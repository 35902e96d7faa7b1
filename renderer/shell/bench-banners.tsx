/** What nobody may miss, on whatever screen they are: the cable is out, or the bench no longer hands out addresses. */
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { BenchState, CallError } from '../../engine/contract/calls.js';
import { tellsOfLink, tellsOfStop } from '../board/notices.js';
import { Icon } from '../look/icons.js';
import { LongText } from '../look/long-text.js';
import { GroupMark } from '../look/marks.js';
import { useBoard, useStores } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import classes from './bench-banners.module.css';

export function BenchBanners(): ReactNode {
  const bench = useBoard((state) => state.bench);
  return (
    <div role="alert">
      {bench?.link === 'gone' ? <LinkGone name={bench.interface} notices={bench.notices} /> : null}
      {bench?.dhcp === 'stopped' ? <DhcpStopped notices={bench.notices} /> : null}
    </div>
  );
}

type Notices = BenchState['notices'];

function LinkGone({ name, notices }: { readonly name: string; readonly notices: Notices }): ReactNode {
  const { t, sentence } = useWords();
  const why = notices.findLast(tellsOfLink);
  return (
    <div className={classes['banner']} data-banner="link">
      <Icon name="unplugged" size={34} />
      <div>
        <strong>{t('banner.link', { interface: name })}</strong>
        <span>{why === undefined ? t('banner.link.plug') : sentence(why.code, why.params)}</span>
        <span>{t('banner.link.text')}</span>
      </div>
    </div>
  );
}

function DhcpStopped({ notices }: { readonly notices: Notices }): ReactNode {
  const { t, sentence, time } = useWords();
  const { bench } = useStores();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  const why = notices.findLast(tellsOfStop);

  async function again(): Promise<void> {
    setBusy(true);
    setError(null);
    const answer = await bench.call('dhcp.restart', {});
    setBusy(false);
    if (!answer.ok) setError(answer.error);
  }

  return (
    <div className={classes['banner']} data-banner="dhcp">
      <GroupMark group="failed" size={32} />
      <div>
        <strong>{t('banner.dhcp')}</strong>
        {error !== null ? (
          <span>
            <LongText text={sentence(error.code, error.params)} most={300} />
          </span>
        ) : why === undefined ? null : (
          <span>
            {time(why.at)} <LongText text={sentence(why.code, why.params)} most={300} />
          </span>
        )}
        <span>{t(busy ? 'banner.dhcp.busy' : 'banner.dhcp.text')}</span>
      </div>
      <Button className={classes['action'] ?? ''} variant="default" loading={busy} onClick={() => void again()}>
        {t('banner.dhcp.again')}
      </Button>
    </div>
  );
}
