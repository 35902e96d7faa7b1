/**
 * Bundles the command line and the virtual phones into out/, each one file with what it uses of its packages: a package that is loaded
 * as a whole costs megabytes of memory and tenths of seconds at each start. koffi stays outside, for it is native.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const root = resolve(import.meta.dirname, '..');

/** Entry -> what it becomes; every program is a single file, so a rename swaps it whole. */
const programs = {
  'headless/main.ts': 'out/headless/main.js',
  'engine/services/tftp/thread.ts': 'out/headless/tftp-thread.js',
  'engine/bench/writing/thread.ts': 'out/headless/profile-writer.js',
  'simulator/main.ts': 'out/simulator/main.js',
};

/** `import text from './file?raw'`, as Vite has it: the file as its text. */
const asText = {
  name: 'as-text',
  resolveId: (source, importer) => (source.endsWith('?raw') ? resolve(dirname(importer), source) : null),
  load: (id) => (id.endsWith('?raw') ? `export default ${JSON.stringify(readFileSync(id.slice(0, -'?raw'.length), 'utf8'))};` : null),
};

/** Builds every program. Two builds at once do no harm: each writes its own file and renames it into place. */
export async function build() {
  for (const [entry, output] of Object.entries(programs)) {
    const bundle = await rolldown({
      input: join(root, entry),
      platform: 'node',
      external: [/^node:/, 'koffi'],
      plugins: [asText],
      logLevel: 'warn',
      cwd: root,
    });
    const target = join(root, output);
    const folder = `${target}.${process.pid}`;
    mkdirSync(folder, { recursive: true });
    await bundle.write({ dir: folder, format: 'esm', sourcemap: true, codeSplitting: false, entryFileNames: 'main.js' });
    await bundle.close();
    renameSync(join(folder, 'main.js.map'), `${target}.map`);
    renameSync(join(folder, 'main.js'), target);
    rmSync(folder, { recursive: true });
  }
}

/** Builds the window into out/renderer when something it is made of is newer; for `ui` alone, for it takes seconds. */
export async function buildWindow() {
  const built = join(root, 'out/renderer/index.html');
  if (existsSync(built) && newest(['renderer', 'engine/contract', 'package-lock.json']) <= statSync(built).mtimeMs) return;
  const { build } = await import('vite');
  await build({ configFile: join(root, 'renderer/vite.config.ts'), logLevel: 'warn' });
}

/** When the newest of these files and folders changed, in milliseconds since 1970. */
function newest(paths) {
  const inside = paths.flatMap((path) =>
    statSync(join(root, path)).isDirectory() ? readdirSync(join(root, path), { recursive: true }).map((file) => join(path, file)) : [],
  );
  return Math.max(...[...paths, ...inside].map((path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? Infinity));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build();
