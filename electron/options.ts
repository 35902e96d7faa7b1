/** The app's own command line: `benchtone [--data DIR] [--settings DIR]`; what Chromium and Node take for themselves is left alone. */
import { parseArgs } from 'node:util';

export type ShellOptions = { readonly data?: string; readonly settings?: string };

export function readOptions(argv: readonly string[]): ShellOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: { data: { type: 'string' }, settings: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  });
  const { data, settings } = values;
  return {
    ...(typeof data === 'string' && data !== '' ? { data } : {}),
    ...(typeof settings === 'string' && settings !== '' ? { settings } : {}),
  };
}
