/**
 * Makes the pictures again, of the window as it was built.
 *
 *   npm run pictures                           those of the documentation
 *   npm run pictures -- FOLDER [NAME-PART]     of every screen: both languages, both themes, two sizes and 200 % zoom
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openChromium } from './chromium.js';
import type { FakeOptions, Scene } from './fake-bench.js';
import { hostRenderer } from './renderer-host.js';
import { screens } from './screens.js';
import { smallerPng } from './smaller-png.js';

const sizes = { small: { width: 1280, height: 800 }, large: { width: 1920, height: 1080 }, zoomed: { width: 640, height: 400 } } as const;

/** The documentation's, each by the name it has among all. */
const documented: Readonly<Record<string, string>> = {
  'board-trouble-en-light-small': 'board',
  'board-virtual-ja-dark-small': 'board-ja-dark',
  'draft-trouble-en-light-small': 'new-job',
  'phone-failed-en-light-small': 'phone',
};

const [given, part = ''] = process.argv.slice(2);
const folder = given ?? 'docs/screenshots';
mkdirSync(folder, { recursive: true });
const browser = await openChromium();
for (const language of ['en', 'ja'] as const)
  for (const theme of ['light', 'dark'] as const)
    for (const screen of screens)
      for (const [size, viewport] of Object.entries(sizes)) {
        const name = `${screen.name}-${language}-${theme}-${size}`;
        const file = given === undefined ? documented[name] : name;
        if (file === undefined || !name.includes(part)) continue;
        const options: FakeOptions = {
          scene: screen.scene satisfies Scene,
          phones: screen.phones ?? 24,
          language,
          theme,
          virtual: screen.virtual ?? false,
          ...(screen.state === undefined ? {} : { state: screen.state }),
        };
        await picture(options, viewport, join(folder, `${file}.png`), screen.go);
      }
await browser.close();

async function picture(
  options: FakeOptions,
  viewport: { width: number; height: number },
  path: string,
  go: (page: Page) => Promise<void>,
): Promise<void> {
  const host = await hostRenderer(options);
  const context = await browser.newContext({ viewport, locale: options.language, timezoneId: 'Asia/Tokyo', reducedMotion: 'reduce' });
  try {
    const page = await context.newPage();
    await page.clock.setFixedTime(new Date('2026-11-22T09:03:20.000Z'));
    await page.goto(host.url);
    await page.locator('nav').waitFor();
    await go(page);
    await page.waitForTimeout(250);
    writeFileSync(path, smallerPng(await page.screenshot()));
  } finally {
    await context.close();
    await host.close();
  }
}
