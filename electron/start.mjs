/**
 * `npm start`: installs what is missing, builds what is stale, opens the desktop app; where that can't be had, says so in one line and
 * opens the same window in the browser. Plain JavaScript without dependencies: it runs on a fresh checkout, under Node 20.
 *
 *   npm start -- [--data DIR]
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { electronBinary } from './binary.mjs';

const root = resolve(import.meta.dirname, '..');
/** An app that ends sooner than this, in milliseconds, and badly, could not be opened. */
const tooSoonMs = 10_000;
const looksForParentMs = 500;

await start(process.argv.slice(2));

async function start(args) {
  if (!installIsFresh()) install();
  if (buildIsStale()) build();
  const { path, why } = await electronBinary({ root, environment: process.env, platform: process.platform });
  const reason = path === undefined ? why : await desktop(path, args);
  if (reason === undefined) return;
  say(`The desktop app cannot be opened: ${reason}. The same window opens in the browser:`);
  process.exitCode = (await run(node24(), [join(root, 'out/headless/main.js'), 'ui', '--open', ...args])).code ?? 1;
}

/** Runs the app until it ends; gives a reason when it could not even begin. */
async function desktop(path, args) {
  const began = Date.now();
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const { code, error, asked } = await run(path, [root, ...args], env);
  const failed = error !== undefined || (code !== 0 && !asked && Date.now() - began < tooSoonMs);
  if (failed) return `Electron did not start (${error?.message ?? `exit code ${code}`})`;
  process.exitCode = code ?? 1;
  return undefined;
}

/** Runs a program in the foreground; signals go on to it, and it does not outlive whoever called. */
function run(program, args, env = process.env) {
  const child = spawn(program, args, { cwd: process.env.INIT_CWD ?? process.cwd(), env, stdio: 'inherit' });
  let asked = false;
  const pass = (signal) => {
    asked = true;
    child.kill(signal);
  };
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) pass('SIGTERM');
  }, looksForParentMs);
  process.on('SIGINT', pass).on('SIGTERM', pass);
  return new Promise((done) => {
    const end = (result) => {
      clearInterval(timer);
      process.off('SIGINT', pass).off('SIGTERM', pass);
      done({ ...result, asked });
    };
    child.on('error', (error) => end({ error, code: null }));
    child.on('exit', (code) => end({ code }));
  });
}

function installIsFresh() {
  const installed = join(root, 'node_modules/.package-lock.json');
  return existsSync(installed) && existsSync(node24()) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

function install() {
  say('Installing what is missing (npm ci) …');
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-timeout=60000', '--fetch-retry-maxtimeout=10000'];
  const npm = process.env.npm_execpath;
  const done = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (done.status !== 0) fail('npm ci failed; Benchtone needs its packages. Is there a network?');
}

function buildIsStale() {
  const programs = [
    'main/main.js',
    'engine/engine.js',
    'preload/preload.cjs',
    'renderer/index.html',
    'headless/main.js',
    'simulator/main.js',
  ];
  const built = programs.map((file) => statSync(join(root, 'out', file), { throwIfNoEntry: false })?.mtimeMs ?? 0);
  const oldest = Math.min(...built);
  const sources = ['engine', 'headless', 'electron', 'renderer', 'simulator', 'resources'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((file) => join(root, folder, file)),
  );
  return [...sources, join(root, 'package-lock.json'), join(root, 'electron.vite.config.ts')].some(
    (file) => statSync(file).mtimeMs > oldest,
  );
}

function build() {
  say('Building …');
  const done = spawnSync(node24(), [join(root, 'electron/build.mjs')], { cwd: root, stdio: ['ignore', 2, 2] });
  if (done.status !== 0) fail('the build failed');
}

/** The Node that is installed with the packages: what Electron has inside. */
function node24() {
  return join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function say(words) {
  process.stderr.write(`${words}\n`);
}

function fail(words) {
  say(words);
  process.exit(1);
}
