/** The five kinds of evidence: when and by what each was proven, or why it is missing. */
import type { ReactNode } from 'react';
import type { DeviceRow } from '../../engine/contract/calls.js';
import { type EvidenceName, evidenceNames } from '../../engine/contract/evidence.js';
import { LongText } from '../look/long-text.js';
import { GroupMark } from '../look/marks.js';
import { useWords } from '../words/use-words.js';
import classes from './phone.module.css';
import type { Entries } from './phone-page.js';

/** Facts that can prove each, so that the one seen at the moment of proof is its source. */
const sources: Readonly<Record<EvidenceName, RegExp>> = {
  lease: /^fact\.(?:dhcpAck|arpSeen)$/,
  delivery: /^fact\.(?:fileDelivered|fileAsked)$/,
  word: /^fact\.word\.successful$/,
  readBack: /^fact\.readBack\.equal$/,
  handOff: /^fact\.(?:readBack\.equal|fileDelivered)$/,
};

export function EvidenceList({ device, timeline }: { readonly device: DeviceRow; readonly timeline: Entries }): ReactNode {
  const { t, code, time } = useWords();
  return (
    <section aria-label={t('page.proofs')}>
      <h3 className={classes['subtitle']}>{t('page.proofs')}</h3>
      <ol className={classes['proofs']}>
        {evidenceNames.map((name) => {
          const proof = device.evidence[name];
          const source = proof === null ? undefined : timeline.find((entry) => entry.at === proof.at && sources[name].test(entry.code));
          const isNext = device.waitsFor === name && device.verdict === 'pending';
          return (
            <li key={name} data-proven={proof !== null}>
              <GroupMark group={proof === null ? (isNext ? 'working' : 'expected') : 'ready'} size={20} />
              <div className={classes['proof']}>
                <span className={classes['proofName']}>{t(`evidence.${name}`)}</span>
                <span className={classes['proofWhy']}>{proof === null ? t(`evidence.${name}.lacks`) : t(`evidence.${name}.how`)}</span>
                {source === undefined ? null : (
                  <span className={classes['source']}>
                    <LongText text={code(source.code, source.params)} />
                  </span>
                )}
              </div>
              <span className={classes['when']}>
                {proof === null ? t(isNext ? 'page.next' : 'page.lacking') : t('page.proven', { time: time(proof.at) })}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
