/** The four parts of a configuration, taken by a phone of the simulator in the order of its rules. */
import { expect, it } from 'vitest';
import type { Mac } from '../../../../engine/contract/mac.js';
import { packNamed } from '../../../../engine/phones/packs.js';
import { readRecipe } from '../../../../engine/profiles/recipe.js';
import { Parameters } from '../../../../simulator/parameters.js';
import { readProfile } from '../../../../simulator/profile.js';

const pack = packNamed('cisco-mpp')!;
const template = '<flat-profile><Time_Zone>GMT+01:00</Time_Zone><Proxy_1_>old.example</Proxy_1_></flat-profile>';
const text = `benchtone: 1
name: Acme
phones: cisco-mpp
template: base.xml
parameters: { Proxy_1_: sip.acme.example, Display_Name_1_: "{{name}}", Password_1_: "{{pw}}" }
models: { "8851": { parameters: { Back_Light_Timer: 30s } } }
handOff: { Profile_Rule: https://prov.acme.example/common.xml }
`;
const { recipe } = readRecipe(text, { readTemplate: () => template });

function partsOf(model: string) {
  const values = { model, name: 'Jane', pw: 'Sesame-Open-1' };
  const compiled = pack.compile(recipe!, { row: 1, line: 2, mac: '00562b043615' as Mac, model, values }).compiled!;
  const textOf = ({ bytes }: { bytes: Uint8Array }): string => Buffer.from(bytes).toString();
  const made = pack.parts(compiled);
  const parts = { common: textOf(made.common), model: textOf(made.model), customer: textOf(made.customer), phone: textOf(made.phone) };
  return { parts, production: textOf(pack.production(compiled)) };
}

it('what phones share holds nothing of a row, and each parameter stands in one part', () => {
  const { parts } = partsOf('8851');
  expect(parts.common).toContain('<Time_Zone ua="na">GMT+01:00<');
  expect(parts.model).toContain('<Back_Light_Timer ua="na">30s<');
  expect(parts.customer).toContain('<Proxy_1_ ua="na">sip.acme.example<');
  expect(parts.phone).toContain('<Password_1_ ua="na">Sesame-Open-1<');
  for (const shared of [parts.common, parts.model, parts.customer]) expect(shared).not.toMatch(/Jane|Sesame|GPP_P|old\.example/);
  const tags = Object.values(parts).flatMap((part) => [...part.matchAll(/<(\w+) ua/g)].map(([, tag]) => tag));
  expect(new Set(tags).size).toBe(tags.length);
});

it('a part a model has nothing in is empty and not missing, and A to D give a phone what the whole gives it', () => {
  for (const model of ['8851', '7841']) {
    const { parts, production } = partsOf(model);
    if (model === '7841') expect(parts.model).toMatch(/<flat-profile\/>/);
    const [inParts, whole] = [new Parameters(model), new Parameters(model)];
    for (const part of [parts.common, parts.model, parts.customer, parts.phone, production]) {
      const read = readProfile(Buffer.from(part));
      if (!read.ok) throw new Error(read.reason);
      (part === production ? whole : inParts).apply(read.entries);
    }
    const style = { attributes: true, wrapped: false };
    expect(inParts.toXml(style)).toBe(whole.toXml(style));
    expect(inParts.get('Password_1_')).toBe('Sesame-Open-1');
  }
});
