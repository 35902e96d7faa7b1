/** A phone's page, beside the board it stands on. */
import { Drawer } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { VirtualBadge } from '../board/board-header.js';
import { Trouble } from '../look/trouble.js';
import { useBoard, useJobs, useRoute } from '../stores/use-stores.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { spellMac } from '../words/spelled.js';
import { useWords } from '../words/use-words.js';
import classes from './phone.module.css';
import { PhonePage } from './phone-page.js';
import { useDevicePage } from './use-device-page.js';

export function PhoneDrawer(): ReactNode {
  const { t } = useWords();
  const { phone, closePhone } = useRoute((state) => state);
  // What is shown stays while the drawer slides away.
  const [last, setLast] = useState(phone);
  if (phone !== null && phone !== last) setLast(phone);
  return (
    <Drawer.Root opened={phone !== null} onClose={closePhone} position="right" size={620}>
      <Drawer.Overlay backgroundOpacity={0.35} />
      <Drawer.Content aria-label={t('page.title')}>
        {last === null ? null : <Opened key={last.mac} job={last.job} mac={last.mac} />}
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Opened({ job, mac }: { readonly job: string; readonly mac: string }): ReactNode {
  const { t } = useWords();
  const { page, device, error } = useDevicePage(job, mac);
  const isRunning = useBoard((state) => state.bench?.job.id === job);
  const isLive = useBoard((state) => state.job?.id === job && state.job.virtual);
  const isLooked = useJobs((state) => state.looked?.job.id === job && state.looked.job.virtual);
  return (
    <>
      <Drawer.Header className={classes['header'] ?? ''}>
        <div className={classes['heading']}>
          <Drawer.Title className={classes['title'] ?? ''}>
            <bdi>{typeof device?.name === 'string' ? harmless(shortened(device.name, 160)) : t('page.unnamed')}</bdi>
            {isLive || isLooked ? <VirtualBadge /> : null}
          </Drawer.Title>
          <span className="fixed">{spellMac(mac)}</span>
        </div>
        <Drawer.CloseButton aria-label={t('common.close')} />
      </Drawer.Header>
      <Drawer.Body className={classes['body'] ?? ''}>
        {error === null ? null : <Trouble error={error} />}
        {device === null ? (
          error === null ? (
            t('common.loading')
          ) : null
        ) : (
          <PhonePage job={job} device={device} timeline={page?.timeline ?? null} isLive={isRunning} />
        )}
      </Drawer.Body>
    </>
  );
}
