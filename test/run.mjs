/**
 * `npm test`: every check there is, one after the other, and at the end one line with the counts.
 *
 * Needs no preparation: installs the locked packages when they are missing or stale and, as root on Debian, the programs the
 * interop tests talk to. Elsewhere it prints the one command that would, runs what it can, and says what it left out and why.
 * Plain JavaScript without dependencies, for it has to start on a fresh clone, under Node 20 as well.
 *
 *   npm test                        everything
 *   npm test -- --only types,unit   those steps alone
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const bin = (name) => join(root, 'node_modules/.bin', name);
const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH ?? ''}` };

/** Debian package -> a program it brings, or a file where it brings none. */
const peers = {
  udhcpc: 'udhcpc',
  'isc-dhcp-client': 'dhclient',
  'dhcpcd-base': 'dhcpcd',
  'kea-admin': 'perfdhcp',
  'isc-dhcp-relay': 'dhcrelay',
  'tftp-hpa': 'tftp',
  atftp: 'atftp',
  busybox: 'busybox',
  curl: 'curl',
  'libxml2-utils': 'xmllint',
  'dnsmasq-base': 'dnsmasq',
  bsdutils: 'logger',
  iproute2: 'ip',
  tcpdump: 'tcpdump',
  tshark: 'tshark',
  openssl: 'openssl',
  nftables: 'nft',
  procps: 'sysctl',
};
const browser = { chromium: 'chromium', 'fonts-noto-cjk': '/usr/share/doc/fonts-noto-cjk' };

const tally = { passed: 0, failed: 0 };
const leftOut = [];
const results = mkdtempSync(join(tmpdir(), 'benchtone-test-'));

const steps = {
  types: () => command('types', 'tsc', ['-p', '.']),
  'window types': () => command('window types', 'tsc', ['-p', 'renderer']),
  lint: () => command('lint', 'oxlint', ['--type-aware', '--deny-warnings', '.']),
  format: () => command('format', 'oxfmt', ['--check', '.']),
  boundaries,
  unused: () => command('unused', 'knip', []),
  build: () => command('build', 'node', ['headless/build.mjs']),
  unit: () => vitest('unit'),
  process: () => vitest('process'),
  interop,
  'desktop build': () => command('desktop build', 'node', ['electron/build.mjs']),
  electron: () => inBrowser('electron'),
  e2e: () => inBrowser('e2e'),
  package: () => vitest('package'),
};

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1]?.split(',') : undefined;
for (const name of only ?? [])
  if (!(name in steps)) throw new Error(`no step is called ${name}; there are ${Object.keys(steps).join(', ')}`);

installPackages();
installPrograms({
  ...(wanted('interop') ? peers : {}),
  ...(wanted('electron') || wanted('e2e') ? browser : {}),
});
for (const [name, step] of Object.entries(steps)) {
  if (only !== undefined && !only.includes(name)) continue;
  const started = Date.now();
  console.log(`\n== ${name}`);
  step();
  console.log(`== ${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
rmSync(results, { recursive: true, force: true });
for (const line of leftOut) console.log(`left out: ${line}`);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed === 0 && tally.passed > 0 ? 0 : 1);

function installPackages() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs && existsSync(bin('node')))
    return;
  console.log('== installing the locked packages: npm ci');
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit' });
  if (done.status !== 0) {
    console.log('npm ci failed; nothing can be tested\n0 passed, 1 failed');
    process.exit(1);
  }
}

function wanted(step) {
  return only === undefined || only.includes(step);
}

/** The packages of a list that are not here. */
function missing(programs) {
  const isHere = (sign) =>
    sign.startsWith('/') ? existsSync(sign) : spawnSync('sh', ['-c', `command -v ${sign}`], { env: withSbin() }).status === 0;
  return Object.entries(programs)
    .filter(([, sign]) => !isHere(sign))
    .map(([name]) => name);
}

/** As root on Debian installs the programs that are missing; a policy-rc.d keeps their services from being started. */
function installPrograms(programs) {
  const lacking = missing(programs);
  if (lacking.length === 0) return;
  const apt = `apt-get update && apt-get install -y --no-install-recommends ${lacking.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    console.log(`Some tests need programs that are not here. On Debian, as root:\n  ${apt}`);
    return;
  }
  console.log(`== installing Debian packages: ${lacking.join(' ')}`);
  const policy = '/usr/sbin/policy-rc.d';
  const mine = !existsSync(policy);
  if (mine) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const done = spawnSync('sh', ['-c', `(${apt}) >${join(results, 'apt.log')} 2>&1`], {
      env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (done.status !== 0) console.log(readFileSync(join(results, 'apt.log'), 'utf8').split('\n').slice(-15).join('\n'));
  } finally {
    if (mine) rmSync(policy, { force: true });
  }
}

function withSbin() {
  return { ...env, PATH: `${env.PATH}:/usr/sbin:/sbin` };
}

function command(name, program, args) {
  const done = spawnSync(bin(program), args, { cwd: root, env, stdio: 'inherit' });
  count(name, done.status === 0);
  return done.status === 0;
}

function count(name, good) {
  tally[good ? 'passed' : 'failed'] += 1;
  if (!good) console.log(`FAILED: ${name}`);
}

/** The layers. A cruise that saw fewer modules than there are source files proves nothing, so it fails. */
function boundaries() {
  const folders = ['engine', 'headless', 'electron', 'renderer', 'simulator', 'test'].filter((folder) => existsSync(join(root, folder)));
  const done = spawnSync(bin('depcruise'), [...folders, '--config', '.dependency-cruiser.cjs', '--output-type', 'json'], {
    cwd: root,
    env,
    maxBuffer: 1 << 28,
  });
  const sources = folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }))
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file)).length;
  let cruised = 0;
  let violations = [];
  try {
    const { summary, modules } = JSON.parse(done.stdout.toString());
    cruised = modules.filter((module) => /^(engine|headless|electron|renderer|simulator|test)\//.test(module.source)).length;
    violations = summary.violations.map((each) => `${each.rule.name}: ${each.from} -> ${each.to}`);
  } catch {
    console.log(done.stderr.toString());
  }
  console.log(`${cruised} modules cruised, ${sources} source files`);
  for (const line of violations) console.log(line);
  count('boundaries', violations.length === 0 && cruised >= sources && sources > 0);
}

function vitest(project) {
  const file = join(results, `${project}.json`);
  spawnSync(
    bin('node'),
    [bin('vitest'), 'run', '--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    {
      cwd: root,
      env: withSbin(),
      stdio: 'inherit',
    },
  );
  if (!existsSync(file)) return count(`${project} (no result)`, false);
  const { numPassedTests, numFailedTests, numPendingTests, success } = JSON.parse(readFileSync(file, 'utf8'));
  tally.passed += numPassedTests;
  tally.failed += numFailedTests;
  if (!success && numFailedTests === 0) count(`${project} (a file could not be run)`, false);
  if (numPendingTests > 0) leftOut.push(`${numPendingTests} tests of ${project}, for the reasons they printed`);
}

function interop() {
  const namespace = `bt-probe-${process.pid}`;
  const namespaces = process.getuid?.() === 0 && spawnSync('ip', ['netns', 'add', namespace], { env: withSbin() }).status === 0;
  if (namespaces) spawnSync('ip', ['netns', 'del', namespace], { env: withSbin() });
  if (!namespaces) return void leftOut.push('interop: it makes network namespaces, which takes root on Linux');
  withPrograms('interop', peers);
}

function inBrowser(project) {
  withPrograms(project, browser);
}

/** Runs a project when its programs are here; says so when they are not, and fails where they had to be. */
function withPrograms(project, programs) {
  const lacking = missing(programs);
  if (lacking.length === 0) return vitest(project);
  if (process.env.CI === 'true') count(`${project}: ${lacking.join(', ')} could not be installed`, false);
  leftOut.push(`${project}: programs are missing (${lacking.join(', ')})`);
}
