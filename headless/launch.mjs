/** `npm run benchtone`: builds what is stale, quietly, then becomes the command line in this same process, so that signals arrive. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const program = join(root, 'out/headless/main.js');

if (isStale()) {
  const { build } = await import('./build.mjs');
  await build();
}
if (process.argv[2] === 'ui') {
  const { buildWindow } = await import('./build.mjs');
  await buildWindow();
}
await import(program);

function isStale() {
  const built = [program, join(root, 'out/headless/tftp-thread.js'), join(root, 'out/simulator/main.js')];
  if (!built.every((file) => existsSync(file))) return true;
  const oldest = Math.min(...built.map((file) => statSync(file).mtimeMs));
  const folders = ['engine', 'headless', 'simulator', 'resources'];
  const inside = folders.flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, file)));
  return [...folders, ...inside, 'package-lock.json'].some((file) => changedAt(join(root, file)) > oldest);
}

/** A file that went away since it was listed is a change like any other. */
function changedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
}
