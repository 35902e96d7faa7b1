/** The files of one phone for a folder, as they go over the wire to it: what `profiles` writes. */
import type { Mac } from '../../contract/mac.js';
import type { AroundMarker, Compiled, Made, Pack, Part } from '../../phones/pack.js';

/**
 * `device` (in one file, whatever the recipe says of parts) and `handOff` as the bench serves them, `install` where a key has to be there first, and `production`: what the phone should
 * find on the customer's server afterwards, without anything the bench needs; `parts` the same in four files, one for each of its rules.
 */
export const fileKinds = ['device', 'handOff', 'install', 'production', 'parts'] as const;
export type FileKind = (typeof fileKinds)[number];

/** A file before it is packed. */
export type Draft = Pick<AroundMarker, 'start' | 'end'> & {
  /** Path below the folder. */
  readonly name: string;
  /** Where the device file has its marker. */
  readonly mark?: AroundMarker['mark'];
  /** Under the key the phone leaves with. */
  readonly encrypted: boolean;
};

/** The name of a phone's file of a kind. */
export function fileName(kind: FileKind, mac: Mac): string {
  if (kind === 'parts') return `parts/phone/${mac}.xml`;
  return kind === 'device' ? `${mac}.xml` : `${kind.toLowerCase()}/${mac}.xml`;
}

/** A phone's files of these kinds; those that it does not need are left out. Encrypted where it has keys, but for `install`. */
export function draftsOf(pack: Pack, compiled: Compiled, mac: Mac, kinds: readonly FileKind[]): readonly Draft[] {
  const encrypted = compiled.keys !== undefined;
  return kinds.flatMap((kind): readonly Draft[] => {
    if (kind === 'parts') return partDrafts(pack, compiled, mac);
    const name = fileName(kind, mac);
    if (kind === 'device') return [{ ...pack.aroundMarker(compiled), name, encrypted }]; // one file says it all, also where the bench serves it in parts
    if (kind === 'install') return encrypted ? [{ ...whole(pack.install(compiled)), name, encrypted: false }] : [];
    return [{ ...whole(pack[kind](compiled)), name, encrypted }];
  });
}

function whole({ bytes }: Made): Pick<Draft, 'start' | 'end'> {
  return { start: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'), end: '' };
}

/** Shared parts once for all who share them; encrypted ones are each phone's own, for each has another key. */
function partDrafts(pack: Pack, compiled: Compiled, mac: Mac): readonly Draft[] {
  const { model, keys } = compiled;
  const encrypted = keys !== undefined;
  const made = pack.parts(compiled);
  const shared = (part: 'common' | 'customer'): string => (encrypted ? `parts/${part}/${mac}.xml` : `parts/${part}.xml`);
  const names: Readonly<Record<Part, string>> = {
    common: shared('common'),
    model: `parts/model/${encrypted ? mac : model}.xml`,
    customer: shared('customer'),
    phone: fileName('parts', mac),
  };
  const draft = (part: Part): Draft => ({ ...whole(made[part]), name: names[part], encrypted });
  return [draft('common'), draft('model'), draft('customer'), draft('phone')];
}
