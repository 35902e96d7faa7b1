import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileMemory } from '../../../engine/services/file-memory.js';

let folder: string;
let now: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'btFileMemory-'));
  now = 0;
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const memory = (budget: number) => fileMemory({ budget, now: () => now });

describe('the memory for files', () => {
  it('reads a file once, and gives everybody the same bytes', async () => {
    await writeFile(at('a'), 'hello');
    const files = memory(100);
    const [one, two] = await Promise.all([files.hold(at('a')), files.hold(at('a'))]);
    const three = files.hold(at('a'));
    expect(Buffer.from(one!.bytes).toString()).toBe('hello');
    expect(two!.bytes).toBe(one!.bytes);
    expect(three).not.toBeInstanceOf(Promise);
    expect(one!.bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(files.held).toBe(5);
  });

  it('notices a change by size or by time, and lets a sender end with what he began', async () => {
    await writeFile(at('a'), 'first');
    const files = memory(100);
    const first = await files.hold(at('a'));
    await writeFile(at('a'), 'other');
    await utimes(at('a'), 1, 1);
    now += 1_000;
    const other = await files.hold(at('a'));
    expect([first, other].map((each) => Buffer.from(each!.bytes).toString())).toEqual(['first', 'other']);
    expect(other!.modified).toBe(1_000);
    expect(files.held).toBe(10);
    first![Symbol.dispose]();
    first![Symbol.dispose]();
    expect(files.held).toBe(5);
  });

  it('lets go of what was used longest ago, never of what is in use', async () => {
    for (const name of ['a', 'b', 'c']) await writeFile(at(name), name.repeat(40));
    const files = memory(100);
    const a = await files.hold(at('a'));
    const b = await files.hold(at('b'));
    expect(await files.hold(at('c'))).toBeUndefined();
    b![Symbol.dispose]();
    expect(await files.hold(at('c'))).toBeDefined();
    expect(files.held).toBe(80);
    expect(files.hold(at('a'))).toMatchObject({ bytes: a!.bytes });
    expect(files.hold(at('b'))).toBeInstanceOf(Promise);
  });

  it('has nothing of folders, of what is not there and of what is too big', async () => {
    await writeFile(at('big'), 'x'.repeat(101));
    const files = memory(100);
    for (const path of [folder, at('none'), at('big'), 'a\0b']) expect(await files.hold(path)).toBeUndefined();
    expect(files.held).toBe(0);
  });

  it('whatever is held and let go, counts right and keeps to its budget', async () => {
    const names = ['0', '10', '30', '60', '90'];
    for (const name of names) await writeFile(at(name), 'x'.repeat(Number(name)));
    const step = fc.record({ name: fc.constantFrom(...names), letGo: fc.nat(3), later: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        const files = memory(100);
        const using: Disposable[] = [];
        for (const { name, letGo, later } of steps) {
          if (later) now += 300;
          const held = await files.hold(at(name));
          if (held !== undefined) {
            expect(held.bytes.length).toBe(Number(name));
            using.push(held);
          }
          for (const each of using.splice(0, letGo)) each[Symbol.dispose]();
          expect(files.held).toBeLessThanOrEqual(100);
        }
        for (const each of using) each[Symbol.dispose]();
        expect(await files.hold(at('90'))).toBeDefined();
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});
