import { expect, test } from 'vitest';
import { openChromium } from './chromium.js';
import { measureFeed } from './feed.js';

test('a thousand phones changing ten times a second: no frame over 50 ms, less than 300 MB', async () => {
  const browser = await openChromium();
  try {
    const figures = await measureFeed(browser, 1000, 10);
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    expect(figures.batches).toBeGreaterThan(90);
    expect(figures.framesOver50).toBe(0);
    expect(figures.heapUsed).toBeLessThan(300);
    expect(figures.processMemory ?? 0).toBeLessThan(300);
  } finally {
    await browser.close();
  }
});
