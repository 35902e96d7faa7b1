/** A file parameter by parameter: its value, where it comes from, and whether it changed. */
import type { ReactNode } from 'react';
import type { Output } from '../../engine/contract/calls.js';
import { LongText } from '../look/long-text.js';
import { harmless } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import { Masked } from './masked.js';
import classes from './preview.module.css';

export type PreviewFile = Output<'draft.preview'>['files'][number];

export function FileTable({ file: { parameters }, label }: { readonly file: PreviewFile; readonly label: string }): ReactNode {
  const { t, code } = useWords();
  return (
    <div className={classes['frame']} tabIndex={0} role="group" aria-label={label}>
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">{t('preview.column.tag')}</th>
            <th scope="col">{t('preview.column.value')}</th>
            <th scope="col">{t('preview.column.origin')}</th>
          </tr>
        </thead>
        <tbody>
          {parameters.map(({ tag, value, ua, origin, change }) => (
            <tr key={tag} data-tag={tag} data-change={change ?? 'none'}>
              <td>
                <code>{harmless(tag)}</code>
                {ua === 'na' ? null : <span className={classes['change']}>{t(`preview.ua.${ua}`)}</span>}
              </td>
              <td>
                <code>{value === '' ? <i>{t('preview.empty')}</i> : <Masked text={harmless(value)} />}</code>
                {change === 'changed' || change === 'new' ? (
                  <span className={classes['change']}>{t(`preview.change.${change}`)}</span>
                ) : null}
              </td>
              <td>
                <LongText text={code(origin.code, origin.params)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
