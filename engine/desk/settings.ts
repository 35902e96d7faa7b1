/** What a person has set: language and theme. What was kept and can no longer be is as if never set. */
import { calls, type Input, type Output } from '../contract/calls.js';
import type { Settings } from '../store/settings.js';

const unset: Output<'settings.read'> = { language: null, theme: 'auto' };

export function readSettings(settings: Settings): Output<'settings.read'> {
  const read = calls['settings.read'].output.safeParse({
    language: settings.get('language') ?? unset.language,
    theme: settings.get('theme') ?? unset.theme,
  });
  return read.success ? read.data : unset;
}

export function writeSettings(settings: Settings, wishes: Input<'settings.write'>): void {
  for (const [name, value] of Object.entries(wishes)) if (value !== undefined) settings.set(name, value);
}
