/** Turns Node into something that starts an Electron app: `import … from 'electron'` finds the stand-in, and the app's main is run. */
import { existsSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron' || specifier === 'electron/main') {
      const module = context.conditions.includes('import') ? './electron.mjs' : './electron.cjs';
      return { url: new URL(module, import.meta.url).href, shortCircuit: true };
    }
    // Node runs TypeScript as it is but does not look for `x.ts` where `x.js` is imported
    const source = /^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL !== undefined;
    const typed = source ? new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL) : undefined;
    return typed !== undefined && existsSync(fileURLToPath(typed)) ? next(typed.href, context) : next(specifier, context);
  },
});
globalThis.require = createRequire(import.meta.url); // Playwright evaluates require('electron') with the command line's API

const { run } = await import('./run.ts');
await run(process.argv.slice(2));
