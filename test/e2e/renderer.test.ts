/** The built window in Chromium, before a bench that is made up: what the hosts' own tests need not look at again. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openChromium } from './chromium.js';
import type { FakeOptions } from './fake-bench.js';
import { hostileTexts } from './fake-phones.js';
import { hostRenderer, type RendererHost } from './renderer-host.js';
import { dropCsv, rail, screens } from './screens.js';

let browser: Browser;
let context: BrowserContext | undefined;
let host: RendererHost | undefined;
const errors: string[] = [];

beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser.close());
afterEach(async () => {
  await context?.close();
  await host?.close();
  errors.length = 0;
});

async function open(
  options: Partial<FakeOptions> = {},
  viewport = { width: 1280, height: 800 },
): Promise<{ readonly page: Page; readonly host: RendererHost }> {
  host = await hostRenderer({ scene: 'busy', phones: 24, language: 'en', theme: 'light', ...options });
  context = await browser.newContext({ viewport, reducedMotion: 'reduce', acceptDownloads: true });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('dialog', (dialog) => errors.push(`dialog: ${dialog.message()}`));
  await page.goto(host.url);
  await page.locator('nav').waitFor();
  return { page, host };
}

/** What stops people from using a page, as axe sees it. */
async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

describe.each(['light', 'dark'] as const)('axe finds nothing serious in the %s theme', (theme) => {
  test.each(screens)('$name', async ({ scene, phones, virtual, state, go }) => {
    const { page } = await open({
      scene,
      theme,
      phones: phones ?? 24,
      virtual: virtual ?? false,
      ...(state === undefined ? {} : { state }),
    });
    await go(page);
    await page.waitForTimeout(300);
    expect(await serious(page)).toEqual([]);
    expect(errors).toEqual([]);
  });
});

test.each(screens)('$name fits a window at 200 % zoom', async ({ scene, phones, state, go }) => {
  const { page } = await open({ scene, phones: phones ?? 24, ...(state === undefined ? {} : { state }) }, { width: 640, height: 400 });
  await go(page);
  const { wide, tall } = (await page.evaluate(
    '({ wide: document.documentElement.scrollWidth - innerWidth, tall: document.documentElement.scrollHeight - innerHeight })',
  )) as { wide: number; tall: number };
  expect({ wide, tall }).toEqual({ wide: 0, tall: 0 });
  const main = (await page.evaluate(
    '(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector("main"))',
  )) as number;
  expect(main).toBeLessThanOrEqual(0);
});

describe('by keyboard alone', () => {
  /** Presses Tab until the element has the focus. */
  async function tabTo(page: Page, selector: string): Promise<void> {
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press('Tab');
      if (await page.locator(selector).evaluateAll((found) => found.some((each) => each === each.ownerDocument.activeElement))) return;
    }
    throw new Error(`${selector} cannot be reached with Tab`);
  }

  test('a phone is found, opened and closed, and the focus comes back', async () => {
    const { page } = await open({ phones: 200 });
    await rail('board')(page);
    await tabTo(page, '[role="grid"]');
    await page.keyboard.press('End');
    await page.locator('[role="row"][aria-selected="true"]').waitFor();
    expect(await page.locator('[role="row"][aria-selected="true"]').getAttribute('aria-rowindex')).toBe('201');
    await page.keyboard.press('Enter');
    await page.locator('[role="dialog"] h2').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[role="dialog"]').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate('document.activeElement.getAttribute("role")')).toBe('grid');
  });

  test('counters filter, columns sort, the bench is stopped', async () => {
    const { page, host } = await open({ scene: 'trouble', phones: 48 });
    await rail('board')(page);
    await tabTo(page, 'button[data-group="failed"]');
    await page.keyboard.press('Space');
    await expect.poll(() => page.locator('[role="row"][data-mac]').count()).toBe(3);
    await tabTo(page, '[data-column="name"] button');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    expect(await page.locator('[data-column="name"]').getAttribute('aria-sort')).toBe('descending');
    await page.locator('header button').last().focus();
    await page.keyboard.press('Enter');
    await page.locator('[role="dialog"] button').last().focus();
    await page.keyboard.press('Enter');
    await page.locator('[role="dialog"]').waitFor({ state: 'detached' });
    expect(host.bench.heard.map(({ name }) => name)).toContain('bench.stop');
  });
});

describe('the board', () => {
  test('shows a change within 250 ms', async () => {
    const { page, host } = await open();
    await rail('board')(page);
    const row = page.locator('[role="row"][aria-rowindex="12"]');
    await row.waitFor();
    await page.evaluate(`
      window.changed = new Promise((resolve) => {
        const seen = document.querySelector('[data-counter="ready"]');
        new MutationObserver(() => requestAnimationFrame(() => resolve(Date.now()))).observe(seen, { childList: true, characterData: true, subtree: true });
      });
      undefined`);
    const sent = Date.now();
    host.bench.advance(12, 6);
    const shown = (await page.evaluate('window.changed')) as number;
    expect(shown - sent).toBeLessThan(250);
  });

  test('can be read from five metres: digits 11 mm high at 96 dpi, half as large again as the eye needs (7.5 minutes of arc)', async () => {
    const { page } = await open();
    await rail('board')(page);
    const heights = (await page.evaluate(`[...document.querySelectorAll('[data-counter]')].map((each) => {
      const { fontWeight, fontSize, fontFamily } = getComputedStyle(each);
      const context = document.createElement('canvas').getContext('2d');
      context.font = [fontWeight, fontSize, fontFamily].join(' ');
      return (context.measureText('0123456789').actualBoundingBoxAscent * 25.4) / 96;
    })`)) as number[];
    expect(heights.length).toBeGreaterThanOrEqual(5);
    expect(Math.min(...heights)).toBeGreaterThan(11);
  });

  test('asks for a snapshot after a gap in the numbers and after the engine started anew', async () => {
    const { page, host } = await open();
    await rail('board')(page);
    const ready = page.locator('[data-counter="ready"]');
    await expect.poll(() => ready.textContent()).toBe('11');
    host.bench.lose(12, 6);
    host.bench.advance(13, 6);
    await expect.poll(() => ready.textContent()).toBe('13');
    host.bench.restart();
    host.bench.advance(14, 6);
    await expect.poll(() => ready.textContent()).toBe('14');
  });

  test('says when the connection is lost, and when the page has ended', async () => {
    const { page, host } = await open();
    await rail('board')(page);
    host.end();
    await page.locator('h1', { hasText: 'This page has ended' }).waitFor({ timeout: 15_000 });
  });
});

test('what strangers send stays text', async () => {
  const { page } = await open({ scene: 'trouble', phones: 48 });
  await rail('board')(page);
  await page.locator('input[type="search"]').fill('192.168.77.32');
  await page.locator('[role="row"][data-mac]').first().click();
  const dialog = page.locator('[role="dialog"]');
  await dialog.locator('ol li').nth(7).waitFor();
  const list = dialog.locator('[role="group"]').last();
  await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await page.waitForTimeout(300);
  const shown = await page.locator('body').textContent();
  expect(shown).toContain('<script>alert(1)</script>');
  expect(shown).toContain('⟦U+202E⟧');
  expect(shown).not.toMatch(/[\u202A-\u202E\u2066-\u2067\u200B-\u200F]|(?!\n)\p{Cc}/u);
  expect(shown).not.toContain(hostileTexts.long);
  expect(await page.locator('main script, [role="dialog"] script, img').count()).toBe(0);
  expect(errors).toEqual([]);
});

test('text becomes markup or script nowhere, whoever writes it there; styles are as they should be', async () => {
  const { page } = await open();
  await rail('settings')(page);
  const said = await page.evaluate(`[
    () => { document.body.innerHTML = '<img src=x onerror="window.hacked = 1">'; },
    () => { document.body.insertAdjacentHTML('beforeend', '<b>x</b>'); },
    () => { document.createElement('script').text = 'window.hacked = 2'; },
    () => trustedTypes.createPolicy('default', { createHTML: (text) => text }),
    () => trustedTypes.createPolicy('other', { createHTML: (text) => text }),
  ].map((attempt) => { try { attempt(); return 'done'; } catch (error) { return error.name; } })`);
  expect([said, await page.evaluate('window.hacked ?? null')]).toEqual([
    ['TypeError', 'TypeError', 'TypeError', 'TypeError', 'TypeError'],
    null,
  ]);
  expect(await page.locator('nav').evaluate((nav) => nav.ownerDocument.defaultView?.getComputedStyle(nav).display)).toBe('flex');
});

describe('a new job', () => {
  test('offers both readings, the likelier first, and goes on with the one chosen', async () => {
    const { page, host } = await open({ scene: 'empty' });
    await rail('draft')(page);
    await dropCsv(page, 'letters.csv');
    await page.getByRole('button', { name: 'This one is right' }).first().click();
    await page.locator('main [role="table"]').waitFor();
    expect(host.bench.heard.findLast(({ name }) => name === 'draft.check')?.input).toMatchObject({ encoding: 'shift_jis' });
  });

  test('shows what columns were taken for, and takes the word of the person', async () => {
    const { page, host } = await open({ scene: 'empty' });
    await rail('draft')(page);
    await page.getByRole('radio', { name: 'Office, one line per phone' }).check();
    await dropCsv(page, 'columns.csv');
    await page.getByRole('button', { name: 'Looks like MAC addresses: take it' }).click();
    await page.getByRole('button', { name: 'Looks like models: take it' }).click();
    await page.locator('main [role="table"]').waitFor();
    expect(host.bench.heard.findLast(({ name }) => name === 'draft.check')?.input).toMatchObject({
      columns: { mac: 'Hardware', model: '機種コード' },
    });
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Remember in the recipe' }).click();
    expect((await saving).suggestedFilename()).toBe('office.yaml');
    expect(host.bench.heard.findLast(({ name }) => name === 'draft.remember')?.input).toMatchObject({ columns: { mac: 'Hardware' } });
  });

  test('shows what a second list of an open job changes, and applies it as its next revision', async () => {
    const { page, host } = await open({ scene: 'empty' });
    await rail('draft')(page);
    await dropCsv(page, 'second.csv');
    const own = page.getByRole('radio', { name: 'It is a job of its own' });
    const next = page.getByRole('radio', { name: /It is a new list for Acme head office/ });
    expect(await own.isChecked()).toBe(true); // without a recipe all settings would go
    await page.getByRole('radio', { name: /^Office/ }).check();
    await page.getByRole('list', { name: 'What changes' }).waitFor();
    expect([await next.isChecked(), host.bench.heard.some(({ name }) => name === 'bench.start')]).toEqual([true, false]); // proposed, no more
    await own.check();
    expect(await page.getByRole('list', { name: 'What changes' }).count()).toBe(0);
    await next.check();
    const changes = page.getByRole('list', { name: 'What changes' });
    await changes.waitFor();
    expect(await changes.locator('li').evaluateAll((all) => all.map((each) => each.getAttribute('data-kind')))).toEqual([
      'changed',
      'changed',
      'added',
      'removed',
      'removed',
    ]);
    await changes.getByRole('checkbox').check();
    await page.getByText('As a new list for Acme head office').waitFor();
    await page.getByRole('button', { name: 'Start the bench' }).click();
    await page.locator('[role="row"][data-mac]').first().waitFor();
    expect(host.bench.heard.findLast(({ name }) => name === 'bench.start')?.input).toMatchObject({
      revise: { job: '20261120-aa11bb22', again: [expect.any(String)] },
    });
  });

  test('starts once the bad lines are left out, and is exported', async () => {
    const { page, host } = await open({ scene: 'empty' });
    await rail('draft')(page);
    await dropCsv(page, 'trouble.csv');
    const start = page.getByRole('button', { name: 'Start the bench' });
    expect(await start.isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: /Leave lines out/ }).check();
    await start.click();
    await page.locator('[role="row"][data-mac]').first().waitFor();
    expect(host.bench.heard.findLast(({ name }) => name === 'bench.start')?.input).toMatchObject({ skipBad: true, interface: 'enp3s0' });
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Result as CSV' }).click();
    expect((await saving).suggestedFilename()).toBe('acme-head-office.csv');
  });

  test('refuses a dangerous interface until its name is typed', async () => {
    const { page, host } = await open({ scene: 'empty' });
    await rail('draft')(page);
    await dropCsv(page, 'acme.csv');
    const start = page.getByRole('button', { name: 'Start the bench' });
    await page.locator('[data-interface="eno1"] input[type="radio"]').check();
    expect(await start.isDisabled()).toBe(true);
    await page.getByLabel(/Only if you are sure/).fill('eno1');
    await start.click();
    await page.locator('[role="row"][data-mac]').first().waitFor();
    expect(host.bench.heard.findLast(({ name }) => name === 'bench.start')?.input).toMatchObject({ despite: 'eno1' });
  });
});

test('language and theme change on the fly and are kept', async () => {
  const { page, host } = await open({ scene: 'empty' });
  await rail('settings')(page);
  await page.getByRole('radio', { name: '日本語' }).check();
  await page.locator('h1', { hasText: '設定' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('ja');
  await page.getByRole('radio', { name: 'ダーク' }).check();
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  expect(host.bench.heard.filter(({ name }) => name === 'settings.write').map(({ input }) => input)).toEqual([
    { language: 'ja' },
    { theme: 'dark' },
  ]);
});
