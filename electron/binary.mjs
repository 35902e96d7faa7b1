/**
 * Electron's own program: where it is, fetched when it is missing. Since version 42 `npm ci` does not fetch it. Plain JavaScript for Node 20.
 * It is not to be had on a machine without a display, and when the download makes no progress.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How often the download is looked at, in milliseconds. */
const lookEveryMs = 500;

/**
 * Gives `{ path }`, or `{ why }` in words when it can't be had. `stallMs`: how long a download may make no progress.
 *
 * @param {{ root: string, environment: Record<string, string | undefined>, platform: string, stallMs?: number }} where
 */
export async function electronBinary({ root, environment, platform, stallMs = 20_000 }) {
  if (platform === 'linux' && !environment.DISPLAY && !environment.WAYLAND_DISPLAY) return { why: 'there is no display here' };
  const folder = join(root, 'node_modules/electron');
  const here = locate(folder, environment);
  if (here !== undefined) return { path: here };
  const why = await fetchInto(folder, environment, stallMs);
  const fetched = why === undefined ? locate(folder, environment) : undefined;
  return fetched === undefined ? { why: why ?? 'Electron was fetched but is not there' } : { path: fetched };
}

/** Where the package's own `index.js` would look, without its download. */
function locate(folder, { ELECTRON_OVERRIDE_DIST_PATH: instead }) {
  const note = join(folder, 'path.txt');
  const name = existsSync(note) ? readFileSync(note, 'utf8') : undefined;
  const path = instead ? join(instead, name ?? 'electron') : join(folder, 'dist', name ?? '');
  return (instead || name !== undefined) && existsSync(path) ? path : undefined;
}

/** Runs the package's own installer; undefined once it is done, else why it is not. */
async function fetchInto(folder, environment, stallMs) {
  const installer = join(folder, 'install.js');
  if (!existsSync(installer)) return 'the package electron is not installed';
  const scratch = mkdtempSync(join(tmpdir(), 'benchtone-electron-'));
  const env = { ...environment, TMPDIR: scratch, TMP: scratch, TEMP: scratch };
  process.stderr.write('Fetching Electron, once …\n');
  const child = spawn(process.execPath, [installer], { env, stdio: 'ignore' });
  try {
    return await new Promise((resolve) => {
      let size = 0;
      let since = Date.now();
      const timer = setInterval(() => {
        const now = bytesIn(scratch) + bytesIn(join(folder, 'dist'));
        if (now !== size) [size, since] = [now, Date.now()];
        else if (Date.now() - since >= stallMs) {
          child.kill('SIGKILL');
          resolve(`the download of Electron made no progress for ${stallMs / 1000} s`);
        }
      }, lookEveryMs);
      child.on('error', (error) => resolve(`Electron could not be fetched (${error.message})`));
      child.on('exit', (code) => {
        clearInterval(timer);
        resolve(code === 0 ? undefined : 'Electron could not be fetched');
      });
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

function bytesIn(folder) {
  let sum = 0;
  try {
    for (const name of readdirSync(folder, { recursive: true })) sum += statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    // not there yet, or just being moved
  }
  return sum;
}
