/** Raw syslog lines as they came, of one phone or of all; what could not be understood is marked and kept. */
import { Button, TextInput } from '@mantine/core';
import { memo, type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import type { Output } from '../../engine/contract/calls.js';
import { Icon } from '../look/icons.js';
import { LongText } from '../look/long-text.js';
import { GroupMark } from '../look/marks.js';
import { Page } from '../look/page.js';
import { Trouble } from '../look/trouble.js';
import { usePolled } from '../stores/use-polled.js';
import { useBoard, useRoute } from '../stores/use-stores.js';
import { harmless } from '../words/foreign-text.js';
import { spellMac } from '../words/spelled.js';
import { useWords } from '../words/use-words.js';
import classes from './looking.module.css';

type Line = Output<'syslog.lines'>['lines'][number];

const most = 500;

export function SyslogScreen({ mac }: { readonly mac: string | null }): ReactNode {
  const { t } = useWords();
  const go = useRoute((state) => state.go);
  const isRunning = useBoard((state) => state.bench !== null);
  return (
    <Page
      title={t('syslog.title')}
      lead={t('syslog.text')}
      actions={
        <Button variant="default" onClick={() => go({ screen: 'board' })}>
          {t('common.toBoard')}
        </Button>
      }
    >
      {isRunning ? <Lines mac={mac} /> : <p className={classes['none']}>{t('looking.stopped')}</p>}
    </Page>
  );
}

function Lines({ mac }: { readonly mac: string | null }): ReactNode {
  const { t, bytes } = useWords();
  const go = useRoute((state) => state.go);
  const [filter, setFilter] = useState('');
  const sought = useDeferredValue(filter).trim().toLowerCase();
  const { value, error } = usePolled('syslog.lines', { mac, limit: most });
  const keyed = useMemo(() => keyedLines(value?.lines ?? []), [value]);
  const shown = useMemo(() => keyed.filter(({ line }) => isSought(line, sought)), [keyed, sought]);
  const buffer = value?.buffer ?? null;
  return (
    <>
      <div className={classes['tools']}>
        <TextInput
          className={classes['search'] ?? ''}
          type="search"
          leftSection={<Icon name="search" size={17} />}
          placeholder={t('syslog.filter')}
          aria-label={t('syslog.filter')}
          spellCheck={false}
          value={filter}
          onChange={({ currentTarget }) => setFilter(currentTarget.value)}
        />
        {mac === null ? null : (
          <>
            <span className={classes['only']}>
              {t('syslog.only')} <span className="fixed">{spellMac(mac)}</span>
            </span>
            <Button variant="default" onClick={() => go({ screen: 'syslog', mac: null })}>
              {t('syslog.all')}
            </Button>
          </>
        )}
        <span className={classes['count']} role="status">
          {keyed.length >= most ? t('syslog.most', { shown: shown.length, count: most }) : t('syslog.count', { count: shown.length })}
        </span>
      </div>
      {buffer !== null && buffer.granted < buffer.asked ? (
        <div className={classes['capped']}>
          <GroupMark group="hand" size={20} />
          <div>
            <strong>{t('syslog.capped', { granted: bytes(buffer.granted), asked: bytes(buffer.asked) })}</strong>
            <span>{t('syslog.capped.text')}</span>
            <code className="fixed">sudo sysctl -w net.core.rmem_max={buffer.asked}</code>
          </div>
        </div>
      ) : null}
      {error === null ? null : <Trouble error={error} />}
      {value !== null && shown.length === 0 ? (
        <p className={classes['none']}>{t(sought === '' ? 'syslog.none' : 'syslog.nothing')}</p>
      ) : null}
      {shown.length === 0 ? null : (
        <div className={classes['lines']} role="group" aria-label={t('syslog.title')} tabIndex={0}>
          <ol>
            {shown.map(({ key, line }) => (
              <One key={key} line={line} />
            ))}
          </ol>
        </div>
      )}
    </>
  );
}

/** A line never changes. */
const One = memo(
  function One({ line }: { readonly line: Line }): ReactNode {
    const { t, time } = useWords();
    return (
      <li data-parsed={line.parsed}>
        <span className={classes['head']}>
          <time dateTime={line.at}>{time(line.at)}</time>
          <span className="fixed">{line.mac === null ? harmless(line.from) : spellMac(line.mac)}</span>
          {line.transport === 'tcp' ? <span>TCP</span> : null}
          {line.parsed ? null : (
            <span className={classes['odd']}>
              <GroupMark group="hand" size={14} />
              {t('syslog.odd')}
            </span>
          )}
        </span>
        <span className={`fixed ${classes['raw']}`}>
          <LongText text={harmless(line.text)} most={400} />
        </span>
      </li>
    );
  },
  (before, after) => before.line.at === after.line.at && before.line.text === after.line.text,
);

/** Lines carry no number: two that are alike are told apart by which of them came first. */
function keyedLines(lines: readonly Line[]): readonly { readonly key: string; readonly line: Line }[] {
  const seen = new Map<string, number>();
  return lines.map((line) => {
    const same = `${line.at} ${line.from} ${line.text.slice(0, 200)}`;
    const count = (seen.get(same) ?? 0) + 1;
    seen.set(same, count);
    return { key: `${same} ${count}`, line };
  });
}

function isSought({ text, from, mac }: Line, sought: string): boolean {
  if (sought === '') return true;
  const bare = sought.replaceAll(/[:.-]/g, '');
  return (
    text.toLowerCase().includes(sought) || from.includes(sought) || (mac !== null && /^[0-9a-f]{3,}$/.test(bare) && mac.includes(bare))
  );
}
