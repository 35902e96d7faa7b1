/**
 * A row's files as a person may see them: the exact text, the origin of every value, and what changed since the phone was last served.
 * Secrets are masked unless they are asked for.
 */
import { mask, reveal, Secret } from '../contract/secret.js';
import type { Mac } from '../contract/mac.js';
import type { BenchAddress, Compiled, Origin, Pack, Parameter, Sheet } from '../phones/pack.js';
import type { Recipe } from '../profiles/job.js';

type ShownParameter = {
  readonly tag: string;
  readonly value: string;
  readonly ua: Parameter['ua'];
  readonly secret: boolean;
  readonly origin: Origin;
  /** Against the file served last; null where none was, or nobody can tell any more. */
  readonly change: 'same' | 'changed' | 'new' | null;
};

export type ShownFile = {
  readonly file: Sheet['file'];
  readonly path: string;
  readonly text: string;
  readonly packed: { readonly gzip: boolean; readonly encrypted: boolean };
  readonly parameters: readonly ShownParameter[];
  /** When it was served last; null where it never was. */
  readonly servedAt: string | null;
  /** Tags that were in it then and are no more. */
  readonly gone: readonly string[];
};

/** What a phone was served last: when, and the fingerprints of what stood in it beside those of what stands in it now. */
export type Against = (
  mac: Mac,
  file: Sheet['file'],
  parameters: readonly Parameter[],
) => { readonly at: string; readonly was: Readonly<Record<string, string>>; readonly now: Readonly<Record<string, string>> } | undefined;

export type ShowOptions = {
  readonly pack: Pack;
  readonly recipe: Recipe;
  readonly compiled: Compiled;
  readonly mac: Mac | null;
  readonly bench: BenchAddress;
  readonly markerKey?: Uint8Array;
  /** Show secrets as they are. */
  readonly revealed: boolean;
  readonly against?: Against;
};

/** A preview's bench where none runs (RFC 5737). */
export const someBench: BenchAddress = { address: '192.0.2.1', ports: { tftp: 69, http: 80, syslog: 514 } };

/** Every file of the phone, in the order it fetches them. */
export function showFiles(options: ShowOptions): readonly ShownFile[] {
  const { pack, recipe, compiled, bench, markerKey } = options;
  return pack.sheets(recipe, compiled, bench, markerKey).map((sheet) => showFile(options, sheet));
}

function showFile({ pack, recipe, compiled, mac, revealed, against }: ShowOptions, { file, parameters }: Sheet): ShownFile {
  const shown = parameters.map((each): Parameter => ({ ...each, value: revealed ? reveal(each.value) : masked(each) }));
  // The bootstrap is no phone's own, and the mark follows from everything else.
  const own = parameters.filter(({ origin }) => origin?.from !== 'bench' || origin.why !== 'mark');
  const before = mac === null || file === 'bootstrap' ? undefined : against?.(mac, file, own);
  return {
    file,
    path: pack.filePath(file === 'handOff' && pack.joined(compiled) ? 'device' : file, compiled.model, mac, compiled.encryption),
    text: Buffer.from(pack.write(shown).bytes).toString('utf8'),
    packed: {
      gzip: pack.gzips(recipe, compiled.model),
      encrypted: file !== 'bootstrap' && file !== 'install' && compiled.encryption !== undefined,
    },
    parameters: shown.map(({ tag, value, ua }, index) => ({
      tag,
      value: reveal(value),
      ua,
      secret: parameters[index]?.value instanceof Secret,
      origin: parameters[index]?.origin ?? { from: 'bench', why: 'needs' },
      change: before === undefined || before.now[tag] === undefined ? null : changeOf(before.was[tag], before.now[tag]),
    })),
    servedAt: before?.at ?? null,
    gone: before === undefined ? [] : Object.keys(before.was).filter((tag) => before.now[tag] === undefined),
  };
}

function changeOf(was: string | undefined, now: string): 'same' | 'changed' | 'new' {
  if (was === undefined) return 'new';
  return was === now ? 'same' : 'changed';
}

function masked({ value }: Parameter): string {
  return value instanceof Secret ? mask : value;
}
