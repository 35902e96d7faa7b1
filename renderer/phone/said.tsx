/** What a phone and the bench said to each other, as a conversation; each line opens to its parts. */
import { Button } from '@mantine/core';
import { memo, type ReactNode, useState } from 'react';
import type { Output } from '../../engine/contract/calls.js';
import { saveCapture } from '../api/save-result.js';
import { Icon } from '../look/icons.js';
import { LongText } from '../look/long-text.js';
import { ProtocolMark } from '../look/protocol-mark.js';
import { SaveButton } from '../look/save-button.js';
import { Trouble } from '../look/trouble.js';
import { usePolled } from '../stores/use-polled.js';
import { useRoute, useStores } from '../stores/use-stores.js';
import { isOptionName } from '../i18n/option-names.js';
import { harmless } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import classes from './said.module.css';

type Message = Output<'phone.messages'>['messages'][number];

export function Said({ mac }: { readonly mac: string }): ReactNode {
  const { t } = useWords();
  const { bench } = useStores();
  const go = useRoute((state) => state.go);
  const { value, error } = usePolled('phone.messages', { mac });
  if (error !== null) return <Trouble error={error} />;
  if (value === null) return <p className={classes['none']}>{t('common.loading')}</p>;
  const { messages, forgotten } = value;
  return (
    <section className={classes['said']} aria-label={t('said.title')}>
      <p className={classes['lead']}>{t('said.text')}</p>
      <div className={classes['tools']}>
        <SaveButton compact done={t('said.saved')} save={() => saveCapture(bench, mac)}>
          {t('said.capture')}
        </SaveButton>
        <Button variant="default" size="xs" leftSection={<Icon name="lines" size={15} />} onClick={() => go({ screen: 'syslog', mac })}>
          {t('said.lines')}
        </Button>
        <span className={classes['count']}>{t('said.count', { count: messages.length })}</span>
      </div>
      {forgotten > 0 ? <p className={classes['forgotten']}>{t('said.forgotten', { count: forgotten })}</p> : null}
      {messages.length === 0 ? (
        <p className={classes['none']}>{t('said.none')}</p>
      ) : (
        <ol className={classes['messages']}>
          {messages.map((message) => (
            <One key={message.seq} message={message} />
          ))}
        </ol>
      )}
    </section>
  );
}

/** A message never changes, so it is drawn once. */
const One = memo(
  function One({ message }: { readonly message: Message }): ReactNode {
    const { t, time, code } = useWords();
    const [open, setOpen] = useState(false);
    const { protocol, direction, at, from, to, summary, fields } = message;
    return (
      <li className={classes['message']} data-direction={direction} data-protocol={protocol}>
        <div className={classes['head']}>
          <ProtocolMark protocol={protocol} />
          <span className={classes['who']}>{t(`said.${direction}`)}</span>
          <time className={classes['at']} dateTime={at}>
            {time(at)}
          </time>
        </div>
        <div className={classes['summary']}>
          <LongText text={code(summary.code, summary.params)} most={200} />
        </div>
        <button type="button" className={classes['open']} aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? 'less' : 'closer'} size={14} />
          {t(open ? 'said.less' : 'said.parts', { count: fields.length })}
          <span className="hidden-visually">{time(at)}</span>
        </button>
        {open ? (
          <dl className={classes['fields']}>
            <Field name={t('said.from')} value={from} />
            <Field name={t('said.to')} value={to} />
            {fields.map(({ name, value }, index) => (
              <Field key={`${index} ${name}`} name={name} value={value} />
            ))}
          </dl>
        ) : null}
      </li>
    );
  },
  (before, after) => before.message.seq === after.message.seq && before.message.at === after.message.at,
);

function Field({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  const { t } = useWords();
  const code = /^option (?<code>\d+)$/.exec(name)?.groups?.['code'];
  const option = `dhcpOption.${code}`;
  return (
    <div>
      <dt>{isOptionName(option) ? `${code} ${t(option)}` : harmless(name)}</dt>
      <dd className="fixed">{value === '' ? '–' : <LongText text={harmless(value)} most={300} />}</dd>
    </div>
  );
}
