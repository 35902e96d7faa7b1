/** Without a mouse: on every screen the Tab key comes to everything that can be pressed, chosen or typed into, and shows where it is. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium } from './chromium.js';
import { hostRenderer } from './renderer-host.js';
import { screens } from './screens.js';

/** Presses until the focus is back where it began; no screen has more to press. */
const most = 250;
let browser: Browser;

beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser.close());

/**
 * What can be worked with and was not reached: of a group of radios one is enough (the arrow keys do the rest), of tabs and menus too;
 * what lies under a dialog cannot be reached, and must not.
 */
const missed = `(() => {
  const dialog = [...document.querySelectorAll('[role="dialog"]')].at(-1); // the topmost
  const scope = dialog ?? document;
  const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const radios = new Set([...scope.querySelectorAll('input[type=radio][data-reached]')].map(({ name }) => name));
  return [...scope.querySelectorAll('button, a[href], input, select, textarea, [tabindex="0"]')]
    .filter((element) => !element.disabled && !element.hidden && element.type !== 'file' && seen(element))
    .filter((element) => element.tabIndex >= 0 || element.closest('[role=tablist], [role=menu], [role=grid]') === null)
    .filter((element) => element.dataset.reached === undefined && !(element.type === 'radio' && radios.has(element.name)))
    .map((element) => element.outerHTML.slice(0, 120));
})()`;

/** Marks what has the focus, and says so; 'again' where it was marked before, 'unseen' where nothing shows that the focus is there. */
const mark = `(() => {
  const here = document.activeElement;
  if (here === null || here === document.body) return 'nothing';
  if (here.dataset.reached !== undefined) return 'again';
  here.dataset.reached = '';
  const parts = [here, here.parentElement, here.nextElementSibling, ...here.querySelectorAll('*')].filter((each) => each !== null);
  const look = () => parts.map((each) => {
    const { outline, boxShadow, border, backgroundColor } = getComputedStyle(each);
    return [outline, boxShadow, border, backgroundColor].join();
  }).join('|');
  const focused = look();
  here.blur();
  const plain = look();
  here.focus({ preventScroll: true });
  return focused === plain ? 'unseen: ' + here.outerHTML.slice(0, 120) : 'reached';
})()`;

async function walk(page: Page): Promise<string[]> {
  const unseen: string[] = [];
  let again = 0;
  for (let presses = 0; presses < most && again < 3; presses += 1) {
    await page.keyboard.press('Tab');
    const found = String(await page.evaluate(mark));
    if (found.startsWith('unseen')) unseen.push(found);
    if (found === 'again') again += 1;
  }
  return unseen;
}

test.each(screens)('$name', async ({ scene, phones, virtual, state, go }) => {
  const host = await hostRenderer({
    scene,
    phones: phones ?? 24,
    language: 'en',
    theme: 'light',
    virtual: virtual ?? false,
    ...(state === undefined ? {} : { state }),
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  try {
    const page = await context.newPage();
    await page.goto(host.url);
    await page.locator('nav').waitFor();
    await go(page);
    const unseen = await walk(page);
    expect([unseen, await page.evaluate(missed)]).toEqual([[], []]);
  } finally {
    await context.close();
    await host.close();
  }
});
