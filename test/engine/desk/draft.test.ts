/** Drafts: what a CSV and a recipe come to before anything is served. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoCsv, demoPhones } from '../../../engine/phones/demo.js';
import { Rig } from './rig.js';

let rig: Rig;

beforeEach(async () => {
  rig = await Rig.open();
});

afterEach(() => rig[Symbol.asyncDispose]());

const csv = demoCsv(demoPhones(3, 1));

describe('checking', () => {
  it('lists every row, the bad ones as they are written, with their problems by line', async () => {
    const text = [
      'mac,model,name,extension,sip_password,admin_password',
      '00562b043615,CP-8851-3PCC,A,1,s,abcd',
      '00562b,8851,B,2,s,abcd',
      '00562b043616,9999,C,3,s,abcd',
    ].join('\n');
    const checked = await rig.call('draft.check', { csv: await rig.upload('phones.csv', text), recipe: 'starter:office' });
    expect(checked.rows).toEqual([
      { row: 1, line: 2, mac: '00562b043615', macText: null, model: '8851', name: 'A', extension: '1' },
      { row: 2, line: 3, mac: null, macText: '00562b', model: '8851', name: 'B', extension: '2' },
      { row: 3, line: 4, mac: '00562b043616', macText: null, model: '9999', name: 'C', extension: '3' },
    ]);
    expect([checked.badLines, checked.fatal, checked.recipeName]).toEqual([[3, 4], false, 'Office, one line per phone']);
    expect(checked.problems.filter(({ severity }) => severity === 'error').map(({ line, column }) => [line, column])).toEqual([
      [3, 'mac'],
      [4, 'model'],
    ]);
  });

  it('needs no recipe, and says what is wrong with one', async () => {
    const file = await rig.upload('phones.csv', 'mac,model,User_ID_1_\n00562b043615,8851,2001\n');
    expect(await rig.call('draft.check', { csv: file, recipe: null })).toMatchObject({ fatal: false, badLines: [] });
    const recipe = await rig.upload('r.yaml', 'benchtone: 1\nname: X\nphones: cisco-mpp\nparameters: { Nonsense_Tag: x }\n');
    const checked = await rig.call('draft.check', { csv: file, recipe });
    expect([checked.fatal, checked.recipeName, checked.rows.length]).toEqual([true, null, 1]);
    expect(checked.problems.map(({ code }) => code)).toContain('parameter.unknown');
  });

  it('takes the template a recipe names from the files given beside it', async () => {
    const file = await rig.upload('phones.csv', 'mac,model\n00562b043615,8851\n');
    const recipe = await rig.upload(
      'r.yaml',
      'benchtone: 1\nname: X\nphones: cisco-mpp\ntemplate: ours.xml\nhandOff: { Profile_Rule: "http://a.example/b.xml" }\n',
    );
    expect((await rig.call('draft.check', { csv: file, recipe })).problems.map(({ code }) => code)).toEqual(['recipe.template-missing']);
    await rig.upload('C:\\fakepath\\ours.xml', '<flat-profile><Time_Zone>GMT+09:00</Time_Zone></flat-profile>');
    expect((await rig.call('draft.check', { csv: file, recipe })).problems).toEqual([]);
  });

  it('shows both readings where the bytes cannot decide, and reads as the person says', async () => {
    const bytes = Buffer.concat([
      Buffer.from('mac,model,name\n00562b043615,8851,plain\n00562b043616,8851,'),
      Buffer.from([0x8e, 0xf3, 0x95, 0x74]),
      Buffer.from('\n'),
    ]);
    const file = await rig.upload('phones.csv', bytes);
    const unsure = await rig.call('draft.check', { csv: file, recipe: null });
    expect(unsure.problems.map(({ code }) => code)).toEqual(['csv.encoding']);
    expect(unsure.readings).toEqual([
      { encoding: 'windows-1252', doubtful: false, lines: ['mac,model,name', '…,…,Žó•t'] },
      { encoding: 'shift_jis', doubtful: false, lines: ['mac,model,name', '…,…,受付'] },
    ]);
    // 田中: 0x93 0x63 0x92 0x86, and 高 0x8d 0x82, whose first byte is no sign of Windows-1252.
    const high = Buffer.concat([
      Buffer.from('mac,model,name\n00562b043615,8851,'),
      Buffer.from([0x8d, 0x82, 0x8b, 0xb4]),
      Buffer.from('\n'),
    ]);
    const likely = await rig.call('draft.check', { csv: await rig.upload('high.csv', high), recipe: null });
    expect(likely.readings.map(({ encoding, doubtful }) => [encoding, doubtful])).toEqual([
      ['shift_jis', false],
      ['windows-1252', true],
    ]);
    const decided = await rig.call('draft.check', { csv: file, recipe: null, encoding: 'shift_jis' });
    expect([decided.rows[1]?.name, decided.readings]).toEqual(['受付', []]);
  });

  it('refuses handles it does not know, and forgets the oldest of too many', async () => {
    const nobody = 'x'.repeat(24);
    expect(await rig.refusal('draft.check', { csv: nobody, recipe: null })).toBe('file.gone');
    const file = await rig.upload('phones.csv', csv);
    expect(await rig.refusal('draft.check', { csv: file, recipe: nobody })).toBe('recipe.gone');
    expect(await rig.refusal('draft.check', { csv: file, recipe: 'starter:__proto__' })).toBe('recipe.gone');
    for (let i = 0; i < 32; i += 1) await rig.upload(`${i}.csv`, csv);
    expect(await rig.refusal('draft.check', { csv: file, recipe: null })).toBe('file.gone');

    const again = await rig.upload('phones.csv', csv);
    const { draft } = await rig.call('draft.check', { csv: again, recipe: 'starter:office' });
    expect(await rig.refusal('draft.preview', { draft, row: 1 })).toBeUndefined();
    for (let i = 0; i < 8; i += 1) await rig.call('draft.check', { csv: again, recipe: 'starter:office' });
    expect(await rig.refusal('draft.preview', { draft, row: 1 })).toBe('draft.gone');
  });
});

describe('a preview', () => {
  it('shows the three files of a row with every secret masked, and only secrets', async () => {
    const text = 'mac,model,name,extension,sip_password,admin_password\n00562b043615,8851,2001,2001,2001,Adm!n-<&>-1\n';
    const { draft } = await rig.call('draft.check', { csv: await rig.upload('phones.csv', text), recipe: 'starter:office' });
    const { files } = await rig.call('draft.preview', { draft, row: 1 });
    expect(files.map(({ file, path }) => [file, path])).toEqual([
      ['bootstrap', '/8851-3PCC.xml'],
      ['device', '/device/00562b043615.xml'],
      ['handOff', '/handoff/00562b043615.xml'],
    ]);
    const [, device] = files;
    // The password is the same text as name and extension: masked where it is a password, there alone.
    expect(device?.text).toContain('<Password_1_ ua="na">********</Password_1_>');
    expect(device?.text).toContain('<User_ID_1_ ua="na">2001</User_ID_1_>');
    expect(device?.text).toContain('<Admin_Password ua="na">********</Admin_Password>');
    expect(files.map((file) => file.text).join('')).not.toContain('Adm!');
  });

  it('holds no secret of any row', async () => {
    const { draft } = await rig.call('draft.check', { csv: await rig.upload('phones.csv', csv), recipe: 'starter:office' });
    for (const row of [1, 2, 3]) {
      const all = JSON.stringify(await rig.call('draft.preview', { draft, row }));
      expect(all).not.toMatch(/Sip-|Adm-/);
    }
    expect(await rig.refusal('draft.preview', { draft, row: 4 })).toBe('draft.row-unservable');
  });
});

describe('columns', () => {
  it('are as the person says, and are remembered in the recipe', async () => {
    const text = 'Hardware,Kind,name,extension,sip_password,admin_password\n00:56:2b:04:36:15,8851,A,1,s3cr3t,Abcdef-1\n';
    const file = await rig.upload('phones.csv', text);
    const open = await rig.call('draft.check', { csv: file, recipe: 'starter:office' });
    expect([open.fatal, open.columns.slice(0, 2).map(({ heading, word, looks }) => [heading, word, looks])]).toEqual([
      true,
      [
        ['Hardware', null, 'mac'],
        ['Kind', null, 'model'],
      ],
    ]);
    const columns = { mac: 'Hardware', model: 'Kind' };
    const said = await rig.call('draft.check', { csv: file, recipe: 'starter:office', columns });
    expect([said.fatal, said.rows[0]?.mac, said.columns[0]]).toMatchObject([
      false,
      '00562b043615',
      { word: 'mac', by: 'said', use: 'recipe' },
    ]);
    const remembered = await rig.call('draft.remember', { recipe: 'starter:office', columns });
    expect(remembered.text).toContain('columns:\n  mac: Hardware\n  model: Kind\n');
    expect((await rig.call('draft.check', { csv: file, recipe: remembered.file.handle })).fatal).toBe(false);
    expect(await rig.refusal('draft.remember', { recipe: 'x'.repeat(24), columns })).toBe('recipe.gone');
  });
});
