/** A list whose phones are in an open job: a new job, or the next revision of that one, with what it would change. */
import { Checkbox, Loader, Radio, Stack } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { CallError, Output } from '../../engine/contract/calls.js';
import { Trouble } from '../look/trouble.js';
import type { Reading } from '../stores/draft.js';
import { useDraft, useStores } from '../stores/use-stores.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { spellMac } from '../words/spelled.js';
import { useWords } from '../words/use-words.js';
import classes from './second-list.module.css';

type Changes = Output<'draft.changes'>;
type Change = Changes['changes'][number];

/** Changes shown; the rest is counted. */
const changesShown = 200;
const parametersShown = 6;

export function SecondList({ reading }: { readonly reading: Reading }): ReactNode {
  const { t, day } = useWords();
  const { revise, takeRevise } = useDraft((state) => state);
  if (reading.openJobs.length === 0) return null;
  return (
    <section className={classes['second']} aria-label={t('draft.second')}>
      <Radio.Group
        label={t('draft.second')}
        value={revise?.job ?? ''}
        onChange={(job) => takeRevise(job === '' ? null : { job, again: [] })}
      >
        <Stack gap="sm" mt="sm">
          {reading.openJobs.map(({ job, name, created, shared, likely }) => (
            <Radio
              key={job}
              value={job}
              label={t('draft.second.revise', { name: harmless(shortened(name, 60)), day: day(created) })}
              description={t(likely ? 'draft.second.likely' : 'draft.second.shared', { phones: shared })}
            />
          ))}
          <Radio value="" label={t('draft.second.new')} />
        </Stack>
      </Radio.Group>
      {revise === null ? null : <ChangesOf key={`${reading.draft} ${revise.job}`} reading={reading} job={revise.job} />}
    </section>
  );
}

function ChangesOf({ reading, job }: { readonly reading: Reading; readonly job: string }): ReactNode {
  const { t } = useWords();
  const { bench } = useStores();
  const skipBad = useDraft((state) => state.skipBad);
  const [changes, setChanges] = useState<Changes | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void bench.call('draft.changes', { draft: reading.draft, job, skipBad }).then((answer) => {
      if (!isCurrent) return;
      setChanges(answer.ok ? answer.value : null);
      setError(answer.ok ? null : answer.error);
    });
    return () => {
      isCurrent = false;
    };
  }, [bench, reading.draft, job, skipBad]);
  if (error !== null) return <Trouble error={error} />;
  if (changes === null) return <Loader size="sm" />;
  const of = (kind: Change['kind']): number => changes.changes.filter((change) => change.kind === kind).length;
  return (
    <>
      <p className={classes['sum']} role="status">
        {t('draft.second.sum', { added: of('added'), changed: of('changed'), removed: of('removed'), same: changes.same })}
      </p>
      <ul className={classes['changes']} aria-label={t('draft.second.changes')}>
        {changes.changes.slice(0, changesShown).map((change) => (
          <ChangeLine key={`${change.kind} ${change.row} ${change.line}`} change={change} />
        ))}
      </ul>
      {changes.changes.length > changesShown ? <p>{t('draft.second.more', { rows: changes.changes.length - changesShown })}</p> : null}
    </>
  );
}

function ChangeLine({ change }: { readonly change: Change }): ReactNode {
  const { t } = useWords();
  const { kind, mac, model, name, extension, standing, parameters } = change;
  const label = [name, extension, model].flatMap((part) => (part === null ? [] : [harmless(shortened(part, 40))])).join(' · ');
  return (
    <li data-kind={kind}>
      <b className={classes['kind']}>{t(`draft.change.${kind}`)}</b>
      <span className={classes['what']}>
        <span>
          <bdi>{label}</bdi> <span className="fixed">{mac === null ? t('draft.noMac') : spellMac(mac)}</span>
        </span>
        {kind === 'removed' ? <small>{t(standing === 'handedOff' ? 'draft.removed.handedOff' : 'draft.removed.gone')}</small> : null}
        {kind === 'changed' && standing === 'underWay' ? <small>{t('draft.changed.underWay')}</small> : null}
        {parameters.slice(0, parametersShown).map(({ tag, before, after }) => (
          <small key={tag} className="fixed">
            {harmless(tag)}: {shown(before)} → {shown(after)}
          </small>
        ))}
        {parameters.length > parametersShown ? (
          <small>{t('draft.changed.more', { entries: parameters.length - parametersShown })}</small>
        ) : null}
        {kind === 'changed' && standing === 'handedOff' && mac !== null ? <Again mac={mac} /> : null}
      </span>
    </li>
  );
}

function shown(value: string | null): string {
  return value === null ? '–' : harmless(shortened(value, 60));
}

/** A phone that was handed off keeps its verdict, unless the person wants it back on the bench. */
function Again({ mac }: { readonly mac: string }): ReactNode {
  const { t } = useWords();
  const { revise, takeRevise } = useDraft((state) => state);
  if (revise === null) return null;
  const others = revise.again.filter((each) => each !== mac);
  return (
    <Checkbox
      size="xs"
      checked={revise.again.includes(mac)}
      label={t('draft.changed.again')}
      onChange={({ currentTarget }) => takeRevise({ job: revise.job, again: currentTarget.checked ? [...others, mac] : others })}
    />
  );
}
