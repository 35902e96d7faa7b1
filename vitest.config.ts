import { defineConfig } from 'vitest/config';

/** One file after the other: its tests start programs, own ports or namespaces, and want the machine for themselves. */
function alone(name: string, testTimeout: number) {
  return {
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      testTimeout,
      hookTimeout: 120_000,
      fileParallelism: false,
      maxWorkers: 1,
    },
  };
}

/**
 * `unit` needs nothing; `process` starts built programs; `interop` needs root, namespaces and the programs `npm test` installs;
 * `electron` tests the stand-in for Electron's binary, `e2e` the window, both with Chromium; `package` what would be shipped.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['interop', 'process', 'electron', 'e2e', 'package'].map((each) => `test/${each}/**`),
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      alone('process', 300_000),
      alone('interop', 120_000),
      alone('electron', 120_000),
      alone('e2e', 180_000),
      alone('package', 300_000),
    ],
  },
});
