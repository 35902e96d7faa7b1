/**
 * Macros of rules and log messages (Cisco MPP provisioning guide): `$NAME` or `$(NAME)`, `$(NAME:p)` from position p, `$(NAME:p:q)` q
 * characters from there, zero-based; `$$` is `$`; case-sensitive, not recursive; what no one knows stays as typed.
 */
import { type Identity, withColons } from './identity.js';
import type { Parameters } from './parameters.js';
import type { Url } from './rules.js';

export type Macros = ReadonlyMap<string, string>;

/** Replaces the macros of a text. */
export function expand(text: string, macros: Macros): string {
  return text.replace(
    /\$(?:\$|\((?<name>[A-Z]+\d*)(?::(?<from>\d+)(?::(?<count>\d+))?)?\)|(?<bare>[A-Z]+\d*))/g,
    (whole: string, name: string | undefined, from: string | undefined, count: string | undefined, bare: string | undefined) => {
      if (whole === '$$') return '$';
      if (bare !== undefined) return bareMacro(bare, macros) ?? whole;
      const value = name === undefined ? undefined : macros.get(name);
      if (value === undefined) return whole;
      const start = Number(from ?? 0);
      return value.slice(start, count === undefined ? undefined : start + Number(count));
    },
  );
}

/** Without brackets a name ends where none is known any more: `$MACHINE` is `$MAC` and "HINE". */
function bareMacro(letters: string, macros: Macros): string | undefined {
  for (let length = letters.length; length > 0; length--) {
    const value = macros.get(letters.slice(0, length));
    if (value !== undefined) return value + letters.slice(length);
  }
  return undefined;
}

/** What a phone puts for its own names, and for its general purpose parameters. */
export function phoneMacros(identity: Identity, address: string, parameters: Parameters): Macros {
  const purposes = 'ABCDEFGHIJKLMNOP'.split('').map((letter): [string, string] => [letter, parameters.get(`GPP_${letter}`)]);
  return new Map([
    ['MA', identity.mac],
    ['MAU', identity.mac.toUpperCase()],
    ['MAC', withColons(identity.mac)],
    ['PN', identity.product],
    ['PSN', identity.shortProduct],
    ['SN', identity.serial],
    ['IP', address],
    ['EXTIP', address],
    ['SWVER', identity.software],
    ['HWVER', '1.0.0'],
    ['CCERT', 'Installed'],
    ['VERSION', `Cisco-${identity.product}/${identity.version}`],
    ...purposes,
  ]);
}

/** What log messages say of the transfer at hand. */
export function transferMacros(url: Url, error: string): Macros {
  return new Map([
    ['SCHEME', url.scheme],
    ['SERV', url.host],
    ['SERVIP', url.host],
    ['PORT', String(url.port)],
    ['PATH', url.path],
    ['ERR', error],
  ]);
}
