/** One parameter of the catalogue. */
import type { ReactNode } from 'react';
import { CopyButton } from '../look/copy-button.js';
import type { ParameterInfo } from '../stores/parameters.js';
import { useWords } from '../words/use-words.js';
import classes from './parameters.module.css';

export function ParameterEntry({ info }: { readonly info: ParameterInfo }): ReactNode {
  const { t, code, language } = useWords();
  const { label, help } = info[language];
  const unverified = info.confidence === 'inferred' || info.confidence === 'disputed';
  const told: readonly (readonly [string, ReactNode])[] = [
    [t('parameters.holds'), <Holds key="holds" info={info} />],
    [
      t('parameters.default'),
      info.default === null ? (
        t('parameters.default.unknown')
      ) : info.default === '' ? (
        t('parameters.default.empty')
      ) : (
        <code key="default">{info.default}</code>
      ),
    ],
    [t('parameters.models'), modelsOf(info) ?? t('parameters.models.all')],
    ...(info.since === null && info.until === null
      ? []
      : [[t('parameters.firmware'), `${info.since ?? ''} – ${info.until ?? ''}`] as const]),
    ...(info.waits ? [[t('parameters.written'), t('parameters.waits')] as const] : []),
    ...(info.readable === 'always' ? [] : [[t('parameters.readBack'), code(`parameters.readable.${info.readable}`, {})] as const]),
  ];
  return (
    <li className={classes['entry']}>
      <div className={classes['head']}>
        <h2 className={classes['label']}>{label}</h2>
        <code className={classes['tag']}>{info.spellings.length > 1 ? info.spellings.join(' … ') : info.tag}</code>
        <CopyButton text={info.spellings[0] ?? info.tag} label={info.spellings[0] ?? info.tag} />
      </div>
      <p className={classes['help']}>{help}</p>
      <dl className={classes['facts']}>
        {told.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p className={classes['sure']} data-unverified={unverified}>
        {unverified ? <strong>{t('parameters.unverified')}</strong> : null} {code(`parameters.confidence.${info.confidence}`, {})}
      </p>
    </li>
  );
}

function Holds({ info }: { readonly info: ParameterInfo }): ReactNode {
  const { t, code } = useWords();
  const { kind, values, min, max, unit, limit } = info;
  const range = min === null || max === null ? '' : t('parameters.range', { min, max, unit: unit ?? '' });
  return (
    <>
      {[code(`parameters.kind.${kind}`, {}), range, limit === null ? '' : t('parameters.limit', { limit })].filter(Boolean).join(' ')}
      {values.map((value) => (
        <code key={value} className={classes['value']}>
          {value}
        </code>
      ))}
    </>
  );
}

/** `8851: 10, 7841: 4`; undefined where all have one. */
function modelsOf({ models }: ParameterInfo): string | undefined {
  return models.length === 0 ? undefined : models.map(({ model, count }) => `${model}: ${count}`).join(', ');
}
