/** What DHCP gives a phone, byte for byte, and why each part of it. */
import type { ReactNode } from 'react';
import type { Output } from '../../engine/contract/calls.js';
import { isOptionName } from '../i18n/option-names.js';
import { LongText } from '../look/long-text.js';
import { GroupMark } from '../look/marks.js';
import { Trouble } from '../look/trouble.js';
import { usePolled } from '../stores/use-polled.js';
import { harmless } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import classes from './explained.module.css';

type Given = Output<'dhcp.explain'>['options'][number];

export function Explained({ mac }: { readonly mac: string }): ReactNode {
  const { t, sentence } = useWords();
  const { value, error } = usePolled('dhcp.explain', { mac });
  if (error !== null) return <Trouble error={error} />;
  if (value === null) return <p className={classes['none']}>{t('common.loading')}</p>;
  const { serve, address, options } = value;
  const isServed = serve.code === 'serve.yes';
  return (
    <section className={classes['explained']} aria-label={t('explain.title')}>
      <div className={classes['serve']}>
        <GroupMark group={isServed ? 'ready' : 'unlisted'} size={22} />
        <div>
          <strong>{sentence(serve.code, serve.params)}</strong>
          {address === null ? null : (
            <span>
              {t('explain.address')} <span className="fixed">{address}</span>
            </span>
          )}
        </div>
      </div>
      {options.length === 0 ? (
        <p className={classes['none']}>{t('explain.none')}</p>
      ) : (
        <ol className={classes['options']}>
          {options.map((given, index) => (
            <Option key={`${index} ${given.code}`} given={given} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Option({ given }: { readonly given: Given }): ReactNode {
  const { t, sentence } = useWords();
  const { code, hex, text, why } = given;
  const name = `dhcpOption.${code}`;
  return (
    <li className={classes['option']} data-option={code}>
      <span className={classes['code']}>
        <span className="hidden-visually">{t('explain.option')} </span>
        {code}
      </span>
      <div className={classes['what']}>
        <strong>{isOptionName(name) ? t(name) : t('explain.option.other')}</strong>
        <span className={`fixed ${classes['value']}`}>{text === '' ? '–' : <LongText text={harmless(text)} most={300} />}</span>
        <span className={classes['bytes']}>
          <span className={classes['term']}>{t('explain.bytes', { count: hex.length / 2 })}</span>{' '}
          <span className="fixed">
            <LongText text={hex.replaceAll(/(..)(?!$)/g, '$1 ')} most={240} />
          </span>
        </span>
        <span className={classes['why']}>{sentence(why.code, why.params)}</span>
      </div>
    </li>
  );
}
