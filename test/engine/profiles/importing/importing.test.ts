import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packNamed } from '../../../../engine/phones/packs.js';
import { acceptProposals, importProfiles } from '../../../../engine/profiles/importing/importing.js';
import type { Decisions } from '../../../../engine/profiles/importing/judging.js';
import { readJob } from '../../../../engine/profiles/read-job.js';

const pack = packNamed('cisco-mpp')!;

/** As a BroadWorks CPE kit has it. */
const kit = `<?xml version="1.0" encoding="UTF-8"?>
<device>
<flat-profile>
  <Line_Enable_1_ ua="na">Yes</Line_Enable_1_>
  <Proxy_1_ ua="na">%BWHOST-1%</Proxy_1_>
  <Outbound_Proxy_1_ ua="na">%SBC_ADDRESS%</Outbound_Proxy_1_>
  <User_ID_1_ ua="na">%BWLINEPORT-1%</User_ID_1_>
  <Auth_ID_1_ ua="na">%BWAUTHUSER-1%</Auth_ID_1_>
  <Password_1_ ua="na">%BWAUTHPASSWORD-1%</Password_1_>
  <Display_Name_1_ ua="ro">%BWCLID-1% (%BWEXTENSION-1%)</Display_Name_1_>
  <Admin_Password ua="na">Kit!Pass-1234</Admin_Password>
  <Station_Name/>
  <Profile_Rule>[--key Hunter2key] https://prov.example/%BWMACADDRESS%.xml?a=%2Fb</Profile_Rule>
  <Text_Logo>call Kit!Pass-1234</Text_Logo>
</flat-profile>
</device>
`;
const all: Decisions = {
  map: {
    '%BWHOST-1%': 'sip.example.com',
    '%SBC_ADDRESS%': '',
    '%BWLINEPORT-1%': '{{user}}',
    '%BWAUTHUSER-1%': '{{auth_id}}',
    '%BWAUTHPASSWORD-1%': '{{sip_password}}',
    '%BWCLID-1%': '{{name}}',
    '%BWEXTENSION-1%': '{{extension}}',
    '%BWMACADDRESS%': '$MA',
  },
};
const read = (text: string, decisions: Decisions = {}) => importProfiles(pack, [{ name: 'acme.xml', text }], decisions, 'Acme');
const told = (imported: ReturnType<typeof read>) =>
  imported.tags.flatMap(({ written, status, problems }) =>
    problems.map(({ line, code, suggestion }) => `${line} ${written} ${status} ${code}${suggestion === null ? '' : ` -> ${suggestion}`}`),
  );

describe('a template of a server', () => {
  it('with a value longer than any is told so', () => {
    const long = `<flat-profile><Proxy_1_>${'x'.repeat(9000)}</Proxy_1_><GPP_C>{% x %}</GPP_C></flat-profile>`;
    expect(told(read(long))).toEqual(['1 Proxy_1_ open parameter.too-long', '1 GPP_C open recipe.template-syntax']);
  });

  it('gives no key away that a rule finds in a parameter of no meaning of its own', () => {
    const text =
      '<flat-profile><GPP_B>deadbeefcafe0123</GPP_B><GPP_C>acme</GPP_C><Profile_Rule>[--key $B] https://$C.example/$MA.xml</Profile_Rule></flat-profile>';
    const imported = read(text);
    expect(JSON.stringify(imported)).not.toContain('deadbeef');
    expect(imported.recipe).toContain('  GPP_B: "{{gpp_b}}"\n');
    expect(imported.recipe).toContain('  GPP_C: acme\n');
    expect(imported.columns).toEqual(['mac', 'model', 'gpp_b']);
  });

  it('leaves no blanks where a tag was left out', () => {
    const text = '<flat-profile><Display_Name_1_>%BWFIRSTNAME-1% %BWLASTNAME-1%</Display_Name_1_></flat-profile>';
    const imported = read(text, { map: { '%BWFIRSTNAME-1%': '{{name}}', '%BWLASTNAME-1%': '' } });
    expect(imported.recipe).toContain('  Display_Name_1_: "{{name}}"\n');
  });

  it('stays open until every tag of the server has a meaning', () => {
    const imported = read(kit);
    expect(imported).toMatchObject({ recipe: null, open: 8 });
    expect(Object.fromEntries(imported.serverTags.map(({ tag, proposal, secret }) => [tag, [proposal, secret]]))).toEqual({
      '%BWHOST-1%': [null, false],
      '%SBC_ADDRESS%': [null, false],
      '%BWLINEPORT-1%': ['{{user}}', false],
      '%BWAUTHUSER-1%': ['{{auth_id}}', false],
      '%BWAUTHPASSWORD-1%': ['{{sip_password}}', true],
      '%BWCLID-1%': ['{{name}}', false],
      '%BWEXTENSION-1%': ['{{extension}}', false],
      '%BWMACADDRESS%': ['{{mac}}', false],
    });
    expect(acceptProposals(imported, {}).map).not.toHaveProperty('%BWHOST-1%');
  });

  it('becomes a recipe without its literal passwords', () => {
    const imported = read(kit, all);
    expect(imported).toMatchObject({ open: 0, problems: [] });
    expect(imported.recipe).toBe(`# Made from acme.xml.
# Columns the list has to have: mac, model, user, auth_id, sip_password, name, extension, admin_password, profile_rule_key

benchtone: 1
name: Acme
phones: cisco-mpp

parameters:
  Line_Enable_1_: Yes
  Proxy_1_: sip.example.com
  User_ID_1_: "{{user}}"
  Auth_ID_1_: "{{auth_id}}"
  Password_1_: "{{sip_password}}"
  Display_Name_1_: { value: "{{name}} ({{extension}})", ua: ro }
  Admin_Password: "{{admin_password}}"
  Text_Logo: "call {{admin_password}}"

handOff:
  Profile_Rule: "[--key \\"{{profile_rule_key}}\\"] https://prov.example/$MA.xml?a=%2Fb"
`);
    expect(JSON.stringify(imported)).not.toMatch(/Kit!Pass|Hunter2/);
    expect(told(imported)).toEqual([
      '11 Admin_Password taken import.secret-lifted',
      '13 Profile_Rule taken import.secret-lifted',
      '14 Text_Logo taken import.secret-lifted',
    ]);
  });

  it('is one that serves a list', () => {
    const csv =
      'mac,model,user,auth_id,sip_password,name,extension,admin_password,profile_rule_key\n00562b043615,8851,2001@a,2001,Chalk-Otter-41,Reception,2001,Maple!Front-9,k3y\n';
    const job = readJob(Buffer.from(csv), read(kit, all).recipe!);
    expect(job.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(job.rows).toHaveLength(1);
  });

  it('takes no password for a server tag that holds one', () => {
    const imported = read(kit, { ...all, map: { ...all.map, '%BWAUTHPASSWORD-1%': 'hunter22' } });
    expect(imported).toMatchObject({ recipe: null, problems: [{ code: 'import.secret-value', column: '%BWAUTHPASSWORD-1%' }] });
    const other = read('<flat-profile><User_Password>%OWN_CODE%</User_Password></flat-profile>', { map: { '%OWN_CODE%': 'hunter22' } });
    expect(other).toMatchObject({ recipe: null, open: 1, tags: [{ problems: [{ code: 'import.secret-value' }] }] });
    expect(read(kit, { ...all, set: { Admin_Password: 'hunter22' } })).toMatchObject({ recipe: null, open: 1 });
  });
});

describe('what phones would ignore', () => {
  const text = `<flat-profile>
<proxy_1_>a</proxy_1_>
<Proxi_1_>b</Proxi_1_>
<Nonsense>c</Nonsense>
<Station_Name>first</Station_Name>
<Station_Name>second</Station_Name>
<GPP_P>mine</GPP_P>
<Line_Enable_1_>maybe</Line_Enable_1_>
<Display_Name_1_>%BWCLID-1</Display_Name_1_>
</flat-profile>`;

  it('is named with its line and the right spelling', () => {
    expect(told(read(text))).toEqual([
      '2 proxy_1_ open import.wrong-case -> Proxy_1_',
      '3 Proxi_1_ open import.unknown-tag -> Proxy_1_',
      '4 Nonsense open import.unknown-tag',
      '5 Station_Name overruled import.overruled',
      '7 GPP_P never import.bench-tag',
      '8 Line_Enable_1_ open parameter.flag',
      '9 Display_Name_1_ taken import.tag-unclosed',
    ]);
  });

  it('becomes what the person says', () => {
    const imported = read(text, {
      rename: { proxy_1_: 'Proxy_1_' },
      drop: ['Proxi_1_'],
      keep: ['Nonsense'],
      set: { Line_Enable_1_: 'Yes', Display_Name_1_: '{{name}}' },
    });
    expect(imported.recipe).toContain(
      `parameters:\n  Proxy_1_: a\n  Nonsense: c\n  Station_Name: second\n  Line_Enable_1_: Yes\n  Display_Name_1_: "{{name}}"\n\nunchecked:\n  - Nonsense\n`,
    );
  });

  it('given the same name twice leaves the later one', () => {
    const imported = read(text, {
      rename: { proxy_1_: 'Proxy_1_', Proxi_1_: 'Proxy_1_' },
      drop: ['Nonsense', 'Line_Enable_1_', 'Display_Name_1_'],
    });
    expect(imported.recipe).toContain('Proxy_1_: b');
    expect(told(imported)).toContain('2 proxy_1_ overruled import.overruled');
  });
});

describe('several files', () => {
  it('win in their order, whatever their form', () => {
    const imported = importProfiles(
      pack,
      [
        { name: 'common.txt', text: 'Proxy[1] "a";\nTime_Zone "GMT+09:00";\nUser_Password "User!Pass-77";' },
        { name: 'site.xml', text: '<flat-profile><Proxy_1_>b</Proxy_1_></flat-profile>' },
      ],
      {},
      'Both',
    );
    expect(imported.recipe).toContain('parameters:\n  Time_Zone: "GMT+09:00"\n  User_Password: "{{user_password}}"\n  Proxy_1_: b\n');
    expect(told(imported)).toContain('1 Proxy[1] overruled import.overruled');
  });

  it('that are none say so', () => {
    expect(read('mac,model\n')).toMatchObject({ recipe: null, problems: [{ code: 'import.unknown-form', params: { name: 'acme.xml' } }] });
    expect(read('<flat-profile><Proxy_1_/></flat-profile>')).toMatchObject({ recipe: null, problems: [{ code: 'import.nothing' }] });
  });
});

it('never throws, and never lets a password through', () => {
  const tag = fc.constantFrom(
    'Password_1_',
    'Admin_Password',
    'Proxy_1_',
    'proxy_1_',
    'Profile_Rule',
    'GPP_P',
    'GPP_SA',
    'X_Pwd',
    'Text_Logo',
  );
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'Zebra-Quartz-17',
      '%BWCLID-1%',
      '{{name}}',
      '{{',
      '{% if %}',
      '[--key Zebra-Quartz-17] http://a/b',
      'http://u:Zebra-Quartz-17@h/x',
    ),
  );
  const decide = fc.record({
    map: fc.dictionary(fc.constantFrom('%BWCLID-1%', '%X%', '__proto__'), value),
    rename: fc.dictionary(tag, tag),
    set: fc.dictionary(tag, fc.constantFrom('{{a}}', 'x', '')),
    drop: fc.array(tag, { maxLength: 2 }),
    keep: fc.array(tag, { maxLength: 3 }),
  });
  const element = ([name, text]: [string, string]) => `<${name}>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${name}>`;
  fc.assert(
    fc.property(fc.array(fc.tuple(tag, value), { maxLength: 12 }), decide, fc.string({ unit: 'binary' }), (pairs, decisions, noise) => {
      importProfiles(pack, [{ name: 'noise', text: noise }], decisions);
      const text = `<flat-profile>${pairs.map(element).join('')}</flat-profile>`;
      const clean = { ...decisions, map: Object.fromEntries(Object.entries(decisions.map).filter(([, said]) => !said.includes('Zebra'))) };
      const { recipe } = importProfiles(pack, [{ name: 'a.xml', text }], clean);
      const isSecret = ([name, said]: [string, string]) => said === 'Zebra-Quartz-17' && /Pass|GPP_S|Pwd/.test(name);
      const hides = pairs.some((pair) => isSecret(pair) || /--key|u:/.test(pair[1]));
      if (recipe !== null && hides) expect(recipe).not.toContain('Zebra-Quartz');
    }),
  );
});

it('a file of far more elements than a profile has is refused before any is read', () => {
  const { problems } = importProfiles(pack, [{ name: 'a.xml', text: `<flat-profile>${'<a/>'.repeat(100_000)}</flat-profile>` }]);
  expect(problems.map(({ code }) => code)).toEqual(['recipe.template-too-large']);
});
