/** What a row's phone will ask for by itself: on the bench, and once it stands with the customer. */
import { type ReactNode, useEffect, useState } from 'react';
import type { Answer, Output } from '../../engine/contract/calls.js';
import { useStores } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import classes from './asks.module.css';

type Ask = Output<'draft.asks'>[number];
type AskCase = Ask['cases'][number];

export function Asks({ draft, row }: { readonly draft: string; readonly row: number }): ReactNode {
  const { bench } = useStores();
  const [answer, setAnswer] = useState<Answer<'draft.asks'> | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void bench.call('draft.asks', { draft, row }).then((got) => {
      if (isCurrent) setAnswer(got);
    });
    return () => {
      isCurrent = false;
    };
  }, [bench, draft, row]);
  return answer?.ok === true ? <AskList asks={answer.value} /> : null;
}

/** The same for asks that are known already. */
export function AskList({ asks }: { readonly asks: readonly Ask[] }): ReactNode {
  const { t } = useWords();
  return (
    <section className={classes['asks']} aria-label={t('draft.asks')}>
      <h3 className={classes['title']}>{t('draft.asks')}</h3>
      {(['bench', 'production'] as const).map((stage) => (
        <div key={stage}>
          <h4 className={classes['stage']}>{t(`draft.asks.${stage}`)}</h4>
          <dl className={classes['list']}>
            {asks
              .filter((ask) => ask.stage === stage)
              .map((ask) => (
                <OneAsk key={ask.tag} ask={ask} />
              ))}
          </dl>
        </div>
      ))}
    </section>
  );
}

function OneAsk({ ask }: { readonly ask: Ask }): ReactNode {
  const { t } = useWords();
  return (
    <>
      <dt className="fixed">{ask.tag}</dt>
      <dd>
        {ask.cases.length === 0 ? t('draft.asks.nothing') : null}
        {ask.cases.map((each, index) => (
          <OneCase key={index} each={each} isFirst={index === 0} />
        ))}
        {ask.on.length === 0 ? null : (
          <p className={classes['on']}>{t('draft.asks.on', { macros: ask.on.map((macro) => `$${macro}`).join(', ') })}</p>
        )}
      </dd>
    </>
  );
}

function OneCase({ each, isFirst }: { readonly each: AskCase; readonly isFirst: boolean }): ReactNode {
  const { t } = useWords();
  const { condition, url, sets, options } = each;
  const when = condition === null ? (isFirst ? '' : t('draft.asks.else')) : t('draft.asks.if', { condition });
  const how = [
    ...(options.includes('key') ? [t('draft.asks.key')] : []),
    ...(options.includes('uid') || options.includes('pwd') ? [t('draft.asks.account')] : []),
  ];
  return (
    <p className={classes['case']}>
      {when === '' ? null : <span>{when} </span>}
      {sets.length === 0 ? null : <span>{t('draft.asks.sets', { tags: sets.join(', ') })} </span>}
      {url === null ? null : <span className="fixed">{url}</span>}
      {how.length === 0 ? null : <span> ({how.join(', ')})</span>}
    </p>
  );
}
