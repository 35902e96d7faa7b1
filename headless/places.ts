/** Where the command line keeps things: the data folder and the installation's key file, which is never in it. */
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** A path as the person typed it: npm runs scripts in the package's folder, but says where it was called. */
export function pathFrom(environment: Environment, path: string): string {
  return resolve(environment['INIT_CWD'] ?? process.cwd(), path);
}

/** `--data`, or the platform's place for an application's data. */
export function dataFolder(environment: Environment, given: string | undefined): string {
  if (given !== undefined) return pathFrom(environment, given);
  if (process.platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData/Local'), 'Benchtone/data');
  if (process.platform === 'darwin') return join(homedir(), 'Library/Application Support/Benchtone/data');
  return join(settingOr(environment['XDG_DATA_HOME'], join(homedir(), '.local/share')), 'benchtone');
}

/** The installation's key: `BENCHTONE_KEY_FILE`, or a file among the person's settings. */
export function keyFile(environment: Environment): string {
  const given = environment['BENCHTONE_KEY_FILE'];
  if (given !== undefined && given !== '') return pathFrom(environment, given);
  if (process.platform === 'win32') return join(environment['APPDATA'] ?? join(homedir(), 'AppData/Roaming'), 'Benchtone/installation.key');
  if (process.platform === 'darwin') return join(homedir(), 'Library/Preferences/benchtone/installation.key');
  return join(settingOr(environment['XDG_CONFIG_HOME'], join(homedir(), '.config')), 'benchtone/installation.key');
}

/** An empty or relative path counts as not set (XDG Base Directory Specification). */
function settingOr(path: string | undefined, otherwise: string): string {
  return path !== undefined && isAbsolute(path) ? path : otherwise;
}
