import fc from 'fast-check';
import { readYaml } from '../../../engine/profiles/recipe-yaml.js';
import { describe, expect, it } from 'vitest';
import { readRecipe, recipeSteps } from '../../../engine/profiles/recipe.js';

const head = 'benchtone: 1\nname: Acme\nphones: cisco-mpp\n';
const problems = (text: string, options = {}) =>
  readRecipe(text, options).problems.map(
    ({ code, line, column, suggestion }) => `${code} ${line} ${column}${suggestion === null ? '' : ` -> ${suggestion}`}`,
  );

describe('a recipe', () => {
  it('is read with the values as they are written', () => {
    const { recipe, problems } = readRecipe(
      `${head}parameters:
  Voice_Mail_Number: 0900
  Enable_CDP: No
  Display_Name_1_: { value: "{{name}}", ua: ro }
  Station_Name: "true"
models:
  CP-7841-3PCC: { delivery: { transport: tftp }, parameters: { Text_Logo: 7841 } }
unchecked: [Shiny_New_Tag]
bootstrap: { Web_Server_Port: "10080" }
handOff:
  Profile_Rule: https://prov.acme.example/$MA.xml
`,
    );
    expect(problems).toEqual([]);
    expect(recipe).toMatchObject({
      name: 'Acme',
      parameters: {
        Voice_Mail_Number: { value: '0900', ua: 'na' },
        Enable_CDP: { value: 'No', ua: 'na' },
        Display_Name_1_: { value: '{{name}}', ua: 'ro' },
        Station_Name: { value: 'true' },
      },
      models: { '7841': { delivery: { transport: 'tftp' }, parameters: { Text_Logo: { value: '7841' } } } },
      unchecked: ['Shiny_New_Tag'],
      delivery: { transport: 'http' },
      bootstrap: { Web_Server_Port: '10080' },
      handOff: { Profile_Rule: { value: 'https://prov.acme.example/$MA.xml', ua: 'na' } },
    });
    expect(recipe?.lines['parameters.Enable_CDP']).toBe(6);
  });

  it("takes YAML's own booleans for the phone's, and says so", () => {
    const text = `${head}parameters:\n  Enable_CDP: false\n  Enable_LLDP-MED: { value: true }\n`;
    expect(problems(text)).toEqual(['recipe.boolean 5 parameters.Enable_CDP -> No', 'recipe.boolean 6 parameters.Enable_LLDP-MED -> Yes']);
    expect(readRecipe(text).recipe?.parameters).toMatchObject({ Enable_CDP: { value: 'No' }, 'Enable_LLDP-MED': { value: 'Yes' } });
  });

  it.each([
    ['paramters:\n  Proxy_1_: x\n', 'recipe.unknown-key 4 paramters -> parameters'],
    ['parameters:\n  Proxy_1_: { value: x, us: ro }\n', 'recipe.unknown-key 5 parameters.Proxy_1_.us -> ua'],
    ['parameters:\n  Proxy_1_: { value: x, ua: no }\n', 'recipe.choice 5 parameters.Proxy_1_.ua -> na'],
    ['delivery: { transport: htttp }\n', 'recipe.choice 4 delivery.transport -> http'],
    ['delivery:\n\ttransport: http\n', 'recipe.tab 5 null'],
    ['parameters:\n  User_ID_1_: {{extension}}\n', 'recipe.unquoted-braces 5 null -> "{{extension}}"'],
    ['parameters:\n  User_ID_1_: {{ extension }}@{{host}} # x\n', 'recipe.unquoted-braces 5 null -> "{{ extension }}@{{host}}"'],
    ['parameters:\n  User_ID_1_: { value: {{extension}}, ua: ro }\n', 'recipe.unquoted-braces 5 null -> "{{extension}}"'],
    [`---\n${head}`, 'recipe.several 4 null'],
    ['parameters: { __proto__: x }\n', 'recipe.syntax 4 null'],
    ['models: { __proto__: {} }\n', 'recipe.syntax 4 null'],
    [`parameters:\n  Proxy_1_: ${'x'.repeat(9000)}\n`, 'parameter.too-long 5 parameters.Proxy_1_'],
    ['parameters:\n  Proxy_1_: “sip.example”\n', 'recipe.smart-quotes 5 parameters.Proxy_1_'],
    ['parameters:\n  Proxy_1_: "sip\u200b.example"\n', 'recipe.invisible 5 parameters.Proxy_1_'],
    ['parameters:\n  User_ID_1_: “{{extension}}”\n', 'recipe.smart-quotes 5 parameters.User_ID_1_'],
    ['parameters: [Proxy_1_]\n', 'recipe.form 4 parameters'],
    ['parameters:\n  proxy_1_: x\n', 'parameter.unknown 5 parameters.proxy_1_ -> Proxy_1_'],
    ['parameters:\n  Proxy_99_: x\n', 'parameter.unknown 5 parameters.Proxy_99_ -> Proxy_9_'],
    ['parameters:\n  Disply_Name_1_: x\n', 'parameter.unknown 5 parameters.Disply_Name_1_ -> Display_Name_1_'],
    ['parameters:\n  Enable_CDP: on\n', 'parameter.flag 5 parameters.Enable_CDP -> Yes'],
    ['parameters:\n  SIP_Transport_1_: tls\n', 'parameter.choice 5 parameters.SIP_Transport_1_ -> TLS'],
    ['parameters:\n  SIP_Port_1_: 70000\n', 'parameter.range 5 parameters.SIP_Port_1_'],
    ['parameters:\n  Resync_At__HHmm_: 2500\n', 'parameter.hhmm 5 parameters.Resync_At__HHmm_'],
    ['parameters:\n  Resync_Periodic: soon\n', 'parameter.time-list 5 parameters.Resync_Periodic'],
    ['parameters:\n  Proxy_1_: "{{name"\n', 'recipe.template-syntax 5 parameters.Proxy_1_'],
    ['parameters:\n  Proxy_1_: "{% if name %}x{% endif %}"\n', 'recipe.template-syntax 5 parameters.Proxy_1_'],
    ['parameters:\n  GPP_P: x\n', 'recipe.marker 5 parameters.GPP_P'],
    ['handOff:\n  GPP_P: x\n', 'recipe.marker 5 handOff.GPP_P'],
    ['bootstrap:\n  GPP_P: x\n', 'recipe.marker 5 bootstrap.GPP_P'],
    ['bootstrap:\n  Syslog_Server: x\n', 'recipe.bootstrap-reserved 5 bootstrap.Syslog_Server'],
    ['bootstrap:\n  Admin_Password: abcd\n', 'recipe.bootstrap-secret 5 bootstrap.Admin_Password'],
    ['bootstrap:\n  Time_Zone: GMT+09:00\n', 'recipe.bootstrap-no-default 5 bootstrap.Time_Zone'],
    ['handOff:\n  Admin_Password: "{{pw}}"\n', 'recipe.admin-password-in-hand-off 5 handOff.Admin_Password'],
    ['delivery: { gzip: maybe }\n', 'recipe.choice 4 delivery.gzip'],
    ['delivery: { encrypt: { digest: sha1 } }\n', 'recipe.choice 4 delivery.encrypt.digest'],
    ['delivery: { encrypt: { digset: md5 } }\n', 'recipe.unknown-key 4 delivery.encrypt.digset -> digest'],
    ['delivery: { transport: tftp, encrypt: { content: aes128gcm } }\n', 'recipe.encrypt-needs-http 4 delivery.encrypt'],
    ['delivery: { encrypt: true }\nparameters: { GPP_A: x }\n', 'recipe.key-tag 5 parameters.GPP_A'],
    ['delivery: { encrypt: true }\nhandOff: { GPP_B: x }\n', 'recipe.key-tag 5 handOff.GPP_B'],
    ['models: { "8851": { delivery: { encrypt: true } } }\nbootstrap: { GPP_A: x }\n', 'recipe.key-tag 5 bootstrap.GPP_A'],
    ['bootstrap:\n  Profile_Rule_D: /x.xml\n', 'recipe.bootstrap-reserved 5 bootstrap.Profile_Rule_D'],
    ['delivery:\n  transport: https\n', 'recipe.not-yet.https 5 delivery.transport'],
    ['models:\n  "8851": { firmware: { load: a.loads } }\n', 'recipe.not-yet.firmware 5 models.8851.firmware'],
    ['models:\n  "8815": {}\n', 'recipe.unknown-model 5 models.8815 -> 8811'],
    ['template: acme.xml\n', 'recipe.template-missing 4 template'],
    ['parameters: {a: 1, a: 2}\n', 'recipe.key-twice 4 null'],
    ['parameters: !bad {a: 1}\n', 'recipe.tag 4 null'],
    ['parameters: {\n', 'recipe.syntax 5 null'],
    ['unchecked: ["a b"]\nparameters:\n  a b: 1\n', 'parameter.name 6 parameters.a b'],
  ])('says what is wrong and where: %j', (text, expected) => expect(problems(head + text)).toContain(expected));

  it('wants its version, its name and its pack', () => {
    expect(problems('name: x\nphones: cisco-mmp\n')).toEqual(['recipe.version-missing null benchtone']);
    expect(problems('benchtone: 2\nname: x\nphones: cisco-mpp\n')).toEqual(['recipe.version 1 benchtone']);
    expect(problems('benchtone: 1\nname: x\nphones: cisco-mmp\n')).toEqual(['recipe.unknown-pack 3 phones -> cisco-mpp']);
    expect(problems('')).toEqual(['recipe.none null null']);
    expect(problems('<flat-profile/>')).toEqual(['recipe.none null null']);
    expect(readRecipe('benchtone: 1\nname: x\n').recipe).toBeUndefined();
  });

  it.each([
    ['aliases', `a: &a x\nlist:\n${'- *a\n'.repeat(15_000)}`],
    ['mistakes', 'a: }\n'.repeat(15_000)],
  ])('takes no longer for many %s than for as many words', (_what, text) => {
    const began = performance.now();
    problems(head + text);
    expect(performance.now() - began).toBeLessThan(6000); // it grew by the square: half a minute and more
  });

  it('of any length is read in steps, none of which is long', () => {
    const tags = Array.from({ length: 9000 }, (_, i) => `  Tag_${i}_: "value ${i}"`).join('\n');
    const steps = recipeSteps(`${head}parameters:\n${tags}\n`);
    let count = 0;
    for (let step = steps.next(); step.done !== true; step = steps.next()) count += 1;
    expect(count).toBeGreaterThan(100);
    // More than any recipe has is refused before anything is made of it.
    expect(problems(`${head}unchecked: [${Array.from({ length: 40_000 }, (_, i) => `T${i}`).join(', ')}]\n`)).toEqual([
      'recipe.too-deep null null',
    ]);
  });

  it('knows an alias by the newest anchor before it, of a key too', () => {
    const read = readYaml('&k one: &a 1\ntwo: *a\nthree: &a 3\nfour: *a\nfive: *k\n');
    expect(read.value).toEqual({ one: '1', two: '1', three: '3', four: '3', five: 'one' });
    const again = readYaml('o: &o { i: &i 1, j: *i }\np: &i 2\nq: *o\nr: *i\n');
    expect(again.value).toEqual({ o: { i: '1', j: '1' }, p: '2', q: { i: '1', j: '1' }, r: '2' });
  });

  it('refuses a bomb of aliases and bottomless nesting', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((key, i) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`),
    ].join('\n');
    expect(problems(head + bomb)).toEqual(['recipe.too-deep null null']);
    expect(problems(`${head}parameters: ${'['.repeat(5000)}`)).not.toEqual([]);
    expect(problems(`${head}parameters: ${'{a: '.repeat(40)}x${'}'.repeat(40)}`)).toEqual(['recipe.too-deep null null']);
    expect(problems('#'.repeat((1 << 20) + 1))).toEqual(['recipe.too-large null null']);
  });

  describe('with a template', () => {
    const read = (xml: string) =>
      readRecipe(`${head}template: acme.xml\nparameters:\n  Proxy_1_: mine\n`, {
        readTemplate: (name: string) => (name === 'acme.xml' ? xml : undefined),
      });

    it('takes over its parameters, its own winning', () => {
      const xml = `<?xml version="1.0"?>\n<!-- old --><device><flat-profile group="x"><Proxy_1_ ua="rw">theirs</Proxy_1_><Text_Logo>A &amp; B</Text_Logo><Syslog_Server/></flat-profile></device>`;
      expect(read(xml)).toMatchObject({
        problems: [],
        recipe: {
          template: { Proxy_1_: { value: 'theirs', ua: 'rw' }, Text_Logo: { value: 'A & B', ua: 'na' } },
          parameters: { Proxy_1_: { value: 'mine' } },
        },
      });
    });

    it.each([
      ['<!DOCTYPE x [<!ENTITY a "b">]><flat-profile>&a;</flat-profile>', 'recipe.template-dtd'],
      ['<flat-profile><a></flat-profile>', 'recipe.template-xml'],
      ['', 'recipe.template-xml'],
      ['<html/>', 'recipe.template-not-a-profile'],
      ['<flat-profile><GPP_P>1</GPP_P></flat-profile>', 'recipe.marker'],
      ['<flat-profile><Proxi_1_>1</Proxi_1_></flat-profile>', 'parameter.unknown'],
    ])('refuses %j', (xml, code) => {
      const { recipe, problems } = read(xml);
      expect(recipe).toBeUndefined();
      expect(problems.map(({ code, line, params }) => [code, line, params['file']])).toEqual([[code, 4, 'recipe']]);
    });
  });

  it('never throws, whatever the text', () => {
    const parts = [
      'benchtone: 1',
      'name: x',
      'phones: cisco-mpp',
      'parameters:',
      '  Proxy_1_: ',
      'models:',
      '  "8851": ',
      'handOff:',
      'bootstrap: ',
      '{',
      '}',
      '[',
      ']',
      '&a ',
      '*a',
      '"',
      '{{',
      '}}',
      '{%',
      '\n',
      '!x ',
      '__proto__: ',
      '- ',
      '? ',
      '|',
      '\t',
      '# ',
    ];
    const text = fc.array(fc.constantFrom(...parts), { maxLength: 20 }).map((each) => each.join(''));
    const lines = fc.array(fc.constantFrom(...parts), { maxLength: 12 }).map((each) => each.join('\n'));
    fc.assert(
      fc.property(fc.oneof(text, lines, fc.string({ unit: 'binary', maxLength: 60 })), (tail) => {
        expect(Array.isArray(readRecipe(tail, { readTemplate: () => tail }).problems)).toBe(true);
        expect(Array.isArray(readRecipe(head + tail, { readTemplate: () => tail }).problems)).toBe(true);
      }),
      { numRuns: 10_000, seed: 13 },
    );
  });
});
