/** Rows that a form fills come out as those that are worked out one by one. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../engine/contract/mac.js';
import { compile } from '../../../../engine/phones/cisco-mpp/compile.js';
import { fillForm } from '../../../../engine/phones/cisco-mpp/form.js';
import { deviceFile, handOffFile, productionFile } from '../../../../engine/phones/cisco-mpp/files.js';
import type { Recipe, Row } from '../../../../engine/profiles/job.js';
import { readRecipe } from '../../../../engine/profiles/recipe.js';

const key = new Uint8Array(32).fill(7);

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

const recipes: readonly (readonly [string, string])[] = [
  ['whose rule comes from the row', recipeWith('{ transport: http }', 'https://{{domains}}/$MA.xml')],
  ['that encrypts', recipeWith('{ encrypt: { digest: sha256 } }', '[--key $A] https://example.net/$B/$MA.xml')],
  ['that encrypts, its rule from the row', recipeWith('{ encrypt: { digest: sha256 } }', '[--key $A] https://{{domains}}/$MA.xml')],
  ['the starter', readFileSync(new URL('../../../../resources/starter/office.yaml', import.meta.url), 'utf8')],
];

function recipeOf(text: string): Recipe {
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

const listOfRows = fc.array(
  fc.record({
    values: fc.record(cells),
    mac: fc.constantFrom('c4c603000001', 'c4c603000002', null),
    model: fc.constantFrom('8851', '7811'),
  }),
  { minLength: 2, maxLength: 12 },
);

/** A recipe keeps what it has learnt, so one nobody has used works each row out. */
function worked(text: string, row: Row): unknown {
  return seen(compile(recipeOf(text), row));
}

function seen({ compiled, problems }: ReturnType<typeof compile>): unknown {
  if (compiled === undefined) return { problems };
  const texts = [deviceFile(compiled, key), handOffFile(compiled), productionFile(compiled)].map(({ bytes }) =>
    Buffer.from(bytes).toString(),
  );
  const { device, handOff, admin, account, ...rest } = compiled;
  const origins = [...device, ...handOff].map(({ tag, value, origin }) => [tag, typeof value, origin]);
  return { problems, texts, rest, origins, account, admin: admin.password?.reveal() };
}

describe.each(recipes)('a list of rows with the recipe %s', (_name, text) => {
  it('comes out as its rows one by one', () => {
    let filled = 0;
    fc.assert(
      fc.property(listOfRows, (list) => {
        const recipe = recipeOf(text);
        const rows = list.map(({ values, mac, model }, i): Row => ({ row: i + 1, line: i + 2, mac: mac as Mac | null, model, values }));
        // Twice: what the first round taught the second uses.
        for (const row of [...rows, ...rows]) {
          if (fillForm(recipe, row) !== undefined) filled += 1;
          expect(seen(compile(recipe, row))).toStrictEqual(worked(text, row));
        }
      }),
      { numRuns: 60 },
    );
    expect(filled > 0).toBe(!text.includes('--key $A] https://{{'));
  });
});
