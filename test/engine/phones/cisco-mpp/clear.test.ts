import { describe, expect, it } from 'vitest';
import { reveal } from '../../../../engine/contract/secret.js';
import { packNamed } from '../../../../engine/phones/packs.js';
import { readRecipe } from '../../../../engine/profiles/recipe.js';

const pack = packNamed('cisco-mpp')!;
const bench = { address: '10.0.0.1', ports: { tftp: 69, http: 80, syslog: 514 } };
const key = Buffer.alloc(32, 9);
const head = 'benchtone: 1\nname: Acme\nphones: cisco-mpp\n';

function codes(yaml: string): string[] {
  return readRecipe(head + yaml).problems.map(({ code, line, column }) => `${code} ${line} ${column}`);
}

function compiled(yaml: string, values: Record<string, string> = {}, model = '8851') {
  const { recipe, problems } = readRecipe(head + yaml);
  if (recipe === undefined) throw new Error(JSON.stringify(problems));
  return pack.compile(recipe, { row: 1, line: 2, mac: null, model, values }).compiled!;
}

describe('a recipe that empties parameters', () => {
  const yaml = `clear: [Outbound_Proxy_1_, Profile_Rule_C]
parameters:
  Station_Name: { clear: true, ua: ro }
models:
  "8851": { clear: [Domain] }
handOff:
  GPP_A: { clear: true }
`;

  it('writes empty elements for them alone, and lets wait what has to', () => {
    const made = compiled(yaml);
    const device = Buffer.from(pack.device(made, key).bytes).toString();
    for (const element of ['<Outbound_Proxy_1_ ua="na"/>', '<Station_Name ua="ro"/>', '<Domain ua="na"/>'])
      expect(device).toContain(element);
    expect(device.match(/<\w+ ua="\w+"\/>/g)).toHaveLength(3);
    const handOff = Buffer.from(pack.handOff(made).bytes).toString();
    expect(handOff).toContain('<Profile_Rule_C ua="na"/>');
    expect(handOff).toContain('<GPP_A ua="na"/>');
    expect(compiled(yaml, {}, '7841').device.map(({ tag }) => tag)).not.toContain('Domain');
  });

  it('is proven by nothing there, by the factory value, or by the phone not showing it', () => {
    const made = compiled('clear: [Short_Name_1_, Domain]\n');
    const { marker } = pack.device(made, key);
    const shown = (short: string) =>
      pack.compare(
        `<flat-profile><GPP_P>${marker}</GPP_P><Resync_Periodic>30</Resync_Periodic>${short}</flat-profile>`,
        made,
        'device',
        marker,
        bench,
      )?.differing;
    expect(shown('')).toEqual([]);
    expect(shown('<Short_Name_1_></Short_Name_1_><Domain/>')).toEqual([]);
    expect(shown('<Short_Name_1_>$USER</Short_Name_1_>')).toEqual([]);
    expect(shown('<Short_Name_1_>Jane</Short_Name_1_><Domain>acme.example</Domain>')).toEqual(['Short_Name_1_', 'Domain']);
  });

  it('gives way to a column of the list, and not to an empty cell', () => {
    const of = (cell: string) =>
      compiled('clear: [Domain]\n', { Domain: cell })
        .device.filter(({ tag }) => tag === 'Domain')
        .map(({ value }) => reveal(value));
    expect([of('acme.example'), of('')]).toEqual([['acme.example'], ['']]);
  });

  it.each([
    ['clear: [Proxy_1_]\nparameters: { Proxy_1_: x }\n', ['recipe.clear-and-value 4 clear']],
    ['clear: [Proxy_1_, Proxy_1_]\n', ['recipe.clear-and-value 4 clear']],
    ['parameters:\n  Proxy_1_: { value: x, clear: true }\n', ['recipe.clear-and-value 5 parameters.Proxy_1_']],
    ['parameters:\n  Proxy_1_: { ua: ro }\n', ['recipe.value-missing 5 parameters.Proxy_1_', 'parameter.empty 5 parameters.Proxy_1_']],
    ['parameters:\n  Proxy_1_: { claer: true }\n', ['recipe.unknown-key 5 parameters.Proxy_1_.claer']],
    ['parameters:\n  Proxy_1_: { clear: true, ua: rw }\n', ['parameter.clear-kept 5 parameters.Proxy_1_']],
    ['clear: [Text_Logo]\n', ['parameter.clear-unproven 4 clear.Text_Logo']],
    ['clear: [proxy_1_]\n', ['parameter.unknown 4 clear.proxy_1_']],
    ['clear: [GPP_P]\n', ['recipe.marker 4 clear.GPP_P']],
  ])('is told what is wrong: %s', (text, expected) => expect(codes(text)).toEqual(expected));
});
