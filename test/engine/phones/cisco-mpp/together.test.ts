import { describe, expect, it } from 'vitest';
import { together } from '../../../../engine/phones/cisco-mpp/together.js';
import { findParameter } from '../../../../engine/phones/cisco-mpp/parameters.js';
import { readJob } from '../../../../engine/profiles/read-job.js';

const head = 'benchtone: 1\nname: Acme\nphones: cisco-mpp\n';

/** Codes with the place where each is shown; that such a recipe leads to no customer is another test's matter. */
function told(yaml: string, csv = 'model\n8851\n'): string[] {
  const { problems } = readJob(Buffer.from(csv), head + yaml);
  return problems
    .filter(({ code }) => code !== 'recipe.leads-nowhere')
    .map(({ code, severity, line, column, params }) => `${severity} ${code} ${line} ${column} ${params['other'] ?? ''}`.trim());
}

describe('parameters seen together', () => {
  it('are all known to the catalogue', () => {
    for (const tag of together().flatMap(({ tags }) => tags))
      expect([tag, findParameter(tag)?.known.tag]).toEqual([tag, expect.any(String)]);
    expect(together().length).toBeGreaterThan(60);
  });

  it.each([
    ['Resync_Periodic: "600"\n  Resync_At__HHmm_: "0300"', ['warning parameter.periodic-ignored 5 parameters.Resync_Periodic']],
    ['Resync_At_Random_Delay: "900"', ['warning parameter.needs 5 parameters.Resync_At_Random_Delay Resync_At__HHmm_']],
    ['Report_To_Server: Periodically', ['warning parameter.needs 5 parameters.Report_To_Server Report_Rule']],
    [
      'Profile_Authentication_Type: XSI Authentication',
      ['warning parameter.needs 5 parameters.Profile_Authentication_Type XSI_Host_Server'],
    ],
    [
      'Profile_Rule: gds://\n  Webex_Onboard_Enable: No',
      [
        'warning recipe.activation-missing 5 parameters.Profile_Rule',
        'error parameter.needs-value 5 parameters.Profile_Rule Webex_Onboard_Enable',
      ],
    ],
    ['Profile_Rule: "[--key $SA] https://prov.acme.example/$MA.xml"', ['warning parameter.macro-empty 5 parameters.Profile_Rule GPP_SA']],
    ['Profile_Rule: https://10.0.0.9/$MA.xml', ['warning parameter.https-address 5 parameters.Profile_Rule']],
    [
      'Connection_Type: Static IP\n  Static_IP: 10.1.1.1\n  NetMask: 255.0.0.0',
      ['error parameter.needs 5 parameters.Connection_Type Gateway'],
    ],
    ['RTP_Port_Min: "20000"\n  RTP_Port_Max: "16400"', ['error parameter.order 5 parameters.RTP_Port_Min RTP_Port_Max']],
    [
      'Restricted_Access_Domains: acme.example\n  Proxy_1_: sip.other.example:5061\n  Primary_NTP_Server: time.acme.example',
      ['warning parameter.domain-blocked 6 parameters.Proxy_1_'],
    ],
    ['Upgrade_Enable: No\n  Upgrade_Rule: http://a/b.loads', ['warning parameter.needs-value 6 parameters.Upgrade_Rule Upgrade_Enable']],
    ['Enable_CDP: No\n  Enable_LLDP-MED: No\n  DHCP_VLAN_Option: "132"', []],
    ['User_ID_2_: a\n  Password_2_: "{{model}}"', []],
  ])('say what they have against each other: %s', (parameters, expected) =>
    expect(told(`parameters:\n  ${parameters}\n`)).toEqual(expected),
  );

  it('are told once for the recipe, and for each row where a column has a part in it', () => {
    expect(told('parameters:\n  VLAN_ID: "20"\n', 'model\n8851\n7841\n')).toEqual([
      'warning parameter.needs-value 5 parameters.VLAN_ID Enable_VLAN',
    ]);
    expect(told('parameters:\n  VLAN_ID: "20"\n', 'model,Enable_VLAN\n8851,Yes\n7841,No\n7841,\n')).toEqual([
      'warning parameter.needs-value 3 parameters.VLAN_ID Enable_VLAN',
    ]);
    expect(told('parameters:\n  Password_1_: "{{pw}}"\n', 'model,pw,User_ID_1_\n8851,a,b\n8851,a,\n')).toEqual([
      'warning parameter.needs 3 parameters.Password_1_ User_ID_1_',
    ]);
    expect(told('parameters:\n  Admin_Password: Sesame-11\n', 'model,Admin_Passwd\n8851,Sesame-12\n8851,Sesame-11\n')).toEqual([
      'warning recipe.secret-inside 5 parameters.Admin_Password',
      'error parameter.twice 2 Admin_Passwd Admin_Password',
    ]);
  });
});
