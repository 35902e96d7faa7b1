/**
 * The rules a phone has on the bench, and what lies where they lead. `Profile_Rule` stays as it is, so that the phone looks at DHCP: three
 * are free (ADR 0021, 0027, 0030).
 *
 *                     B            C            D
 *   as a rule         device                             then B the hand-off
 *   with an account   device                             the hand-off takes the device file's place
 *   encrypted         install      hand-off              then B device; the hand-off is empty until the phone is proven
 *   in parts          model        customer     device   then D the hand-off
 *   both              install                            then model, customer, device, which the hand-off takes the place of
 */
import type { Transport } from '../../contract/observation.js';
import type { Encryption } from '../../profiles/job.js';
import type { BenchAddress, Compiled, NextFile, SheetFile } from '../pack.js';
import { ruleFor } from './account.js';
import { baseUrl } from './bench-values.js';

/** What a rule may lead to. */
export type Led = Exclude<SheetFile, 'bootstrap'>;

/** `holdsAccount`: it tells a password. */
export type BenchRule = { readonly tag: string; readonly to: Led; readonly text: string; readonly holdsAccount: boolean };

type Account = { readonly user: string; readonly password: string };

/** What of a phone settles its rules; `account`: the one it may be told. */
export type Ruled = {
  readonly transport: Transport;
  readonly encryption: Encryption | undefined;
  /** Its model, where it gets its configuration in parts. */
  readonly inPartsAs: string | undefined;
  /** Its own file is behind an account, told to it or not. */
  readonly guarded: boolean;
  readonly account: Account | undefined;
};

/** The path of a file as rules name it; `$MA` and `$B` are the phone's to fill in. */
export function pathTo(file: Led, model: string, encryption?: Encryption): string {
  return `${encryption === undefined || file === 'install' ? '' : '/$B'}${places[file].replace('$MODEL', model)}`;
}

const places: Readonly<Record<Led, string>> = {
  install: '/install/$MA.xml',
  model: '/part/$MODEL.xml',
  customer: '/part/customer.xml',
  device: '/device/$MA.xml',
  handOff: '/handoff/$MA.xml',
};

/** Where an account guards the file, or parts take all the rules there are, the hand-off comes in the place of the device file. */
export function isJoined({ account, parts, encryption }: Pick<Compiled, 'account' | 'parts' | 'encryption'>): boolean {
  return account !== undefined || (parts !== undefined && encryption !== undefined);
}

/** The rules of a phone that is to fetch `next`, in the order in which it follows them. */
export function benchRules(bench: BenchAddress, ruled: Ruled, next: Exclude<NextFile, 'nothing'>): readonly BenchRule[] {
  const { transport, encryption, inPartsAs, guarded, account } = ruled;
  const rule = (tag: string, to: Led): BenchRule => {
    const told = to === 'device' ? account : undefined;
    const key = encryption?.form === 'salted' && to !== 'install' ? { key: '$A' } : {};
    const url = `${baseUrl(bench, transport)}${pathTo(to, inPartsAs ?? '', encryption)}`;
    return { tag, to, text: ruleFor({ ...key, url }, told), holdsAccount: told !== undefined };
  };
  if (next === 'install' && (inPartsAs !== undefined || guarded)) return [rule('Profile_Rule_B', 'install')];
  if (inPartsAs !== undefined) return [rule('Profile_Rule_B', 'model'), rule('Profile_Rule_C', 'customer'), rule('Profile_Rule_D', next)];
  const last = encryption === undefined || guarded ? [] : [rule('Profile_Rule_C', 'handOff')];
  return [rule('Profile_Rule_B', next), ...last];
}

/** What settles the rules of a row's phone; its account where it is told. */
export function ruledBy({ model, transport, encryption, parts, account }: Compiled, told: Compiled['account'] = account): Ruled {
  return {
    transport,
    encryption,
    inPartsAs: parts === undefined ? undefined : model,
    guarded: account !== undefined,
    account: told === undefined ? undefined : { user: told.user, password: told.password.reveal() },
  };
}
