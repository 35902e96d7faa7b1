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

/** For so long an answer is given again without a look at the disk, in milliseconds: a thousand phones that ask at once cost one look. */
const lookEvery = 250;
const mostRemembered = 1_000;

type Remembered = { readonly answer: Promise<FileAnswer>; readonly until: number };

/**
 * Serves the regular files under `root`. A folder that is not there, or goes away, has no files; what was put there is found at once, what
 * was taken away a moment later. `now`: milliseconds of a clock that never goes back.
 */
export function folderSource(root: string, now: () => number = () => performance.now()): FileSource {
  const remembered = new Map<string, Remembered>();
  const look = async (components: readonly string[]): Promise<FileAnswer> => {
    try {
      return await findUnder(await realpath(root), components);
    } catch {
      return missing; // not there, not readable, too long a name, a loop of links
    }
  };
  const remember = (path: string, components: readonly string[]): Promise<FileAnswer> => {
    if (remembered.size >= mostRemembered) remembered.clear();
    const entry: Remembered = { answer: look(components), until: now() + lookEvery };
    remembered.set(path, entry);
    void entry.answer.then((answer) => {
      if (answer.kind !== 'file' && remembered.get(path) === entry) remembered.delete(path);
    });
    return entry.answer;
  };
  return {
    find({ path }) {
      const known = remembered.get(path);
      if (known !== undefined && now() < known.until) return known.answer;
      const components = split(path);
      if (components === undefined) return Promise.resolve(outside);
      return components.length === 0 ? Promise.resolve(missing) : remember(path, components);
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
