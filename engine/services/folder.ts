/**
 * The folder of `--files`, read-only, as a source of files: firmware and whatever else a bench hands out.
 *
 * A name is looked up exactly, and else without regard to the case of its last component (phones and people disagree about it).
 * Nothing outside the folder is given, not through `..` and not through a symbolic link; folders are not listed.
 */
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { FileAnswer, FileSource } from './files.js';

const missing = { kind: 'missing' } as const;
const outside = { kind: 'refused', because: 'outside' } as const;

/** Serves the regular files under `root`. A folder that is not there, or goes away, has no files. */
export function folderSource(root: string): FileSource {
  return {
    async find({ path }) {
      const components = split(path);
      if (components === undefined) return outside;
      if (components.length === 0) return missing;
      try {
        return await findUnder(await realpath(root), components);
      } catch {
        return missing; // not there, not readable, too long a name, a loop of links
      }
    },
  };
}

/** The components of a requested name; undefined for one that means to leave the folder. */
function split(path: string): string[] | undefined {
  if (/[\\\0]/.test(path)) return undefined;
  const components = path.split('/').filter((each) => each !== '' && each !== '.');
  return components.some((each) => each === '..' || /^[a-z]:/i.test(each)) ? undefined : components;
}

async function findUnder(root: string, components: readonly string[]): Promise<FileAnswer> {
  const exact = join(root, ...components);
  const real = (await realpathOf(exact)) ?? (await realpathOf(await inAnyCase(root, components)));
  if (real === undefined) return missing;
  if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) return outside;
  const about = await stat(real);
  return about.isFile() ? { kind: 'file', file: real, size: about.size, purpose: 'folder' } : missing;
}

async function realpathOf(path: string | undefined): Promise<string | undefined> {
  return path === undefined ? undefined : realpath(path).catch(() => undefined);
}

/** The first name, in the order of the alphabet, that differs from the last component in case only. */
async function inAnyCase(root: string, components: readonly string[]): Promise<string | undefined> {
  const folder = await realpath(join(root, ...components.slice(0, -1)));
  const wanted = components.at(-1)?.toLowerCase();
  const names = (await readdir(folder)).filter((name) => name.toLowerCase() === wanted).sort();
  return names[0] === undefined ? undefined : join(folder, names[0]);
}
