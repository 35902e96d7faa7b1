/** The files of one phone for a folder, as they go over the wire to it: what `profiles` writes. */
import type { Mac } from '../../contract/mac.js';
import type { Compiled, Made, Part } from '../../phones/pack.js';
import type { Order, Prepared } from '../order.js';

/**
 * `device` (in one file, whatever the recipe says of parts) and `handOff` as the bench serves them, `install` where a key has to be there first, and `production`: what the phone should
 * find on the customer's server afterwards, without anything the bench needs; `parts` the same in four files, one for each of its rules.
 */
export const fileKinds = ['device', 'handOff', 'install', 'production', 'parts'] as const;
export type FileKind = (typeof fileKinds)[number];

export type ProfileFile = { readonly kind: FileKind; /** Path below the folder. */ readonly name: string; readonly bytes: Uint8Array };

/** The name of a phone's file of a kind. */
export function fileName(kind: FileKind, mac: Mac): string {
  if (kind === 'parts') return `parts/phone/${mac}.xml`;
  return kind === 'device' ? `${mac}.xml` : `${kind.toLowerCase()}/${mac}.xml`;
}

/** A phone's files of these kinds; those that it does not need are left out. Encrypted under the key it leaves with, but for `install`. */
export function filesOf(order: Order, mac: Mac, kinds: readonly FileKind[]): readonly ProfileFile[] {
  const prepared = order.of(mac);
  if (prepared === undefined) return [];
  const { model, keys } = prepared.compiled;
  const made: Readonly<Record<Exclude<FileKind, 'parts'>, () => Made>> = {
    device: () => order.deviceFile({ ...prepared, compiled: inOne(prepared.compiled) }),
    handOff: () => order.pack.handOff(prepared.compiled),
    install: () => order.pack.install(prepared.compiled),
    production: () => order.pack.production(prepared.compiled),
  };
  return kinds.flatMap((kind) => {
    if (kind === 'parts') return partFiles(order, mac, prepared);
    if (kind === 'install' && keys === undefined) return [];
    const pair = kind === 'install' ? undefined : keys?.customer;
    return { kind, name: fileName(kind, mac), bytes: order.packed(made[kind](), model, prepared.recipe, pair).bytes };
  });
}

/** One file says it all, also where the bench serves it in parts. */
function inOne({ parts: _parts, ...compiled }: Compiled): Compiled {
  return compiled;
}

/** Shared parts once for all who share them; encrypted ones are each phone's own, for each has another key. */
function partFiles(order: Order, mac: Mac, { compiled, recipe }: Prepared): readonly ProfileFile[] {
  const { model, keys } = compiled;
  const made = order.pack.parts(compiled);
  const shared = (part: 'common' | 'customer'): string => (keys === undefined ? `parts/${part}.xml` : `parts/${part}/${mac}.xml`);
  const names: Readonly<Record<Part, string>> = {
    common: shared('common'),
    model: `parts/model/${keys === undefined ? model : mac}.xml`,
    customer: shared('customer'),
    phone: fileName('parts', mac),
  };
  return (['common', 'model', 'customer', 'phone'] as const).map((part) => ({
    kind: 'parts',
    name: names[part],
    bytes: order.packed(made[part], model, recipe, keys?.customer).bytes,
  }));
}
