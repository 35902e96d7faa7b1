/** Remembers what each phone is served, and finds what it was served before, by this job or by another whose key is still there. */
import type { Mac } from '../contract/mac.js';
import type { BenchAddress, Sheet } from '../phones/pack.js';
import type { Listener } from '../roster/roster.js';
import { fingerprintsOf, type Served } from '../store/served.js';
import type { Order } from './order.js';
import type { Against } from './showing.js';

type Remembering = {
  readonly served: Served;
  readonly job: { readonly id: string; readonly key?: Uint8Array | undefined };
  readonly order: Order;
  readonly bench: BenchAddress;
};

/** Hears of deliveries. */
export function rememberServed({ served, job: { id, key }, order, bench }: Remembering): Listener {
  return ({ mac, at, fact }) => {
    if (key === undefined || fact.kind !== 'fileDelivered' || !isOwn(fact.purpose)) return;
    const { purpose } = fact;
    const prepared = order.of(mac);
    const sheet = prepared && order.pack.sheets(order.recipe, prepared.compiled, bench).find(({ file }) => file === purpose);
    if (sheet !== undefined) served.note({ id, key }, mac, purpose, at, withoutMark(sheet));
  };
}

/** `keyOf`: a job's key, where it is still there. */
export function servedBefore(served: Served, keyOf: (job: string) => Uint8Array | undefined): Against {
  return (mac: Mac, file, parameters) => {
    const last = served.last(mac, file);
    const key = last === undefined ? undefined : keyOf(last.job);
    return last === undefined || key === undefined
      ? undefined
      : { at: last.at, was: last.tags, now: fingerprintsOf(key, mac, file, parameters) };
  };
}

function isOwn(purpose: string): purpose is 'install' | 'device' | 'handOff' {
  return purpose === 'install' || purpose === 'device' || purpose === 'handOff';
}

function withoutMark({ parameters }: Sheet): Sheet['parameters'] {
  return parameters.filter(({ origin }) => origin?.from !== 'bench' || origin.why !== 'mark');
}
