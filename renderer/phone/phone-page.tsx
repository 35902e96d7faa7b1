/** What is known of one phone: what to do, what is proven and by what, what it was sent, what was seen. */
import { Tabs } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import type { DeviceRow } from '../../engine/contract/calls.js';
import { groupOf } from '../board/groups.js';
import { HandOffOfPhone } from '../leaving/hand-off-values.js';
import { LongText } from '../look/long-text.js';
import { GroupMark } from '../look/marks.js';
import { useBoard } from '../stores/use-stores.js';
import { harmless } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import { EvidenceList } from './evidence-list.js';
import { Explained } from './explained.js';
import { Files } from './files.js';
import classes from './phone.module.css';
import { Said } from './said.js';
import { Timeline } from './timeline.js';
import { Reports } from './reports.js';
import type { DevicePage } from './use-device-page.js';

const panel = classes['panel'] ?? '';
const tabs = classes['tabs'] ?? '';

export type Entries = DevicePage['timeline'];

export function PhonePage(props: {
  readonly job: string;
  readonly device: DeviceRow;
  readonly timeline: Entries | null;
  /** The bench that runs is at work on its job: only then can it be asked what was said. */
  readonly isLive: boolean;
}): ReactNode {
  const { job, device, timeline, isLive } = props;
  const { t, sentence, time } = useWords();
  const group = groupOf(device);
  const place = useBoard((state) => (isLive ? (state.load?.queue.findIndex(({ mac }) => mac === device.mac) ?? -1) + 1 : 0));
  const facts = [
    device.slot === null ? null : t('page.slot', { slot: device.slot }),
    device.model === null ? null : harmless(device.model),
    device.extension === null ? null : t('page.extension', { extension: harmless(device.extension) }),
    device.address,
    device.row === null ? t('page.unlisted') : device.line === null ? null : t('page.line', { line: device.line }),
    place === 0 ? null : t('page.waits', { place }),
    device.lastSeen === null ? null : t('page.lastSeen', { time: time(device.lastSeen) }),
  ].filter((fact) => fact !== null);

  return (
    <>
      <div className={classes['now']} data-group={group}>
        <GroupMark group={group} size={30} />
        <div>
          <strong>{t(!isLive && group === 'working' ? 'board.group.unfinished' : `board.group.${group}`)}</strong>
          {group === 'ready' ? null : <span>{t(`state.${device.state}`)}</span>}
        </div>
        <span className={classes['verdict']}>{t(`verdict.${device.verdict}`)}</span>
      </div>
      <ul className={classes['facts']}>
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      {device.problem === null ? null : (
        <section className={classes['todo']} data-group={group} aria-label={t('page.todo')}>
          <h3>{t('page.todo')}</h3>
          <LongText text={sentence(device.problem.code, device.problem.params)} most={500} />
        </section>
      )}
      <Tabs defaultValue="proofs" keepMounted={false}>
        <Tabs.List className={tabs}>
          <Tabs.Tab value="proofs">{t('page.proofs')}</Tabs.Tab>
          {device.row === null ? null : <Tabs.Tab value="files">{t('preview.files')}</Tabs.Tab>}
          <Tabs.Tab value="said">{t('said.title')}</Tabs.Tab>
          <Tabs.Tab value="options">{t('explain.title')}</Tabs.Tab>
          <Tabs.Tab value="leaving" disabled={device.row === null}>
            {t('leaving.title')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="proofs" className={panel}>
          <EvidenceList device={device} timeline={timeline ?? []} />
          <Served timeline={timeline ?? []} />
          <Reports timeline={timeline ?? []} />
          <Timeline timeline={timeline} />
        </Tabs.Panel>
        <Tabs.Panel value="files" className={panel}>
          <Files job={job} mac={device.mac} />
        </Tabs.Panel>
        <Tabs.Panel value="said" className={panel}>
          {isLive ? <Said mac={device.mac} /> : <p className={classes['none']}>{t('said.stopped')}</p>}
        </Tabs.Panel>
        <Tabs.Panel value="options" className={panel}>
          {isLive ? <Explained mac={device.mac} /> : <p className={classes['none']}>{t('said.stopped')}</p>}
        </Tabs.Panel>
        <Tabs.Panel value="leaving" className={panel}>
          <HandOffOfPhone job={job} mac={device.mac} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** The files it got in full, the same file once. */
function Served({ timeline }: { readonly timeline: Entries }): ReactNode {
  const { t, code, time } = useWords();
  const files = useMemo(() => {
    const newest = new Map<string, Entries[number]>();
    for (const entry of timeline) if (entry.code === 'fact.fileDelivered') newest.set(String(entry.params['path']), entry);
    return [...newest.values()];
  }, [timeline]);
  return (
    <section aria-label={t('page.served')}>
      <h3 className={classes['subtitle']}>{t('page.served')}</h3>
      {files.length === 0 ? (
        <p className={classes['none']}>{t('page.served.none')}</p>
      ) : (
        <ul className={classes['served']}>
          {files.map((file) => (
            <li key={file.seq}>
              <span className={classes['at']}>{time(file.at)}</span>
              <span>
                <LongText text={code(file.code, file.params)} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
