/** Bundles the command line and the virtual phones into out/, each one file, packages left outside. */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const root = resolve(import.meta.dirname, '..');

/** Entry -> what it becomes; every program is a single file, so a rename swaps it whole. */
const programs = { 'headless/main.ts': 'out/headless/main.js', 'simulator/main.ts': 'out/simulator/main.js' };

/** Builds every program. Two builds at once do no harm: each writes its own file and renames it into place. */
export async function build() {
  for (const [entry, output] of Object.entries(programs)) {
    const bundle = await rolldown({ input: join(root, entry), platform: 'node', external: [/^[^./]/], logLevel: 'warn', cwd: root });
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

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build();
