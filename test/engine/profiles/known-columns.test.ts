import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeColumns } from '../../../engine/profiles/known-columns.js';
import { readJob } from '../../../engine/profiles/read-job.js';

const told = (headings: readonly string[], said = {}): string[] =>
  takeColumns(headings, said, 1).problems.map(({ code, column, params }) => `${code} ${column} ${params['word']}`);

describe('the columns of a list', () => {
  it.each([
    [
      ['MAC Address', 'Device Type', 'Extension', 'Full Name'],
      { mac: 'MAC Address', model: 'Device Type', extension: 'Extension', name: 'Full Name' },
    ],
    [
      ['ＭＡＣアドレス', '機種', '内線番号', '氏名', '製造番号'],
      { mac: 'ＭＡＣアドレス', model: '機種', extension: '内線番号', name: '氏名', serial: '製造番号' },
    ],
    [
      ['MAC-Adresse', 'Modell', 'Nebenstelle', 'Anzeigename', 'Benutzername', 'Kennwort', 'Seriennummer'],
      {
        mac: 'MAC-Adresse',
        model: 'Modell',
        extension: 'Nebenstelle',
        name: 'Anzeigename',
        user: 'Benutzername',
        sip_password: 'Kennwort',
        serial: 'Seriennummer',
      },
    ],
    [
      ['Adresse MAC', 'Modèle', 'Poste', 'Nom', 'Identifiant', 'Mot de passe', 'N° de série'],
      {
        mac: 'Adresse MAC',
        model: 'Modèle',
        extension: 'Poste',
        name: 'Nom',
        user: 'Identifiant',
        sip_password: 'Mot de passe',
        serial: 'N° de série',
      },
    ],
    [['mac', 'MAC Address', 'model'], { mac: 'mac', model: 'model' }],
    [['room', 'Macintosh', 'models'], {}],
    [
      ['extension', 'name', 'tech', 'secret', 'devicetype', 'mac', 'phone model'],
      { extension: 'extension', name: 'name', sip_password: 'secret', mac: 'mac', model: 'phone model' },
    ],
  ] as const)('of %j', (headings, wanted) => expect(takeColumns(headings, {}, 1).columns).toEqual(wanted));

  it('are said when they are not called by their own name', () => {
    expect(told(['mac', 'Model', 'Ext.', 'room'])).toEqual(['csv.column-taken Ext. extension']);
  });

  it('are not chosen between', () => {
    expect(told(['Phone MAC', 'Device MAC', 'model'])).toEqual(['csv.column-ambiguous Phone MAC mac']);
    expect(told(['Phone MAC', 'Device MAC', 'model'], { mac: 'device mac' })).toEqual([]);
    expect(told(['Nebenstelle', 'Durchwahl'])).toEqual(['csv.column-ambiguous Nebenstelle extension']);
  });

  it.each([
    [['Passwort', 'Admin-Passwort'], 'admin_password'],
    [['Kennwort', 'Passwort'], ''],
    [['Password', 'Web Password'], ''],
    [['Mot de passe', 'Mot de passe SIP'], 'sip_password'],
    [['Nom', 'Prénom'], ''],
    [['PIN', 'Password'], 'sip_password'],
  ])('that mean something only alone are left beside another of the kind: %j', (headings, taken) => {
    expect(Object.keys(takeColumns(headings, {}, 1).columns).join()).toBe(taken);
  });

  it('are those the recipe names, and a name that is not there is an error', () => {
    expect(takeColumns(['hw', 'kind'], { mac: 'HW', model: 'kind' }, 1)).toEqual({
      columns: { mac: 'hw', model: 'kind' },
      by: { mac: 'said', model: 'said' },
      problems: [],
    });
    expect(told(['kind'], { mac: 'hw', model: 'kind' })).toEqual(['csv.column-missing hw mac']);
  });

  it('are one of the headings, or none', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('mac', 'MAC addr', '内線', 'Ext', 'constructor'))), (headings) => {
        for (const taken of Object.values(takeColumns(headings, {}, 1).columns)) expect(headings).toContain(taken);
      }),
    );
  });
});

describe('a list of another program', () => {
  const recipe =
    'benchtone: 1\nname: Test\nphones: cisco-mpp\nparameters:\n  User_ID_1_: "{{extension}}"\n  Display_Name_1_: "{{氏名}}"\nhandOff: { Profile_Rule: "http://a.example/b.xml" }\n';

  it('is served by its own headings and by ours', () => {
    const { rows, problems } = readJob(Buffer.from('MACアドレス,機種,内線,氏名\n00562b043615,CP-8851,2001,佐藤\n'), recipe);
    expect(rows).toMatchObject([
      { mac: '00562b043615', model: '8851', values: { extension: '2001', 内線: '2001', name: '佐藤', 氏名: '佐藤' } },
    ]);
    expect(problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(
      Array.from({ length: 4 }, () => 'warning csv.column-taken'),
    );
  });

  it('is told where a column of MACs has no name', () => {
    const { rows, problems, fatal } = readJob(Buffer.from('Geraet,model,氏名,extension\n00:56:2b:04:36:15,8851,x,1\n,8851,y,2\n'), recipe);
    expect([rows, fatal]).toEqual([[], true]);
    expect(problems).toMatchObject([{ code: 'csv.column-taken' }, { code: 'csv.column-like-mac', column: 'Geraet', severity: 'error' }]);
    const named = readJob(Buffer.from('Geraet,model,氏名,extension\n00:56:2b:04:36:15,8851,x,1\n'), `${recipe}columns: { mac: Geraet }\n`);
    expect(named.rows).toMatchObject([{ mac: '00562b043615' }]);
  });

  it('is told so where some of the MACs are damaged, too: their rows would be taken for phones of any MAC', () => {
    const rows = '00:56:2b:04:36:15,8851,x,1\n00-56-2b-04-36-16,8851,y,2\n00562b04361,8851,z,3\n,8851,w,4\n';
    const { problems, fatal } = readJob(Buffer.from(`Geraet,model,氏名,extension\n${rows}`), recipe);
    expect(fatal).toBe(true);
    expect(problems).toContainEqual(expect.objectContaining({ code: 'csv.column-like-mac', column: 'Geraet' }));
  });

  it('gives the admin password by a heading that says so, or that a person named', () => {
    const text = 'benchtone: 1\nname: Test\nphones: cisco-mpp\nparameters:\n  Admin_Password: "{{admin_password}}"\n';
    const rows = '00562b043615,8851,Maple!Front-9\n';
    expect(readJob(Buffer.from(`mac,model,Admin Password\n${rows}`), text)).toMatchObject({ fatal: false, rows: [{ model: '8851' }] });
    const named = readJob(Buffer.from(`mac,model,Kennwort\n${rows}`), `${text}columns: { admin_password: Kennwort }\n`);
    expect(named).toMatchObject({ fatal: false, rows: [{ values: { admin_password: 'Maple!Front-9' } }] });
  });

  it('keeps to the words there are', () => {
    const { problems } = readJob(Buffer.from('mac,model,extension,氏名\n'), `${recipe}columns: { mca: x }\n`);
    expect(problems[0]).toMatchObject({ code: 'recipe.unknown-key', column: 'columns.mca', suggestion: 'mac' });
  });
});
