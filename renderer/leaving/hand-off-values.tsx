/** What is in a phone for the bench alone, and what stands in its place when it leaves; of a phone of a job also what is left. */
import { type ReactNode, useEffect, useState } from 'react';
import type { Answer, Output } from '../../engine/contract/calls.js';
import { GroupMark } from '../look/marks.js';
import { Trouble } from '../look/trouble.js';
import { usePolled } from '../stores/use-polled.js';
import { useStores } from '../stores/use-stores.js';
import { harmless } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import classes from './leaving.module.css';
import { RotateButton } from './rotate-button.js';

type Value = Output<'draft.handOff'>[number];
type Keys = NonNullable<Output<'device.handOff'>['keys']>;

/** Of a row that is not started yet. */
export function HandOffOfRow({ draft, row }: { readonly draft: string; readonly row: number }): ReactNode {
  const { t } = useWords();
  const { bench } = useStores();
  const [answer, setAnswer] = useState<Answer<'draft.handOff'> | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void bench.call('draft.handOff', { draft, row }).then((got) => {
      if (isCurrent) setAnswer(got);
    });
    return () => {
      isCurrent = false;
    };
  }, [bench, draft, row]);
  if (answer === null) return null;
  return (
    <section aria-label={t('leaving.title')}>
      <h3>{t('leaving.title')}</h3>
      <p className={classes['lead']}>{t('leaving.lead')}</p>
      {answer.ok ? <Values values={answer.value} /> : <Trouble error={answer.error} />}
    </section>
  );
}

/** Of a phone of a job: is it sealed, and if not, what is left. */
export function HandOffOfPhone({ job, mac }: { readonly job: string; readonly mac: string }): ReactNode {
  const { t } = useWords();
  const { value, error } = usePolled('device.handOff', { job, mac });
  if (error !== null) return <Trouble error={error} />;
  if (value === null) return <p className={classes['lead']}>{t('common.loading')}</p>;
  return (
    <section aria-label={t('leaving.title')}>
      <p className={classes['sealed']}>
        <GroupMark group={value.sealed ? 'ready' : 'working'} size={20} />
        {t(value.sealed ? 'leaving.sealed' : 'leaving.notSealed')}
      </p>
      <p className={classes['lead']}>{t('leaving.lead')}</p>
      <Values values={value.values} withState />
      {value.keys === null ? null : <KeysOfPhone job={job} mac={mac} keys={value.keys} />}
    </section>
  );
}

/** Which key it has, and another one if it is to have one. */
function KeysOfPhone({ job, mac, keys }: { readonly job: string; readonly mac: string; readonly keys: Keys }): ReactNode {
  const { t, sentence } = useWords();
  const { turn, proven, refused } = keys;
  return (
    <section className={classes['keys']} aria-label={t('keys.new.title')}>
      <h3>{t('keys.new.title')}</h3>
      <p className={classes['sealed']}>
        <GroupMark group={proven ? 'ready' : 'working'} size={20} />
        {t(proven ? 'keys.new.proven' : turn === 0 ? 'keys.new.coming' : 'keys.new.onItsWay')}
      </p>
      {turn === 0 ? null : <p className={classes['lead']}>{t('keys.new.turn', { count: turn })}</p>}
      {refused === null ? (
        <RotateButton job={job} mac={mac} />
      ) : (
        <p className={classes['lead']}>{sentence(refused.code, refused.params)}</p>
      )}
    </section>
  );
}

function Values({ values, withState = false }: { readonly values: readonly Value[]; readonly withState?: boolean }): ReactNode {
  const { t } = useWords();
  return (
    <div className={classes['frame']} role="region" aria-label={t('leaving.title')} tabIndex={0}>
      <table className={classes['values']}>
        <thead>
          <tr>
            <th scope="col">{t('leaving.parameter')}</th>
            <th scope="col">{t('leaving.onBench')}</th>
            <th scope="col">{t('leaving.after')}</th>
          </tr>
        </thead>
        <tbody>
          {values.map(({ tag, onBench, after, by, place, state }) => (
            <tr key={tag}>
              <th scope="row">
                <span className="fixed">{tag}</span>
                {withState ? <span className={classes['minor']}>{t(`leaving.state.${state}`)}</span> : null}
              </th>
              <td>{harmless(onBench)}</td>
              <td>
                {after === '' ? t('leaving.empty') : harmless(after)}
                <span className={classes['minor']}>
                  {place === null ? t(`leaving.by.${by}`) : `${t(`leaving.by.${by}`)}: ${harmless(place)}`}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
