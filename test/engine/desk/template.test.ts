/** A kit, brought to the window: chosen, decided about, used as the recipe of a list. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { kit } from '../../e2e/fake-kit.js';
import { Rig } from './rig.js';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig[Symbol.asyncDispose]());

const none = { map: {}, set: {}, rename: {}, drop: [], keep: [] };
const decided = {
  map: {
    '%BWHOST-1%': 'sip.acme.example',
    '%SBC_ADDRESS%': '',
    '%BWLINEPORT-1%': '{{user}}',
    '%BWAUTHPASSWORD-1%': '{{sip_password}}',
    '%BWCLID-1%': '{{name}}',
    '%BWEXTENSION-1%': '{{extension}}',
    '%BWMACADDRESS%': '{{mac}}',
  },
  set: { Resync_Periodic: '86400' },
  rename: { time_zone: 'Time_Zone' },
  drop: ['Handset_Colour'],
  keep: [],
};

it('is offered file by file, read without its passwords, and used', async () => {
  const opened = await rig.call('template.open', { file: await rig.upload('kit.zip', kit()) });
  expect(opened.files).toMatchObject([
    { name: 'dtaf/CiscoMPP-8851.xml', tags: 12, refused: null },
    { name: 'dtaf/CiscoMPP-7841.xml', tags: 12, refused: null },
    { name: 'readme.txt', tags: null, refused: null },
    { name: 'logo.png', tags: null, refused: 'import.binary' },
  ]);
  const asked = { template: opened.template, files: ['dtaf/CiscoMPP-8851.xml'], name: 'Acme: office' };
  const first = await rig.call('template.read', { ...asked, decisions: none });
  expect([first.open, first.recipe]).toEqual([10, null]);
  const read = await rig.call('template.read', { ...asked, decisions: decided });
  expect([read.open, read.problems]).toEqual([0, []]);
  expect(JSON.stringify([first, read])).not.toMatch(/Kit!Pass|Kit-Key/);

  const { file, text } = await rig.call('template.use', { ...asked, decisions: decided });
  expect([file.name, text]).toEqual(['Acme- office.yaml', read.recipe]);
  const csv = await rig.upload(
    'a.csv',
    `${read.columns.join(',')}\n00562b043615,8851,2001@acme,Chalk-Otter-41,Reception,2001,Maple!Front-9,k3y\n`,
  );
  expect(await rig.call('draft.check', { csv, recipe: file.handle })).toMatchObject({
    fatal: false,
    badLines: [],
    recipeName: 'Acme: office',
  });
});

it('that is gone, or holds nothing to read, is a refusal', async () => {
  expect(await rig.refusal('template.open', { file: 'x'.repeat(24) })).toBe('import.gone');
  const picture = await rig.upload('a.png', Buffer.from([0x89, 0, 1]));
  expect(await rig.refusal('template.open', { file: picture })).toBe('import.binary');
  const opened = await rig.call('template.open', { file: await rig.upload('kit.zip', kit()) });
  const asked = { template: opened.template, name: 'A', decisions: none };
  expect(await rig.refusal('template.read', { ...asked, files: ['logo.png'] })).toBe('import.gone');
  expect(await rig.refusal('template.use', { ...asked, files: ['dtaf/CiscoMPP-8851.xml'] })).toBe('import.gone');
});

it('of many tags nobody knows is judged in slices: a bench goes on meanwhile', async () => {
  const tags = Array.from({ length: 2000 }, (_, i) => `<Paxword_Lerigrum_${i}_>x</Paxword_Lerigrum_${i}_>`);
  const { template } = await rig.call('template.open', {
    file: await rig.upload('a.xml', `<flat-profile>${tags.join('')}</flat-profile>`),
  });
  let turns = 0;
  let done = false;
  const turn = (): void => {
    turns += 1;
    if (!done) setImmediate(turn);
  };
  turn();
  const { tags: judged } = await rig.call('template.read', { template, files: ['a.xml'], name: 'A', decisions: none });
  done = true;
  expect(judged.length).toBe(2000);
  expect(turns).toBeGreaterThan(3); // as many as a fast computer needs, too
});
