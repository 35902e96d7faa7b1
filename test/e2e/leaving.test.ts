/** What phones leave with, in both hosts: what is left of the bench in them, and the keys for the customer, locked under a passphrase. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { demoCsv, demoPhones, demoRecipe } from '../../engine/phones/demo.js';
import { hosts } from './hosts.js';
import { plugIn } from './loopback-phones.js';
import { ask, drop, go } from './window.js';

const phones = demoPhones(2, 43);
const passphrase = 'four words of three';

/** Everything encrypted, and the key goes with the phone. */
function recipe(): string {
  const own = /^delivery:.*\nmodels:\n(?: {2}.*\n)+/m;
  expect(demoRecipe).toMatch(own);
  return demoRecipe
    .replace(own, 'delivery: { transport: http, encrypt: true }\n')
    .replace('https://prov.example.com/$MA.xml', `'[--key "$A"] https://prov.example.com/$B/$MA.xml'`);
}

describe.each(hosts)('in the %s', (_host, open) => {
  it('a phone is sealed once it has left, and its key is saved for the customer, who opens the list with the command that is told', async () => {
    await using window = await open();
    const { page } = window;
    await go(window, 'New job');
    await drop(window, '[data-drop=csv]', { name: 'phones.csv', text: demoCsv(phones) });
    await window.choose('recipe', { name: 'locked.yaml', text: recipe() });
    await page.locator('[data-interface=lo] input[type=radio]').check();
    await page.getByRole('button', { name: 'Start the bench' }).click();
    await page.getByRole('grid', { name: 'Phones' }).waitFor();
    const { bench } = await ask(window, 'board.snapshot', {});
    if (bench === null) throw new Error('no bench runs');

    const [first] = phones;
    const row = page.locator(`[role=row][data-mac="${first?.mac}"]`);
    await row.click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('tab', { name: 'When it leaves' }).click();
    await drawer.getByText('Not sealed yet').waitFor();
    const key = drawer.locator('tr', { has: page.getByRole('rowheader', { name: 'GPP_A' }) });
    await key.getByText('stays: the customer’s server uses it').waitFor();
    // Another key before it comes: the phone is given the second, and the list has that one.
    await drawer.getByText('The phone has not shown yet that it has a key.').waitFor();
    await drawer.getByRole('button', { name: 'New key for this phone' }).click();
    const asked = page.getByRole('dialog', { name: 'A new key for this phone?' });
    await asked.getByRole('button', { name: 'Replace' }).click();
    await asked.getByText('New keys are on their way to 1 phone.').waitFor();
    await asked.getByRole('button', { name: 'Close' }).last().click();
    await drawer.getByText('Replaced so far: 1.').waitFor();
    await using _plugged = plugIn(bench, phones);
    await drawer.getByText('Sealed: nothing of the bench is left in it').waitFor({ timeout: 90_000 });
    const last = drawer.locator('tr', { has: page.getByRole('rowheader', { name: 'Resync_Periodic' }) });
    await last.getByText('replaced, checked').waitFor();
    await last.getByText('from the recipe: handOff.Resync_Periodic').waitFor();
    await drawer.getByText('The phone has shown that it has this key.').waitFor();
    await drawer.getByText('no longer listens to this bench', { exact: false }).waitFor();
    expect(await drawer.innerText()).not.toMatch(/[0-9a-f]{64}/); // no key
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });

    await page.getByRole('button', { name: 'Keys for the customer' }).click();
    const dialog = page.getByRole('dialog', { name: 'Keys for the customer' });
    // Nobody is left to take new keys once all have gone.
    await dialog.getByRole('button', { name: 'New keys for all' }).waitFor({ state: 'detached', timeout: 60_000 });
    await dialog.getByText('of 2 phones', { exact: false }).waitFor();
    const save = dialog.getByRole('button', { name: 'Save the list' });
    await dialog.getByLabel('Passphrase', { exact: true }).fill('short');
    expect(await save.isDisabled()).toBe(true);
    await dialog.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await dialog.getByLabel('Once more', { exact: true }).fill(`${passphrase}s`);
    await dialog.getByText('The two are not the same').waitFor();
    expect(await save.isDisabled()).toBe(true);
    await dialog.getByLabel('Once more', { exact: true }).fill(passphrase);
    const { bytes } = await window.saved(() => save.click(), 'The list is saved.');
    await dialog.getByText('The list is saved.').waitFor();
    expect(bytes.subarray(0, 8).toString()).toBe('Salted__');
    const [program, ...told] = (await dialog.locator('pre').innerText()).trim().split(/\s+/);
    expect(program).toBe('openssl');
    const args = told.slice(0, told.indexOf('-in')).concat('-pass', 'env:PHRASE');
    const list = execFileSync('openssl', args, { input: bytes, env: { ...process.env, PHRASE: passphrase } }).toString();
    expect(list.trim().split(/\r?\n/)).toHaveLength(1 + phones.length);
    for (const { mac } of phones) expect(list).toMatch(new RegExp(`^${mac},[0-9a-f]{64},[0-9a-f]{32}$`, 'm'));
  });
});
