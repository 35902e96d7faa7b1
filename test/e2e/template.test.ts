/** A reseller at the window: a kit becomes a recipe, and a list with headings of another program is served by it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kit } from './fake-kit.js';
import { hosts } from './hosts.js';
import { drop, go, type OpenWindow } from './window.js';

const list = [
  'Anknytning,Visas,Lösenord,Nyckel,Apparat,Kortadress,Admin',
  '2001,Jürgen,Chalk-Otter-41,k3y-0123,CP-8851-3PCC,00:56:2b:04:36:15,Maple!Front-9',
  '2002,Renate,Birch-Comet-72,k3y-0124,CP-7841-3PCC,00562b04361,Maple!Back-17',
  '2003,Zoë,Dune-Anchor-58,k3y-0125,CP-6841-3PCC,C4C603731F67,Maple!Room-23',
].join('\n');

describe.each(hosts)('in the %s', (_host, open) => {
  let window: OpenWindow;

  beforeEach(async () => {
    window = await open();
  });

  afterEach(async () => {
    await window[Symbol.asyncDispose]();
  });

  /** Says in the table of columns what a heading is. */
  async function take(heading: string, word: string): Promise<void> {
    const { page } = window;
    await page.getByRole('combobox', { name: `${heading} is taken for` }).click();
    await page.getByRole('option', { name: word, exact: true }).click();
    await page.locator('tr', { hasText: heading }).getByText('as was said').waitFor();
  }

  it('makes a recipe of a kit, decision by decision, and reads a list of other headings by it', async () => {
    const { page } = window;
    await go(window, 'New job');
    await drop(window, '[data-drop=recipe]', { name: 'kit.zip', text: kit() });
    const dialog = page.getByRole('dialog');
    await dialog.getByText('dtaf/CiscoMPP-8851.xml').click();
    await dialog.getByRole('button', { name: 'Take all proposals' }).click();
    const use = dialog.getByRole('button', { name: 'Use this recipe' });
    expect(await use.isDisabled()).toBe(true);

    const said = { '%BWHOST-1%': 'sip.acme.example', '%SBC_ADDRESS%': 'sbc.acme.example', '%BWLINEPORT-1%': '{{extension}}' };
    for (const [tag, text] of Object.entries(said)) {
      const field = dialog.getByLabel(`What ${tag} becomes`);
      await field.fill(text);
      await field.press('Tab');
    }
    for (const tag of ['Handset_Colour', 'Resync_Periodic'])
      await dialog.locator(`li[data-tag="${tag}"]`).getByRole('button', { name: 'Leave it out' }).click();
    await dialog.getByText('The recipe is complete').waitFor();
    const shown = await dialog.innerText();
    expect(shown).toContain('User_ID_1_: "{{extension}}"');
    expect(shown).toContain('Admin_Password: "{{admin_password}}"');
    expect(shown).not.toMatch(/Kit!Pass|Kit-Key/);
    await use.click();
    await dialog.waitFor({ state: 'hidden' });

    // one of the MACs is damaged: the column is proposed all the same, or its phones would be taken for any
    await drop(window, '[data-drop=csv]', { name: 'extensions.csv', text: list });
    await page.getByRole('button', { name: 'Looks like MAC addresses: take it' }).click();
    await page.getByRole('button', { name: 'Looks like models: take it' }).click();
    const words = { Anknytning: 'Extension', Visas: 'Name', Lösenord: 'SIP password', Admin: 'Admin password' };
    for (const [heading, word] of Object.entries(words)) await take(heading, word);
    const rows = page.getByRole('table', { name: 'Lines of the list' });
    await rows.getByText('Jürgen').waitFor();
    await page.getByText('The list has no column “profile_rule_key”', { exact: false }).waitFor(); // the last one: no word of ours
    await rows.getByText('has 11 digits; a MAC has 12', { exact: false }).waitFor();
    await drop(window, '[data-drop=csv]', { name: 'extensions.csv', text: list.replace('Nyckel', 'profile_rule_key') });
    await page.getByText('The list has no column', { exact: false }).waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Preview the files of line 2' }).click();
    const preview = page.getByRole('dialog');
    await preview.getByText('sip.acme.example', { exact: true }).first().waitFor();
    expect(await preview.innerText()).not.toMatch(/Chalk-Otter|Maple!|k3y-/);
  });
});
