/** What the documents leave open, and each phone therefore does its own way. A seed decides. */
import type { Random } from './random.js';

export type Character = {
  /** When a rule B that this pass's profile set is fetched. */
  readonly newRule: 'same-pass' | 'next-pass';
  readonly successLine: 'per-rule' | 'per-pass';
  /** Whether changed parameters make it restart, and how it then asks for its address. */
  readonly restart: 'never' | 'init-reboot' | 'discover';
  readonly http: 'keep-alive' | 'close' | '1.0';
  /** The blksize option of RFC 2348 as it spells it, or none. */
  readonly blockSize: { readonly name: 'blksize' | 'BLKSIZE'; readonly bytes: number } | undefined;
  readonly syslog: 'rfc3164' | 'pri' | 'bare';
  /** CSCwf10956: the request message keeps `$SERVIP` as typed. */
  readonly keepsServip: boolean;
  readonly login: 'basic' | 'digest';
  readonly configuration: { readonly attributes: boolean; readonly wrapped: boolean };
  readonly vendorClass: 'plain' | 'prefixed' | 'none';
  /** Option 55. */
  readonly asksFor: readonly number[];
};

const everything = [1, 3, 6, 7, 12, 15, 42, 43, 51, 54, 58, 59, 66, 67, 125, 150, 159, 160];
/** What Cisco's other phones send; a server that gives only what is listed keeps 160 to itself. */
const enterpriseList = [1, 66, 6, 3, 15, 150, 35];

/** Deals one phone its ways. */
export function characterOf(random: Random): Character {
  return {
    newRule: random.pick(['same-pass', 'next-pass']),
    successLine: random.pick(['per-rule', 'per-pass']),
    restart: random.pick(['never', 'never', 'init-reboot', 'discover']),
    http: random.pick(['keep-alive', 'close', '1.0']),
    blockSize: random.pick([undefined, { name: 'blksize', bytes: 1428 }, { name: 'BLKSIZE', bytes: 1024 }]),
    syslog: random.pick(['rfc3164', 'pri', 'bare']),
    keepsServip: random.chance(0.5),
    login: random.pick(['basic', 'digest']),
    configuration: { attributes: random.chance(0.5), wrapped: random.chance(0.5) },
    vendorClass: random.pick(['plain', 'plain', 'plain', 'prefixed', 'none']),
    asksFor: random.pick([everything, enterpriseList]),
  };
}

/** Option 60 as this phone sends it (text, NUL included); undefined where it sends none, as some 6800s of 2020. */
export function vendorClassOf(character: Character, product: string): string | undefined {
  if (character.vendorClass === 'none') return undefined;
  return `${character.vendorClass === 'prefixed' ? 'Cisco Systems, Inc. IP Phone ' : ''}${product}\0`;
}
