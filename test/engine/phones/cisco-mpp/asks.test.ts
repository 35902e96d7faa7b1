import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../engine/contract/mac.js';
import { packNamed } from '../../../../engine/phones/packs.js';
import { readRecipe } from '../../../../engine/profiles/recipe.js';

const pack = packNamed('cisco-mpp')!;
const bench = { address: '10.0.0.1', ports: { tftp: 69, http: 80, syslog: 514 } };

/** Stage and tag of each request, with its cases as a line each. */
function asks(yaml: string, values: Record<string, string> = {}, mac: Mac | null = '001234ab45de' as Mac) {
  const { recipe, problems } = readRecipe(`benchtone: 1\nname: Acme\nphones: cisco-mpp\n${yaml}`);
  if (recipe === undefined) throw new Error(JSON.stringify(problems));
  const row = { row: 1, line: 2, mac, model: '8851', values };
  const { compiled, problems: ofRow } = pack.compile(recipe, row);
  if (compiled === undefined) throw new Error(JSON.stringify(ofRow));
  return pack
    .asks(recipe, compiled, row, bench)
    .flatMap(({ stage, tag, cases, on }) =>
      cases.length === 0
        ? [`${stage} ${tag}: nothing`]
        : cases.map(({ condition, url, sets, options }) =>
            [`${stage} ${tag}:`, condition === null ? '' : `if ${condition}`, url ?? '', sets.join(), options.join(), on.join()]
              .filter(Boolean)
              .join(' '),
          ),
    );
}
const later = (yaml: string, values = {}, mac?: Mac | null) =>
  asks(yaml, values, mac)
    .filter((each) => each.startsWith('production'))
    .map((each) => each.replace('production ', ''));

describe('what a phone will ask for', () => {
  it('is the bench first, and then whom the recipe names', () => {
    expect(asks('handOff: { Profile_Rule: https://prov.acme.example/$MA.xml }\n')).toEqual([
      'bench Profile_Rule: http://10.0.0.1/8851-3PCC.xml',
      'bench Profile_Rule_B: http://10.0.0.1/device/001234ab45de.xml',
      'bench Report_Rule: http://10.0.0.1/report/001234ab45de',
      'production Profile_Rule: https://prov.acme.example/001234ab45de.xml',
    ]);
  });

  it('is the server of DHCP where the recipe names none', () => expect(later('')).toEqual(['Profile_Rule: (DHCP)/8851-3PCC.xml']));

  it.each([
    ['https://h/$PN/$PSN/$SN/$MAU/$MAC/$(MA:6:2).xml', 'https://h/CP-8851-3PCC/8851-3PCC/FCH1/001234AB45DE/00:12:34:ab:45:de/ab.xml'],
    ['https://h/$UID1/$A.xml?v=$$1', 'https://h/2001/blue.xml?v=$1'],
    ['[--uid me --pwd Geheim-1] https://h/Geheim-1/$MA.xml', 'https://h/********/001234ab45de.xml uid,pwd'],
    ['[--key $B] https://h/$MA.xml', 'https://h/001234ab45de.xml key'],
    ['("$PN" = "CP-8851-3PCC")? https://h/a.xml | https://h/b.xml', 'https://h/a.xml'],
    ['("$PN" = "CP-7841-3PCC")? https://h/a.xml', 'nothing'],
    ['("$PN" = "CP-8851-3PCC")? (Line_Enable_1_ = "No";)! | https://h/b.xml', 'Line_Enable_1_'],
  ])('by %s is %s', (rule, wanted) => {
    const yaml = `parameters: { User_ID_1_: "2001", GPP_A: blue }\nhandOff: { Profile_Rule: '${rule}' }\n`;
    expect(later(yaml, { serial: 'FCH1' })).toEqual([`Profile_Rule: ${wanted}`]);
  });

  it('never tells what a secret column holds, wherever a rule has it', () => {
    const yaml = `parameters: { Password_1_: '{{sip_password}}' }
handOff:
  Profile_Rule: 'https://h/{{sip_password}}/$MA.xml?t={{sip_password}}'
  Upgrade_Rule: '("$SWVER" = "{{sip_password}}")? http://h/a.loads'
`;
    expect(asks(yaml, { sip_password: 'Geheim-1' }).join('\n')).not.toContain('Geheim');
    expect(later(yaml, { sip_password: 'Geheim-1' })).toContain('Profile_Rule: https://h/********/001234ab45de.xml?t=********');
  });

  it('depends where only the phone knows, and every case is told', () => {
    const yaml = "handOff: { Upgrade_Rule: '($SWVER lt 12-0-7)? http://h/$PSN.loads | http://h/b.loads' }\n";
    expect(later(yaml)).toEqual([
      'Profile_Rule: (DHCP)/8851-3PCC.xml',
      'Upgrade_Rule: if $SWVER < 12-0-7 http://h/8851-3PCC.loads SWVER',
      'Upgrade_Rule: http://h/b.loads SWVER',
    ]);
  });

  it('leaves open what a row without a MAC cannot tell', () =>
    expect(later('handOff: { Profile_Rule: https://h/$MA.xml }\n', {}, null)).toEqual(['Profile_Rule: https://h/$MA.xml']));

  it('holds no value that feeds a password', () => {
    const yaml =
      'parameters: { Password_1_: "{{pw}}", GPP_A: "{{pw}}" }\nhandOff: { Profile_Rule: "[--key {{pw}}] https://h/$A/{{pw}}.xml" }\n';
    expect(later(yaml, { pw: 'Chalk-7' })).toEqual(['Profile_Rule: https://h/********/********.xml key']);
  });
});
