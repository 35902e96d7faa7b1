/** Makes one plain JavaScript file of a TypeScript program, so that Node can run it inside a namespace. */
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const root = resolve(import.meta.dirname, '../..');

/** The Node the tests run on. */
export const node: string = process.execPath;

export interface Bundled extends AsyncDisposable {
  /** Path of the file, inside the repository's `out`, so that packages are found from it. */
  readonly file: string;
}

/** Bundles `entry` (a path from the repository's root); packages stay outside. Disposing removes the file. */
export async function bundle(entry: string): Promise<Bundled> {
  await mkdir(join(root, 'out'), { recursive: true });
  const folder = await mkdtemp(join(root, 'out/interop-'));
  const file = join(folder, 'program.mjs');
  await using built = await rolldown({ input: join(root, entry), platform: 'node', external: /^[^./]/ });
  await built.write({ file, format: 'esm' });
  return { file, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
