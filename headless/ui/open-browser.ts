/** Opens an address in the default browser, where there is one to be opened; that it could not be done is nobody's trouble. */
import { spawn } from 'node:child_process';

type Environment = Readonly<Record<string, string | undefined>>;

export function openBrowser(address: string, environment: Environment, platform: string = process.platform): void {
  const command = openerOf(environment, platform);
  if (command === undefined) return;
  const [program, ...args] = command;
  spawn(program, [...args, address], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

/** The platform's way to open an address; none on a machine without a display. */
export function openerOf(environment: Environment, platform: string): readonly [string, ...string[]] | undefined {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  const display = [environment['DISPLAY'], environment['WAYLAND_DISPLAY']].some((each) => each !== undefined && each !== '');
  return display ? ['xdg-open'] : undefined;
}
