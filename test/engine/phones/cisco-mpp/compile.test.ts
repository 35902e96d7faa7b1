import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../engine/contract/mac.js';
import { reveal } from '../../../../engine/contract/secret.js';
import { packNamed } from '../../../../engine/phones/packs.js';
import type { Parameter } from '../../../../engine/phones/pack.js';
import { readRecipe } from '../../../../engine/profiles/recipe.js';

const pack = packNamed('cisco-mpp')!;
const head = 'benchtone: 1\nname: Acme\nphones: cisco-mpp\n';

function compile(yaml: string, values: Record<string, string> = {}, model = '8851', mac: Mac | null = '00562b043615' as Mac) {
  const { recipe, problems: ofRecipe } = readRecipe(head + yaml, {
    readTemplate: () => '<flat-profile><Text_Logo ua="rw">theirs</Text_Logo><Station_Name>theirs</Station_Name></flat-profile>',
  });
  if (recipe === undefined) throw new Error(JSON.stringify(ofRecipe));
  const { compiled, problems } = pack.compile(recipe, { row: 1, line: 2, mac, model, values });
  const plain = (parameters: readonly Parameter[] = []) =>
    Object.fromEntries(parameters.map(({ tag, value, ua }) => [tag, ua === 'na' ? reveal(value) : `${reveal(value)} (${ua})`]));
  return { compiled, problems, device: plain(compiled?.device), handOff: plain(compiled?.handOff) };
}

describe('a recipe applied to a row', () => {
  it('lets the more particular win: template, parameters, model, row', () => {
    const yaml = `template: t.xml
parameters:
  Station_Name: everyone's
  Locale: everyone's
  Domain: everyone's
  Host_Name: { value: "{{mac}}-{{model}}", ua: ro }
models:
  "8851": { parameters: { Locale: the model's, Domain: the model's }, delivery: { transport: tftp } }
`;
    const values = { Domain: "the row's", Host_Name: '', room: 'nobody cares' };
    expect(compile(yaml, values)).toMatchObject({
      problems: [],
      compiled: { transport: 'tftp', model: '8851' },
      device: {
        Text_Logo: 'theirs (rw)',
        Station_Name: "everyone's",
        Locale: "the model's",
        Domain: "the row's",
        Host_Name: '00562b043615-8851 (ro)',
        Resync_Periodic: '30',
      },
    });
    expect(compile(yaml, values, '7841')).toMatchObject({ compiled: { transport: 'http' }, device: { Locale: "everyone's" } });
  });

  it('keeps for the end what could cut the bench off, and what the bench needs meanwhile', () => {
    const { device, handOff, compiled } = compile(
      'parameters:\n  Enable_VLAN: Yes\n  VLAN_ID: "100"\n  Syslog_Server: log.acme.example\n  Profile_Rule: https://prov.acme.example/$MA.xml\n  Resync_At__HHmm_: "0300"\n  Log_Success_Msg: done\n',
    );
    expect(device).toEqual({ Resync_Periodic: '30' });
    expect(handOff).toEqual({
      Syslog_Server: 'log.acme.example',
      Log_Request_Msg: '$PN $MAC -- Requesting resync $SCHEME://$SERVIP:$PORT$PATH',
      Log_Success_Msg: 'done',
      Log_Failure_Msg: '$PN $MAC -- Resync failed: $ERR',
      Peer_Firmware_Sharing: 'Yes',
      Report_Rule: '',
      Report_To_Server: 'On Request',
      Resync_Periodic: '3600',
      Profile_Rule_B: '',
      GPP_P: '',
      Enable_VLAN: 'Yes',
      VLAN_ID: '100',
      Profile_Rule: 'https://prov.acme.example/$MA.xml',
      Resync_At__HHmm_: '0300',
    });
    expect(compiled).toMatchObject({ readableAfter: false, leavesBench: true });
  });

  it.each([
    ['{}', true],
    ['{ Enable_Web_Server: No }', false],
    ['{ Enable_Web_Admin_Access: no }', false],
    ['{ Enable_Direct_Action_Url: No }', false],
    ['{ Enable_Protocol: Https }', false],
    ['{ Connection_Type: Static IP }', false],
    ['{ Enable_VLAN: No, VLAN_ID: "7" }', true],
    ['{ Web_Server_Port: "8000" }', true],
  ])('knows whether %s leaves the phone readable', (parameters, readable) =>
    expect(compile(`handOff: ${parameters}\n`).compiled?.readableAfter).toBe(readable),
  );

  it('leaves Profile_Rule alone unless told', () => {
    expect(compile('')).toMatchObject({ compiled: { leavesBench: false, webPort: 80, webPortAfter: 80 } });
    expect(compile('').handOff).not.toHaveProperty('Profile_Rule');
    expect(compile('handOff: { Profile_Rule: /$PSN.xml }').compiled?.leavesBench).toBe(false);
  });

  it('takes unchecked tags as they are', () => {
    const yaml =
      'unchecked: [Shiny_New_Tag, Enable_CDP, Proxy_9_]\nparameters: { Shiny_New_Tag: "{{x}}", Enable_CDP: maybe, Proxy_9_: far }\n';
    expect(compile(yaml, { x: 'y' }, '7841')).toMatchObject({
      problems: [],
      device: { Shiny_New_Tag: 'y', Enable_CDP: 'maybe', Proxy_9_: 'far' },
    });
  });

  it('names the cell that a value came from', () => {
    const yaml = 'parameters: { Line_Enable_1_: "{{on}}", Proxy_5_: x, Text_Logo: "{{a}}{{b}}" }\n';
    const { compiled, problems } = compile(yaml, { on: 'perhaps', a: 'x', b: '\u0001', SIP_Port_1_: 'no' }, '7841');
    expect(compiled).toBeUndefined();
    expect(problems.map(({ code, line, column, params }) => [code, line, column, params['tag']])).toEqual([
      ['parameter.flag', 2, 'on', 'Line_Enable_1_'],
      ['parameter.line', 2, 'parameters.Proxy_5_', 'Proxy_5_'],
      ['parameter.control-character', 2, 'parameters.Text_Logo', 'Text_Logo'],
      ['parameter.integer', 2, 'SIP_Port_1_', 'SIP_Port_1_'],
    ]);
  });

  it('compiles a row that waits for its phone', () => {
    expect(compile('parameters: { Host_Name: "{{mac}}" }', {}, '8851', null)).toMatchObject({
      problems: [],
      device: { Resync_Periodic: '30' },
    });
  });

  it('hides what feeds a password wherever else it is used', () => {
    const { compiled } = compile('parameters: { Password_1_: "{{pw}}", GPP_A: "{{pw}}", GPP_B: "[--key {{k}}] x" }', {
      pw: 'Sesame',
      k: 'Street',
    });
    expect(JSON.stringify(compiled)).not.toMatch(/Sesame|Street/);
  });
});
