/** The house's one-way streets (layers of the design). `test/run.mjs` fails when fewer modules were cruised than exist. */
const only = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(engine|headless|electron|renderer|simulator|test)/', pathNot: to },
});

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    // `./x.js` for `x.tsx` is TypeScript's to resolve, and so are packages whose `exports` is a bare text; tsc does. Each file is cruised for itself.
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: {
        couldNotResolve: true,
        pathNot: '^\\.{1,2}/.+\\.js$|^(csv-parse/sync|vite|@vitejs/plugin-react|@tanstack/react-table|@electron/(asar|fuses))$',
      },
    },
    only('contract-stands-alone', '^engine/contract/', '^engine/contract/'),
    only('protocols-see-contract', '^engine/protocols/', '^engine/(protocols|contract)/'),
    only('engine-is-plain', '^engine/', '^engine/'),
    only('headless-uses-the-engine', '^headless/', '^(headless|engine)/'),
    {
      name: 'the-shell-uses-the-engine', // and keeps things in the same places as the other host
      severity: 'error',
      from: { path: '^electron/', pathNot: '\\.mjs$' },
      to: { path: '^(engine|headless|electron|renderer|simulator|test)/', pathNot: '^(electron|engine)/|^headless/places\\.ts$' },
    },
    only('the-preload-sees-the-contract', '^electron/preload\\.ts$', '^(electron/origin\\.ts$|engine/contract/)'),
    only('renderer-sees-the-contract', '^renderer/', '^(renderer|engine/contract)/'),
    only('virtual-phones-share-nothing', '^simulator/', '^simulator/'),
    {
      name: 'packs-stay-in-their-room',
      severity: 'error',
      from: { path: '^engine/', pathNot: '^engine/phones/' },
      to: { path: '^engine/phones/[^/]+/' },
    },
    {
      name: 'no-electron-in-the-engine',
      severity: 'error',
      from: { path: '^(engine|headless|simulator)/' },
      to: { path: 'node_modules/(electron|react|react-dom)/' },
    },
    { name: 'product-does-not-import-tests', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
    {
      name: 'no-dev-dependencies',
      severity: 'error',
      from: { path: '^(engine|headless|electron|renderer|simulator)/', pathNot: '(launch|build|start|binary)\\.mjs$|vite\\.config\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/electron/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
