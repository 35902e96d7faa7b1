/**
 * How the desktop app is built: main and the engine (ESM, packages bundled but koffi) and the preload (one CommonJS file). The window is
 * built by its own configuration, for the browser host takes the same files.
 */
import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';
import { calls } from './engine/contract/calls.js';

const root = import.meta.dirname;
/** What a packaged app finds at run time: Electron itself, and koffi, which brings native files. */
const external = ['electron', 'koffi', /^node:/];
/** Node in Electron 45. */
const node = 'node24.18';

export default defineConfig({
  main: {
    build: {
      target: node,
      outDir: resolve(root, 'out'),
      emptyOutDir: false,
      externalizeDeps: false,
      rolldownOptions: {
        external,
        input: {
          main: resolve(root, 'electron/main.ts'),
          engine: resolve(root, 'electron/engine.ts'),
          'tftp-thread': resolve(root, 'engine/services/tftp/thread.ts'),
        },
        output: { format: 'es', entryFileNames: '[name]/[name].js', chunkFileNames: 'shared/[name].js' },
      },
    },
  },
  preload: {
    define: { callNames: JSON.stringify(Object.keys(calls)) },
    build: {
      target: node,
      outDir: resolve(root, 'out/preload'),
      externalizeDeps: false,
      rolldownOptions: {
        external: ['electron'],
        input: { preload: resolve(root, 'electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
});
