import { describe, expect, it } from 'vitest';
import { readArguments } from '../../headless/arguments.js';
import { usageText } from '../../headless/words/usage.js';

describe('arguments', () => {
  it.each([
    [['--timeout', '-5'], 'usage.value', { option: '--timeout' }],
    [['--timeout'], 'usage.value', { option: '--timeout' }],
    [['--json=1'], 'usage.no-value', { option: '--json' }],
    [['phones.csv'], 'usage.stray', { value: 'phones.csv' }],
    [['-x'], 'usage.option', { option: '-x' }],
    [['--recipie', 'x'], 'usage.option', { option: '--recipie', suggestion: '--recipe' }],
  ])('%j are refused in words of ours', (argv, code, params) => {
    expect(readArguments('run', argv)).toEqual({ ok: false, refusal: { kind: 'usage', code, params } });
  });

  it('help of a command says that command alone', () => {
    expect(usageText('run')).toContain('--despite-default-route');
    expect(usageText('run')).not.toContain('manifest.csv');
    expect(usageText('nothing')).toBe(usageText());
  });
});
