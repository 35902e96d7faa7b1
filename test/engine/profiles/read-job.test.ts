import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packNamed } from '../../../engine/phones/packs.js';
import { readJob } from '../../../engine/profiles/read-job.js';

const recipe = `benchtone: 1
name: Acme
phones: cisco-mpp
parameters:
  Admin_Password: "{{admin_password}}"
  Proxy_1_: sip.acme.example
  User_ID_1_: "{{extension}}"
  Password_1_: "{{sip_password}}"
  Display_Name_1_: "{{name | upcase}}"
  Register_Expires_1_: "{{expires}}"
handOff:
  Profile_Rule: https://prov.acme.example/$MA.xml
`;
const headings = ['mac', 'model', 'name', 'extension', 'sip_password', 'admin_password', 'expires', 'Line_Enable_2_', 'Proxy_5_'];

/** A good row, as its fields. */
function good(i: number): string[] {
  const mac = `00562b${i.toString(16).padStart(6, '0')}`;
  return [
    mac,
    ['8851', '8841', 'CP-8865-K9=', 'CP-8851-3PCC'][i % 4]!,
    `Desk ${i}`,
    `${2000 + i}`,
    `Sip-Secret-${i}`,
    `Adm-Secret-${i}`,
    '3600',
    'Yes',
    '',
  ];
}

/** Each kind of bad row: what it does to a good one, and the column and code that must name it. */
const spoilers: readonly [column: string, code: string, spoil: (fields: string[], i: number) => string | string[]][] = [
  ['mac', 'mac.scientific', (f) => f.with(0, '5.62E+10')],
  ['mac', 'mac.scientific', (f) => f.with(0, '"1,23E+11"')],
  ['mac', 'mac.lost-zeros', (f) => f.with(0, f[0]!.slice(2))],
  ['mac', 'mac.lost-zeros', (f) => f.with(0, '0:56:2b:4:36:15')],
  ['mac', 'mac.barcode', (f) => f.with(0, '4006381333931')],
  ['mac', 'mac.serial', (f) => f.with(0, 'FCH2130E1ZX')],
  ['mac', 'mac.multicast', (f) => f.with(0, '01005e000001')],
  ['mac', 'mac.zero', (f) => f.with(0, '000000000000')],
  ['mac', 'mac.length', (f) => f.with(0, `${f[0]!}a`)],
  ['mac', 'mac.letters', (f) => f.with(0, f[0]!.replace('0056', 'OO56'))],
  ['mac', 'mac.letters', (f) => f.with(0, 'to follow')],
  ['mac', 'mac.duplicate', (f) => f.with(0, good(0)[0]!)],
  ['model', 'model.unknown', (f) => f.with(1, '8815')],
  ['model', 'model.unknown', (f) => f.with(1, 'T46G')],
  ['model', 'model.missing', (f) => f.with(1, '')],
  ['Proxy_5_', 'parameter.line', (f) => f.with(1, '7841').with(8, 'sip.example.com')],
  ['Line_Enable_2_', 'parameter.flag', (f) => f.with(7, 'maybe')],
  ['expires', 'parameter.integer', (f) => f.with(6, '1 h')],
  ['expires', 'parameter.range', (f) => f.with(6, '4294967296')],
  ['admin_password', 'parameter.password-length', (f) => f.with(5, 'abc')],
  ['name', 'parameter.control-character', (f) => f.with(2, 'bell\u0007')],
  ['name', 'csv.nul', (f) => f.with(2, 'nul\0')],
  ['expires', 'csv.too-few-fields', (f) => f.slice(0, 6)],
  ['Proxy_5_', 'csv.too-many-fields', (f) => [...f, 'more']],
  ['', 'csv.quote', (f) => f.with(2, '"Jo"hn"')],
  ['', 'csv.quote', (f) => f.with(2, '"never closed')],
  ['', 'csv.quote', (f) => f.with(2, '19" rack')],
  ['extension', 'parameter.too-long', (f) => f.with(3, '1'.repeat(64))],
];

describe('a job', () => {
  it.each([
    ['csv.empty', Buffer.from('')],
    ['csv.encoding', Uint8Array.of(0x61, 0xff, 0x0a)],
    ['csv.workbook', Buffer.from('PK\u0003\u0004', 'latin1')],
  ])('whose list cannot be read (%s) is not said to lack columns', (code, csv) => {
    expect(readJob(csv, recipe)).toMatchObject({ problems: [{ code }], fatal: true });
  });

  it('of 2,000 rows with 40 bad ones has every bad one named by line and column', () => {
    const expected = new Map<number, string>();
    const lines = Array.from({ length: 2000 }, (_, i) => {
      if (i % 50 !== 25) return good(i).join(',');
      const [column, code, spoil] = spoilers[((i - 25) / 50) % spoilers.length]!;
      expected.set(i + 2, `${code} ${column}`);
      return [spoil(good(i), i)].flat().join(',');
    });
    expected.set(2, 'mac.duplicate mac'); // the good row that one of the bad ones has the MAC of: which is right, nobody here knows
    const csv = Buffer.from([headings.join(','), ...lines].join('\r\n'));
    const job = readJob(csv, recipe);

    const errors = job.problems.filter(({ severity }) => severity === 'error');
    expect(Object.fromEntries(errors.map(({ line, code, column }) => [line, `${code} ${column ?? ''}`]))).toEqual(
      Object.fromEntries(expected),
    );
    expect(errors).toHaveLength(41);
    expect(job.fatal).toBe(false);
    expect([...job.bad].sort((a, b) => a - b)).toEqual([...expected.keys()].sort((a, b) => a - b));
    expect(job.rows).toHaveLength(1959);
    expect(job.rows.every(({ row, line }) => row === line - 1)).toBe(true);
    expect(JSON.stringify(job.problems)).not.toContain('Secret-');
  });

  it('is stopped by what is wrong for all rows, told once', () => {
    const csv = Buffer.from(
      'mac,model,name,extension,sip_pasword,user id 1,expires,admin_password\n,8851,a,1,b,c,60,Abcdef-1\n,8851,a,1,b,c,60,Abcdef-1\n',
    );
    const job = readJob(csv, recipe);
    expect(job.problems.map(({ code, line, column, suggestion, params }) => [code, line, column, suggestion, params['file']])).toEqual([
      ['recipe.missing-column', 8, 'parameters.Password_1_', 'sip_pasword', 'recipe'],
      ['csv.column-close', 1, 'sip_pasword', 'SIP_Password', undefined],
      ['csv.column-close', 1, 'user id 1', 'User_ID_1_', undefined],
      ['extension.duplicate', 3, 'extension', null, undefined],
    ]);
    expect(job).toMatchObject({ fatal: true, rows: [] });
    expect(readJob(Buffer.from('name\nx\n'), recipe).problems.map(({ code }) => code)).toContain('csv.heading-missing');
    expect(readJob(Buffer.from('model,GPP_P\n8851,x\n')).problems).toMatchObject([
      { code: 'recipe.leads-nowhere' },
      { code: 'recipe.marker', column: 'GPP_P' },
    ]);
  });

  it('has no column named like a parameter that no phone knows and nobody speaks of', () => {
    const csv = Buffer.from('model,Foo_Bar_1_,Foo_Bar,Proxy_Fallback__Zz_,room_,Acme_Thing_\n8851,a,b,c,d,e\n');
    const of = (text?: string): unknown[] =>
      readJob(csv, text).problems.map(({ severity, code, line, column }) => [severity, code, line, column]);
    expect(of()).toEqual([
      ['warning', 'csv.sets-nothing', 1, null],
      ['warning', 'csv.column-unknown', 1, 'Foo_Bar_1_'],
      ['warning', 'csv.column-unknown', 1, 'Proxy_Fallback__Zz_'],
      ['warning', 'csv.column-unknown', 1, 'Acme_Thing_'],
    ]);
    const spoken =
      'unchecked: [Foo_Bar_1_]\nhandOff: { Profile_Rule: "http://a.example/b.xml" }\nparameters: { Station_Name: "{{Proxy_Fallback__Zz_}}" }\n';
    expect(of(`benchtone: 1\nname: Test\nphones: cisco-mpp\n${spoken}`)).toEqual([['warning', 'csv.column-unknown', 1, 'Acme_Thing_']]);
  });

  it('that leaves phones as they are, loses passwords or leads nowhere is told', () => {
    const csv = Buffer.from('model,name,Geheim,admin_password\n8851,a,Sip-Secret-1,Adm-Secret-1\n');
    const of = (text?: string): unknown[] => readJob(csv, text).problems.map(({ severity, code, column }) => [severity, code, column]);
    const lost = [
      ['warning', 'csv.column-lost', 'Geheim'],
      ['warning', 'csv.column-lost', 'admin_password'],
    ];
    const head = 'benchtone: 1\nname: Test\nphones: cisco-mpp\ncolumns: { sip_password: Geheim }\n';
    expect(of(head)).toEqual([['warning', 'csv.sets-nothing', null], ...lost]);
    const set = 'parameters: { Password_1_: "{{sip_password}}", User_ID_1_: "7", Admin_Password: "{{admin_password}}" }\n';
    expect(of(`${head}${set}`)).toEqual([['warning', 'recipe.leads-nowhere', 'handOff']]);
    expect(of(`${head}${set}handOff: { Profile_Rule: "http://a.example/b.xml" }\n`)).toEqual([]);
  });

  it('needs no recipe when its columns are parameters', () => {
    const job = readJob(Buffer.from('MAC,Model,User_ID_1_,Notes\n00:56:2b:00:00:01,8851,2001,by the window\n'));
    expect(job.problems.map(({ code }) => code)).toEqual(['recipe.leads-nowhere']);
    const { compiled } = packNamed('cisco-mpp')!.compile(job.recipe!, job.rows[0]!);
    expect(compiled?.device[0]).toMatchObject({ tag: 'User_ID_1_', value: '2001', ua: 'na' });
    expect(compiled?.leavesBench).toBe(false);
  });

  it('warns of empty cells that a template uses, and of MACs of other makers', () => {
    const job = readJob(Buffer.from(`${headings.join(',')}\n001565000001,8851,,2001,Sip-Secret-1,Adm-Secret-1,3600,,\n`), recipe);
    expect(job.problems.map(({ code, severity, column, line }) => [code, severity, column, line])).toEqual([
      ['mac.foreign-oui', 'warning', 'mac', 2],
      ['csv.empty-value', 'warning', 'name', 2],
    ]);
    expect(job.rows).toHaveLength(1);
  });

  it('tells no secret in any problem', () => {
    const secret = fc
      .string({ minLength: 6, maxLength: 12, unit: fc.constantFrom('q', 'Z', '7', '\u0001', '!') })
      .map((each) => `S3cr3t${each}`);
    fc.assert(
      fc.property(secret, (value) => {
        const fields = ['', '8851', 'n', '1', value, value, '60', '', ''];
        const { problems } = readJob(
          Buffer.from(`${headings.join(',')}\n${fields.join(',')}\n`),
          `${recipe}  Voice_Mail_Number: "{{sip_password}}"\n  Enable_CDP: "{{admin_password}}"\n`,
        );
        expect(JSON.stringify(problems)).not.toContain('S3cr3t');
      }),
      { numRuns: 500, seed: 17 },
    );
  });
});
