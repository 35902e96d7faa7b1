/** What a bench remembers for those who look: which files it served, and that somebody saw the passwords of a row. */
import type { Mac } from '../contract/mac.js';
import type { BenchAddress } from '../phones/pack.js';
import type { Roster } from '../roster/roster.js';
import { Served } from '../store/served.js';
import type { OpenJob } from './job.js';
import { rememberServed } from './served-before.js';
import { type Shown, ShownSecrets } from './shown-secrets.js';

/** Hears of deliveries from here on; gives what takes note of passwords that were shown. */
export function remember({ database, job, order }: OpenJob, roster: Roster, bench: BenchAddress): (shown: Shown) => void {
  const macOf = (row: number): Mac | undefined => roster.devices().find((device) => device.row === row)?.mac;
  const shown = new ShownSecrets(macOf, (mac, at, fact) => roster.record(mac, at, fact));
  roster.onChange(rememberServed({ served: new Served(database), job, order, bench }));
  roster.onChange(shown.hear);
  return (seen) => shown.note(seen);
}
