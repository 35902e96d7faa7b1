import { expect, it } from 'vitest';
import type { FileAnswer, FileRequest } from '../../../engine/services/files.js';
import { recentAnswers } from '../../../engine/services/recent-answers.js';

const request = (path: string): FileRequest => ({ transport: 'http', path, from: '127.0.0.1' });
const file: FileAnswer = { kind: 'file', file: '/x', size: 1, purpose: 'folder' };

it('a found file is looked for once in a moment, and again after it', async () => {
  let [now, looks] = [0, 0];
  const source = recentAnswers({ find: async () => ((looks += 1), file) }, () => now);
  for (let i = 0; i < 10; i += 1) expect(await source.find(request('/x'))).toEqual(file);
  expect(looks).toBe(1);
  now = 250;
  await source.find(request('/x'));
  await source.find(request('/y'));
  expect(looks).toBe(3);
});

it('a missing file is looked for each time', async () => {
  let there = false;
  const source = recentAnswers({ find: async () => (there ? file : { kind: 'missing' }) }, () => 0);
  expect(await source.find(request('/x'))).toEqual({ kind: 'missing' });
  there = true;
  expect(await source.find(request('/x'))).toEqual(file);
});

it('names without end are not all remembered', async () => {
  let looks = 0;
  const source = recentAnswers({ find: async () => ((looks += 1), file) }, () => 0);
  for (let i = 0; i < 2_500; i += 1) await source.find(request(`/${i}`));
  await source.find(request('/0'));
  expect(looks).toBe(2_501);
});

it('those who ask at once share one look', async () => {
  let looks = 0;
  const source = recentAnswers({ find: async () => ((looks += 1), file) }, () => 0);
  const answers = await Promise.all(Array.from({ length: 1_000 }, () => source.find(request('/x'))));
  expect([looks, answers.every((answer) => answer === file)]).toEqual([1, true]);
});
