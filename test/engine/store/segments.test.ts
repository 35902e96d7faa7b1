/** Raw syslog lines in segments: the newest are kept, never more than there is room for. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Segments } from '../../../engine/store/segments.js';
import { DataFolder } from './data-folder.js';

const limits = { bytes: 1000, count: 3 };
const line = (number: number): string => `line ${String(number).padStart(6, '0')} ${'x'.repeat(60)}`;
const files = (folder: string): string[] => readdirSync(folder).sort();
const text = (folder: string): string =>
  files(folder)
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
    .join('');

it('keeps the newest lines in their order, in so many files of such a size, over restarts', () => {
  using data = new DataFolder();
  const folder = data.path('syslog');
  for (let start = 0; start < 5; start += 1) {
    const segments = new Segments(folder, limits);
    for (let number = 0; number < 100; number += 1) {
      segments.add(line(start * 100 + number));
      expect(segments.flush()).toBe(true);
    }
    expect(files(folder)).toHaveLength(limits.count);
    for (const name of files(folder)) expect(statSync(`${folder}/${name}`).size).toBeLessThanOrEqual(limits.bytes);
  }
  const kept = text(folder).trimEnd().split('\n');
  expect(kept.at(-1)).toBe(line(499));
  expect(kept).toEqual(kept.map((_, index) => line(500 - kept.length + index)));
  expect(statSync(`${folder}/${files(folder)[0]}`).mode & 0o777).toBe(0o600);
});

it('keeps one line as one, and writes by itself when many wait', async () => {
  using data = new DataFolder();
  const segments = new Segments(data.path('syslog'));
  segments.add('two\r\nlines');
  for (let number = 0; number < 255; number += 1) segments.add(line(number));
  await setImmediate();
  expect(text(data.path('syslog')).split('\n')).toHaveLength(257);
  expect(text(data.path('syslog'))).toMatch(/^two lines\n/);
});

it('loses lines rather than the bench when they cannot be written, and says so once', () => {
  using data = new DataFolder();
  const said: string[] = [];
  const segments = new Segments(data.path('syslog'), { onTrouble: (reason) => said.push(reason) });
  const lose = (): boolean[] =>
    ['one', 'two'].map((text) => {
      segments.add(text);
      return segments.flush();
    });
  rmSync(data.path('syslog'), { recursive: true });
  expect(lose()).toEqual([false, false]);
  expect(segments.flush()).toBe(true);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('ENOENT');
  mkdirSync(data.path('syslog'));
  expect(lose()).toEqual([true, true]);
  rmSync(data.path('syslog'), { recursive: true });
  expect(lose()).toEqual([false, false]);
  expect(said).toHaveLength(2);
});
