/** `npm run build`: everything into out/: the desktop app, the window, the command line and the virtual phones. */
import { pathToFileURL } from 'node:url';
import { build as buildDesktop } from 'electron-vite';
import { build as buildPrograms, buildWindow } from '../headless/build.mjs';

/** Builds all of it. */
export async function build() {
  await buildPrograms();
  await buildDesktop({ logLevel: 'warn', ignoreConfigWarning: true });
  await buildWindow();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build();
