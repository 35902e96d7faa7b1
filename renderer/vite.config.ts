/** How the window is built; the desktop build and the browser host use the same result. */
import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: resolve(import.meta.dirname, '../out/renderer'),
    emptyOutDir: true,
    target: 'chrome154',
    sourcemap: false,
    /** The content security policy admits files of our own only: nothing becomes a data URL. */
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
});
