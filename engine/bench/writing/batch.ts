/** Rows made into files and written, a batch at a time: the work of one thread, or of this one where no thread can be had. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Mac } from '../../contract/mac.js';
import { Secret } from '../../contract/secret.js';
import { packNamed } from '../../phones/packs.js';
import type { Recipe, Row } from '../../profiles/job.js';
import { neverRotated, type PhoneKeys } from '../../profiles/phone-keys.js';
import { Order } from '../order.js';
import { type FileKind, filesOf } from './files.js';

/** What holds for all rows of a writing; plain data, so that a thread can be given it. */
export type Writing = {
  readonly recipe: Recipe;
  readonly jobKey: Uint8Array;
  readonly folder: string;
  readonly kinds: readonly FileKind[];
};

/** Keys as plain text, in the order key and directory of the bench, key and directory of the customer. */
export type PlainKeys = readonly [string, string, string, string];

export type Batch = { readonly rows: readonly Row[]; readonly keys: readonly (readonly [Mac, PlainKeys])[] };

export type Written = { readonly files: number } | { readonly reason: string };

/** Writes the files of a batch (one that several phones share once: `shared` are those that were), each readable by its owner alone; stops at the first that cannot be written. */
export function writeBatch({ recipe, jobKey, folder, kinds }: Writing, { rows, keys }: Batch, shared: Set<string> = new Set()): Written {
  const pack = packNamed(recipe.phones);
  if (pack === undefined) return { reason: recipe.phones };
  const known = new Map(keys.map(([mac, plain]) => [mac, phoneKeys(plain)]));
  const order = new Order(pack, recipe, rows, jobKey, (mac) => known.get(mac) ?? missing(mac));
  let files = 0;
  try {
    for (const mac of order.macs())
      for (const { name, bytes } of filesOf(order, mac, kinds)) {
        if (shared.has(name)) continue;
        if (!name.includes(mac)) shared.add(name);
        writeWhole(join(folder, name), bytes);
        files += 1;
      }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return { reason: String(error.code) };
  }
  return { files };
}

/** Open, write, close: on one thread that is twice as fast as promises of the same. */
function writeWhole(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'w', 0o600);
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
  } finally {
    closeSync(file);
  }
}

function phoneKeys([benchKey, benchDirectory, key, directory]: PlainKeys): PhoneKeys {
  return neverRotated(
    { key: new Secret(benchKey), directory: new Secret(benchDirectory) },
    { key: new Secret(key), directory: new Secret(directory) },
  );
}

function missing(mac: Mac): never {
  throw new Error(`no keys were sent along for ${mac}`);
}
