/** Sealed values, and the installation's key file. */
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveKey, installationKey, newKey, seal, unseal } from '../../../engine/store/keys.js';
import { DataFolder } from './data-folder.js';

const bytes = (text: string): Buffer => Buffer.from(text);

describe('a sealed value', () => {
  it('opens to what it was, under its key and its context', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (plain, context) => {
        const key = newKey();
        const opened = unseal(key, context, seal(key, context, plain));
        expect(opened === undefined ? undefined : [...opened]).toEqual([...plain]);
      }),
      { numRuns: 300 },
    );
  });

  it('opens to nothing with any one bit changed, cut short anywhere, under another key or in another place', () => {
    const [key, plain] = [newKey(), bytes('Maple!Front-9')];
    const sealed = seal(key, 'row 1', plain);
    const opened: unknown[] = [];
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Uint8Array.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      opened.push(unseal(key, 'row 1', changed));
    }
    for (let length = 0; length < sealed.length; length += 1) opened.push(unseal(key, 'row 1', sealed.subarray(0, length)));
    opened.push(unseal(newKey(), 'row 1', sealed), unseal(key, 'row 2', sealed));
    expect(opened.filter((each) => each !== undefined)).toEqual([]);
  });

  it('is another each time, and does not hold what it hides', () => {
    const [key, plain] = [newKey(), bytes('Maple!Front-9')];
    const [one, other] = [Buffer.from(seal(key, 'row', plain)), Buffer.from(seal(key, 'row', plain))];
    expect(one.equals(other)).toBe(false);
    expect(one.includes(plain)).toBe(false);
  });
});

it('keys for two purposes differ, and each is the same every time', () => {
  const key = newKey();
  expect(deriveKey(key, 'marker')).toEqual(deriveKey(key, 'marker'));
  expect(deriveKey(key, 'marker')).not.toEqual(deriveKey(key, 'input'));
  expect(deriveKey(key, 'marker')).toHaveLength(32);
});

describe('the key file', () => {
  it('is made once, for its owner alone, and read from then on', () => {
    using data = new DataFolder();
    const file = data.path('settings/installation.key');
    const made = installationKey(file);
    expect(made.ok).toBe(true);
    expect(installationKey(file)).toEqual(made);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(data.path('settings')).mode & 0o777).toBe(0o700);
  });

  it('that is damaged is refused, and left as it is', () => {
    using data = new DataFolder();
    const file = data.path('installation.key');
    writeFileSync(file, 'half a key\n');
    expect(installationKey(file)).toMatchObject({ ok: false, refusal: { kind: 'missing', code: 'key.damaged' } });
    expect(data.holding(bytes('half a key'))).toEqual(['installation.key']);
  });

  it('that cannot be made is refused with the reason', () => {
    using data = new DataFolder();
    writeFileSync(data.path('plain'), '');
    chmodSync(data.path('plain'), 0o400);
    expect(installationKey(data.path('plain/installation.key'))).toMatchObject({ ok: false, refusal: { code: 'key.unusable' } });
  });
});
