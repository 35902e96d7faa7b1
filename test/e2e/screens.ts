/** Every screen there is, and how a person gets there. Found by what does not change with the language. */
import type { Page } from 'playwright-core';
import type { FakeOptions, Scene } from './fake-bench.js';

export type Screen = {
  readonly name: string;
  readonly scene: Scene;
  readonly phones?: number;
  readonly virtual?: boolean;
  readonly state?: FakeOptions['state'];
  readonly go: (page: Page) => Promise<void>;
};

export function rail(screen: string): (page: Page) => Promise<void> {
  return async (page) => {
    await page.locator(`nav [data-screen="${screen}"]`).click();
    await page.locator('h1').waitFor();
  };
}

/** Drops a file on the new job's page. */
export async function dropCsv(page: Page, name: string): Promise<void> {
  await page.locator('input[data-file="csv"]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from('mac,model\n') });
  await page.locator('main [role="table"], main section[aria-labelledby="readings"]').first().waitFor();
}

async function board(page: Page): Promise<void> {
  await rail('board')(page);
  await page.locator('[role="row"][data-mac]').first().waitFor();
}

async function phone(page: Page, group: string): Promise<void> {
  await board(page);
  await page.locator(`[data-counter="${group}"]`).click();
  await page.locator(`[role="row"][data-group="${group}"]`).first().click();
  await page.locator('[role="dialog"] ol li').nth(7).waitFor();
}

/** A technical page behind the board. */
function closer(index: number): (page: Page) => Promise<void> {
  return async (page) => {
    await board(page);
    await page.locator('header button[aria-haspopup="menu"]').click();
    await page.locator('[role="menuitem"]').nth(index).click();
    await page.locator('main input[type="search"], main strong').first().waitFor();
    await page.locator('h1').waitFor();
  };
}

/** Drops a kit on the step of the recipe, and takes the first profile in it. */
async function template(page: Page): Promise<void> {
  await rail('draft')(page);
  await page.locator('input[data-file="kit"]').setInputFiles({ name: 'kit.zip', mimeType: 'application/zip', buffer: Buffer.from('PK') });
  await page.locator('[role="dialog"] input[type="checkbox"]:enabled').first().check();
  await page.locator('[role="dialog"] [data-tag]').first().waitFor();
}

async function tabOfPhone(page: Page, index: number): Promise<void> {
  await phone(page, 'working');
  await page
    .locator('[role="dialog"] [role="tab"]')
    .nth(index + 1)
    .click();
  await page.locator('[role="dialog"] [role="tabpanel"] ol li').first().waitFor();
}

async function site(page: Page): Promise<void> {
  await rail('draft')(page);
  await page.locator('[data-network="site"] input').check();
  await page.locator('[data-interface="eno1"] input[type="radio"]').check();
  await page.locator('main [data-option="66"]').waitFor();
}

export const screens: readonly Screen[] = [
  { name: 'start-empty', scene: 'empty', go: rail('start') },
  { name: 'start-busy', scene: 'busy', virtual: true, go: rail('start') },
  { name: 'draft-empty', scene: 'empty', go: rail('draft') },
  {
    name: 'draft-sound',
    scene: 'empty',
    go: async (page) => {
      await rail('draft')(page);
      await dropCsv(page, 'acme.csv');
    },
  },
  {
    name: 'draft-trouble',
    scene: 'trouble',
    go: async (page) => {
      await rail('draft')(page);
      await dropCsv(page, 'trouble.csv');
      await page.locator('#step-3').scrollIntoViewIfNeeded();
      await page.locator('#step-3').evaluate((element) => element.scrollIntoView());
    },
  },
  {
    name: 'draft-letters',
    scene: 'empty',
    go: async (page) => {
      await rail('draft')(page);
      await dropCsv(page, 'letters.csv');
      await page.locator('#step-3').evaluate((element) => element.scrollIntoView());
    },
  },
  {
    name: 'recipe-editor',
    scene: 'empty',
    go: async (page) => {
      await rail('draft')(page);
      await page.locator('input[type="radio"][value="starter:office"]').check();
      await page.getByRole('button', { name: /Look at the recipe|レシピを見る/ }).click();
      await page.locator('[role="dialog"] textarea').waitFor();
    },
  },
  {
    name: 'draft-columns',
    scene: 'empty',
    go: async (page) => {
      await rail('draft')(page);
      await dropCsv(page, 'columns.csv');
      await page.locator('#step-3').evaluate((element) => element.scrollIntoView());
    },
  },
  {
    name: 'draft-second-list',
    scene: 'empty',
    go: async (page) => {
      await rail('draft')(page);
      await dropCsv(page, 'second.csv');
      await page.locator('input[type="radio"][value="20261120-aa11bb22"]').check();
      await page.locator('li[data-kind]').first().waitFor();
      await page
        .locator('li[data-kind]')
        .last()
        .evaluate((element) => element.scrollIntoView({ block: 'end' }));
    },
  },
  { name: 'template-open', scene: 'empty', go: template },
  {
    name: 'template-decide',
    scene: 'empty',
    go: async (page) => {
      await template(page);
      await page.locator('[role="dialog"] [data-tag="Resync_Periodic"]').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'draft-template',
    scene: 'empty',
    go: async (page) => {
      await rail('draft')(page);
      await page
        .locator('input[data-file="recipe"]')
        .setInputFiles({ name: 'lobby.yaml', mimeType: 'text/yaml', buffer: Buffer.from('a: 1') });
      await page
        .locator('input[data-file="csv"]')
        .setInputFiles({ name: 'template.csv', mimeType: 'text/csv', buffer: Buffer.from('mac') });
      await page.locator('[data-template="missing"]').waitFor();
    },
  },
  {
    name: 'draft-place',
    scene: 'trouble',
    go: async (page) => {
      await rail('draft')(page);
      await page.locator('[data-interface="eno1"] input[type="radio"]').check();
      await page.locator('#step-4').evaluate((element) => element.scrollIntoView());
    },
  },
  {
    name: 'draft-preview',
    scene: 'empty',
    go: async (page) => {
      await rail('draft')(page);
      await dropCsv(page, 'acme.csv');
      await page.locator('main [role="cell"] button').first().click();
      await page.locator('[role="dialog"] table').first().waitFor();
    },
  },
  {
    name: 'phone-files',
    scene: 'busy',
    phones: 48,
    go: async (page) => {
      await phone(page, 'working');
      await page.locator('[role="dialog"] [role="tab"]').nth(1).click();
      await page.locator('[role="dialog"] table').waitFor();
    },
  },
  { name: 'board-empty', scene: 'empty', go: rail('board') },
  { name: 'board-busy', scene: 'busy', phones: 48, go: board },
  { name: 'board-trouble', scene: 'trouble', phones: 48, go: board },
  { name: 'board-virtual', scene: 'done', virtual: true, go: board },
  { name: 'phone-working', scene: 'busy', phones: 48, go: (page) => phone(page, 'working') },
  { name: 'phone-failed', scene: 'trouble', phones: 48, go: (page) => phone(page, 'failed') },
  {
    name: 'phone-hostile',
    scene: 'trouble',
    phones: 48,
    go: async (page) => {
      await board(page);
      await page.locator('input[type="search"]').fill('192.168.77.32');
      await page.locator('[role="row"][data-mac]').first().click();
      await page.locator('[role="dialog"] ol li').nth(7).waitFor();
    },
  },
  {
    name: 'stop',
    scene: 'busy',
    go: async (page) => {
      await board(page);
      await page.locator('header button').last().click();
      await page.locator('[role="dialog"]').waitFor();
    },
  },
  { name: 'board-starting', scene: 'busy', phones: 12, state: 'starting', go: rail('board') },
  { name: 'board-unplugged', scene: 'busy', phones: 48, state: 'unplugged', go: board },
  { name: 'board-dhcp-stopped', scene: 'busy', phones: 48, state: 'dhcp-stopped', go: board },
  {
    name: 'board-load',
    scene: 'trouble',
    phones: 48,
    go: async (page) => {
      await board(page);
      await page.locator('[data-load="hint"]').click();
    },
  },
  { name: 'phone-said', scene: 'busy', phones: 48, go: (page) => tabOfPhone(page, 1) },
  {
    name: 'phone-said-open',
    scene: 'busy',
    phones: 48,
    go: async (page) => {
      await tabOfPhone(page, 1);
      await page.locator('[role="dialog"] li button[aria-expanded="false"]').first().click();
      await page.locator('[role="dialog"] dl').waitFor();
    },
  },
  {
    name: 'phone-said-hostile',
    scene: 'trouble',
    phones: 48,
    go: async (page) => {
      await board(page);
      await page.locator('input[type="search"]').fill('192.168.77.32');
      await page.locator('[role="row"][data-mac]').first().click();
      await page.locator('[role="dialog"] [role="tab"]').nth(1).click();
      await page.locator('[role="dialog"] [data-protocol="http"] button[aria-expanded="false"]').first().click();
      await page.locator('[role="dialog"] dl').scrollIntoViewIfNeeded();
    },
  },
  { name: 'phone-options', scene: 'busy', phones: 48, go: (page) => tabOfPhone(page, 2) },
  {
    name: 'phone-leaving',
    scene: 'busy',
    phones: 48,
    go: async (page) => {
      await phone(page, 'working');
      await page.locator('[role="dialog"] [role="tab"]').last().click();
      await page.locator('[role="dialog"] section section button').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'phone-new-key',
    scene: 'busy',
    phones: 48,
    go: async (page) => {
      await phone(page, 'working');
      await page.locator('[role="dialog"] [role="tab"]').last().click();
      await page.locator('[role="dialog"] section section button').click();
      await page.locator('[role="dialog"]').nth(1).waitFor();
    },
  },
  {
    name: 'board-keys',
    scene: 'busy',
    phones: 48,
    go: async (page) => {
      await board(page);
      await page.locator('button:has(path[d^="M12 4.5v11"])').last().click();
      await page.locator('[role="dialog"] form').waitFor();
    },
  },
  { name: 'addresses-busy', scene: 'busy', phones: 48, go: closer(0) },
  { name: 'addresses-trouble', scene: 'trouble', phones: 48, go: closer(0) },
  { name: 'addresses-none', scene: 'busy', phones: 1, state: 'starting', go: closer(0) },
  { name: 'addresses-site', scene: 'busy', phones: 24, state: 'site', go: closer(0) },
  { name: 'syslog-busy', scene: 'busy', phones: 48, go: closer(1) },
  { name: 'syslog-trouble', scene: 'trouble', phones: 48, go: closer(1) },
  {
    name: 'draft-site',
    scene: 'empty',
    go: async (page) => {
      await site(page);
      await page.locator('#step-4').evaluate((element) => element.scrollIntoView());
    },
  },
  {
    name: 'draft-site-settings',
    scene: 'empty',
    go: async (page) => {
      await site(page);
      await page.locator('main [data-option="66"]').evaluate((element) => element.scrollIntoView());
    },
  },
  {
    name: 'history-close',
    scene: 'busy',
    go: async (page) => {
      await rail('history')(page);
      await page.locator('tbody tr:nth-child(2) td:last-child button').nth(2).click();
      await page.locator('[role="dialog"]').waitFor();
    },
  },
  {
    name: 'history-closed',
    scene: 'busy',
    go: async (page) => {
      await rail('history')(page);
      await page.locator('tbody tr:nth-child(2) td:last-child button').nth(2).click();
      await page.locator('[role="dialog"] button').last().click();
      await page.locator('[role="dialog"] [role="status"]').waitFor();
    },
  },
  {
    name: 'parameters',
    scene: 'empty',
    go: async (page) => {
      await rail('parameters')(page);
      await page.locator('main input[type="search"]').fill('resync');
      await page.locator('main ul > li').first().waitFor();
    },
  },
  { name: 'history-empty', scene: 'empty', go: rail('history') },
  { name: 'history-busy', scene: 'busy', go: rail('history') },
  {
    name: 'job',
    scene: 'busy',
    go: async (page) => {
      await rail('history')(page);
      await page.locator('tbody tr:nth-child(2) td:last-child button').first().click();
      await page.locator('[role="row"][data-mac]').first().waitFor();
    },
  },
  {
    name: 'resume',
    scene: 'busy',
    go: async (page) => {
      await board(page);
      await page.locator('header button').last().click();
      await page.locator('[role="dialog"] button').last().click();
      await page.locator('[role="dialog"]').waitFor({ state: 'detached' });
      await rail('history')(page);
      await page.locator('tbody tr:nth-child(2) td:last-child button').last().click();
      await page.locator('#step-1').waitFor();
    },
  },
  { name: 'doctor-good', scene: 'empty', go: rail('doctor') },
  { name: 'doctor-trouble', scene: 'trouble', go: rail('doctor') },
  { name: 'settings', scene: 'empty', go: rail('settings') },
  { name: 'about', scene: 'empty', go: rail('about') },
];
