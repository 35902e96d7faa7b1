/** Recipes and rows of which most are alike and some have something to tell. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import type { Mac } from '../../../../engine/contract/mac.js';
import type { Recipe, Row } from '../../../../engine/profiles/job.js';
import { readRecipe } from '../../../../engine/profiles/recipe.js';

const recipeWith = (delivery: string, rule: string): string => `benchtone: 1
name: forms
phones: cisco-mpp
delivery: ${delivery}
unchecked: [Own_Tag]
parameters:
  Own_Tag: "{{note}}"
  Admin_Password: "{{secret}}"
  Display_Name_1_: "{{name | upcase}}"
  User_ID_1_: "{{extension}}"
  Password_1_: "{{secret}}"
  Proxy_1_: sip.example.net
  Enable_VLAN: "Yes"
  VLAN_ID: "{{vlan}}"
  Restricted_Access_Domains: "{{domains}}"
  Profile_Rule: "${rule}"
handOff:
  Web_Server_Port: "{{port}}"
`;

export const recipes: readonly (readonly [string, string])[] = [
  ['whose rule comes from the row', recipeWith('{ transport: http }', 'https://{{domains}}/$MA.xml')],
  ['that encrypts', recipeWith('{ encrypt: { digest: sha256 } }', '[--key $A] https://example.net/$B/$MA.xml')],
  ['that encrypts, its rule from the row', recipeWith('{ encrypt: { digest: sha256 } }', '[--key $A] https://{{domains}}/$MA.xml')],
  ['the starter', readFileSync(new URL('../../../../resources/starter/office.yaml', import.meta.url), 'utf8')],
];

export function recipeOf(text: string): Recipe {
  const { recipe } = readRecipe(text);
  if (recipe === undefined) throw new Error('the recipe is not sound');
  return recipe;
}

const cells = {
  extension: usually(['201', '202'], ['', '0203', ' x']),
  admin_password: usually(['abcdEFGH2345', 'Xy:5_abcd'], ['short', '']),
  sip_password: usually(['abcdEFGH2345', 'Xy"&<9abcd'], ['']),
  server: usually(['sip.example.net'], ['a b', '']),
  name: usually(['Anna', 'Ünal <2>', 'Łódź & Co'], [' Bert', '']),
  note: usually(['one', '"two"'], ['--key abc', 'a\u0007b', '']),
  secret: usually(['abcdEFGH2345'], ['short', '']),
  vlan: usually(['10', '20'], ['1', '99999', 'ten', '']),
  domains: usually(['example.net', 'sip.example.net'], ['']),
  port: usually(['80', '8080'], ['']),
  Own_Tag: usually(['', 'mine'], ['b\u0007']),
  Voice_Mail_Number: usually(['', '*97'], [' ']),
  Line_Enable_2_: usually(['', 'Yes'], ['perhaps']),
};

/** Rows with nothing to tell are what forms are made of: most are such. */
function usually(good: readonly string[], bad: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof({ weight: 40, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: fc.constantFrom(...bad) });
}

export const listOfRows: fc.Arbitrary<readonly Row[]> = fc
  .array(
    fc.record({
      values: fc.record(cells),
      mac: fc.constantFrom('c4c603000001', 'c4c603000002', null),
      model: fc.constantFrom('8851', '7811'),
    }),
    { minLength: 2, maxLength: 12 },
  )
  .map((list) => list.map(({ values, mac, model }, i) => ({ row: i + 1, line: i + 2, mac: mac as Mac | null, model, values })));
