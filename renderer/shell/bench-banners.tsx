/** What nobody may miss, on whatever screen they are: the cable is out, or the bench no longer hands out addresses. */
import type { ReactNode } from 'react';
import type { BenchState } from '../../engine/contract/calls.js';
import { Icon } from '../look/icons.js';
import { LongText } from '../look/long-text.js';
import { GroupMark } from '../look/marks.js';
import { useBoard } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import classes from './bench-banners.module.css';

export function BenchBanners(): ReactNode {
  const bench = useBoard((state) => state.bench);
  return (
    <div role="alert">
      {bench?.link === 'gone' ? <LinkGone name={bench.interface} /> : null}
      {bench?.dhcp === 'stopped' ? <DhcpStopped notices={bench.notices} /> : null}
    </div>
  );
}

function LinkGone({ name }: { readonly name: string }): ReactNode {
  const { t } = useWords();
  return (
    <div className={classes['banner']} data-banner="link">
      <Icon name="unplugged" size={34} />
      <div>
        <strong>{t('banner.link', { interface: name })}</strong>
        <span>{t('banner.link.text')}</span>
      </div>
    </div>
  );
}

/** What stops an own DHCP server, and what is said of it. */
const stopping = /^dhcp\.(?:foreign|stopped)/;

function DhcpStopped({ notices }: { readonly notices: BenchState['notices'] }): ReactNode {
  const { t, sentence, time } = useWords();
  const why = notices.findLast(({ code }) => stopping.test(code));
  return (
    <div className={classes['banner']} data-banner="dhcp">
      <GroupMark group="failed" size={32} />
      <div>
        <strong>{t('banner.dhcp')}</strong>
        {why === undefined ? null : (
          <span>
            {time(why.at)} <LongText text={sentence(why.code, why.params)} most={300} />
          </span>
        )}
        <span>{t('banner.dhcp.text')}</span>
      </div>
    </div>
  );
}
