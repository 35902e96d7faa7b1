import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../engine/contract/mac.js';
import { reveal, Secret } from '../../../../engine/contract/secret.js';
import type { Compiled } from '../../../../engine/phones/pack.js';
import { packNamed } from '../../../../engine/phones/packs.js';
import type { Row } from '../../../../engine/profiles/job.js';
import { newPhoneKeys, type PhoneKeys } from '../../../../engine/profiles/phone-keys.js';
import { readRecipe } from '../../../../engine/profiles/recipe.js';

const pack = packNamed('cisco-mpp')!;
const bench = { address: '10.0.0.1', ports: { tftp: 69, http: 80, syslog: 514 } };
const mac = '00562b043615' as Mac;
const row: Row = { row: 1, line: 2, mac, model: '8851', values: { mac: '', model: '8851', name: 'Jane', pw: 'Sesame-Open-1' } };
const keys = newPhoneKeys();

function recipeWith(encrypt: string, rule = 'https://prov.acme.example/$MA.xml', more = '') {
  const text = `benchtone: 1\nname: Acme\nphones: cisco-mpp\ndelivery: { encrypt: ${encrypt} }
parameters: { Admin_Password: "{{pw}}", Password_1_: "{{pw}}", Display_Name_1_: "{{name}}" }\nhandOff:\n  Profile_Rule: '${rule}'\n${more}`;
  const { recipe, problems } = readRecipe(text);
  if (recipe === undefined) throw new Error(JSON.stringify(problems));
  return recipe;
}

function compiledWith(encrypt: string, rule?: string, phoneKeys: PhoneKeys = keys): Compiled {
  return pack.withKeys(pack.compile(recipeWith(encrypt, rule), row).compiled!, phoneKeys);
}

const textOf = ({ bytes }: { bytes: Uint8Array }): string => Buffer.from(bytes).toString();
const valueIn = (xml: string, tag: string): string | undefined =>
  new RegExp(`<${tag} ua="na"(?:/>|>([^<]*)<)`)
    .exec(xml)
    ?.slice(1, 2)
    .map((v) => v ?? '')[0];
const endOf = ({ handOff }: Compiled): Record<string, string> => Object.fromEntries(handOff.map(({ tag, value }) => [tag, reveal(value)]));

describe('the file that installs a key', () => {
  const compiled = compiledWith('true');
  const xml = textOf(pack.install(compiled, bench));

  it('holds the first key, the first directory and the rule that uses both', () => {
    expect([...xml.matchAll(/<(\w+) ua/g)].map(([, tag]) => tag)).toEqual(['GPP_A', 'GPP_B', 'Profile_Rule_B']);
    expect(valueIn(xml, 'GPP_A')).toBe(keys.bench.key.reveal());
    expect(valueIn(xml, 'GPP_B')).toBe(keys.bench.directory.reveal());
    expect(valueIn(xml, 'Profile_Rule_B')).toBe('[--key $A] http://10.0.0.1/$B/device/$MA.xml');
    expect(keys.bench.key.reveal()).toMatch(/^[0-9a-f]{64}$/);
  });

  it('holds nothing of the row, and nothing of the keys the phone leaves with', () => {
    for (const secret of ['Sesame', 'Jane', keys.customer.key.reveal(), keys.customer.directory.reveal()])
      expect(xml).not.toContain(secret);
  });

  it('names no bench where there is none', () => expect(textOf(pack.install(compiled))).not.toContain('Profile_Rule'));
});

it('the bootstrap leads to the key first, then to the encrypted file; the hand-off lies where it always lay', () => {
  const recipe = recipeWith('true');
  const encryption = pack.encryption(recipe, '8851');
  const ruleB = (next: 'install' | 'device'): string | undefined =>
    valueIn(textOf(pack.bootstrap(recipe, bench, 'tftp', next, { encryption })), 'Profile_Rule_B');
  expect(ruleB('install')).toBe('tftp://10.0.0.1/install/$MA.xml');
  expect(ruleB('device')).toBe('[--key $A] tftp://10.0.0.1/$B/device/$MA.xml');
  const account = { user: 'bench', password: new Secret('pw') };
  const xml = textOf(pack.bootstrap(recipe, bench, 'http', 'device', { account, encryption }));
  expect(valueIn(xml, 'Profile_Rule_B')).toBe('[--key $A --uid bench --pwd pw] http://10.0.0.1/$B/device/$MA.xml');
  expect(valueIn(xml, 'Profile_Rule_C')).toBeUndefined(); // behind an account the hand-off takes the place of the device file
  const open = textOf(pack.bootstrap(recipe, bench, 'http', 'device', { encryption }));
  expect(valueIn(open, 'Profile_Rule_C')).toBe('[--key $A] http://10.0.0.1/$B/handoff/$MA.xml');
});

it('a phone whose row is not known yet is not led to a hand-off that it would be refused without its account', () => {
  const guarded = readRecipe(
    `benchtone: 1\nname: Acme\nphones: cisco-mpp\ndelivery: { encrypt: true, account: { user: a, password: "{{pw}}" } }\n`,
  ).recipe!;
  for (const [recipe, last] of [
    [recipeWith('true'), '[--key $A] http://10.0.0.1/$B/handoff/$MA.xml'],
    [guarded, undefined],
  ] as const) {
    const xml = textOf(pack.bootstrap(recipe, bench, 'http', 'install', { encryption: pack.encryption(recipe, '8851') }));
    expect([valueIn(xml, 'Profile_Rule_B'), valueIn(xml, 'Profile_Rule_C')]).toEqual(['http://10.0.0.1/install/$MA.xml', last]);
  }
});

it('the device file brings the other key and directory, and the marker covers them', () => {
  const marker = Buffer.alloc(32, 1);
  const xml = textOf(pack.device(compiledWith('true'), marker));
  expect([valueIn(xml, 'GPP_A'), valueIn(xml, 'GPP_B')]).toEqual([keys.customer.key.reveal(), keys.customer.directory.reveal()]);
  expect(pack.device(compiledWith('true', undefined, newPhoneKeys()), marker).marker).not.toBe(
    pack.device(compiledWith('true'), marker).marker,
  );
  expect(JSON.stringify(compiledWith('true'))).not.toContain(keys.customer.key.reveal());
});

describe('after the hand-off', () => {
  it.each([
    ['no rule uses them', 'true', 'https://prov.acme.example/$MA.xml', ['GPP_A', 'GPP_B']],
    ['the key is used', 'true', '[--key $A] https://prov.acme.example/$MA.xml', ['GPP_B']],
    ['the directory is used', 'true', 'https://prov.acme.example/$(B)/$MA.xml', ['GPP_A']],
    ['both are', 'true', '[--key "$A"] https://prov.acme.example/$B/$MA.xml', []],
    ['both are to be kept', '{ digest: md5, keep: true }', 'https://prov.acme.example/$MA.xml', []],
    ['none is to be kept', '{ keep: false }', '[--key $A] https://prov.acme.example/$B/$MA.xml', ['GPP_A', 'GPP_B']],
    ['a content key stands in no rule', '{ content: aes128gcm }', 'https://prov.acme.example/$B/$MA.xml', ['IKM_HTTP_Encrypt_Content']],
  ])('key and directory go unless production uses them: %s', (_what, encrypt, rule, gone) => {
    const end = endOf(compiledWith(encrypt, rule));
    const all = ['GPP_A', 'GPP_B', 'IKM_HTTP_Encrypt_Content'];
    expect(all.filter((tag) => end[tag] === '')).toEqual(gone);
    expect(all.filter((tag) => end[tag] !== undefined && end[tag] !== '')).toEqual([]);
    expect(end['Profile_Rule_C']).toBe('');
  });

  it('a production rule with a macro for its key is no secret; one with the key itself is', () => {
    const shown = (rule: string): unknown => compiledWith('true', rule).handOff.find(({ tag }) => tag === 'Profile_Rule')?.value;
    expect(shown('[--key $A] https://h/$MA.xml')).toBe('[--key $A] https://h/$MA.xml');
    expect(shown('[--key Sesame] https://h/$MA.xml')).toBeInstanceOf(Secret);
  });
});

describe('a read-back', () => {
  const compiled = compiledWith('true');
  const device = pack.device(compiled, Buffer.alloc(32, 1));
  const shownBy = (values: Record<string, string>): string =>
    `<flat-profile>${Object.entries(values)
      .map(([tag, value]) => `<${tag}>${value}</${tag}>`)
      .join('')}</flat-profile>`;
  const held = { Display_Name_1_: 'Jane', Resync_Periodic: '30', GPP_P: device.marker };

  it('proves the encrypted file by what only it holds', () => {
    const good = { ...held, GPP_A: keys.customer.key.reveal(), GPP_B: keys.customer.directory.reveal() };
    expect(pack.compare(shownBy(good), compiled, 'device', device.marker, bench)?.differing).toEqual([]);
    const first = { ...held, GPP_A: keys.bench.key.reveal(), GPP_B: keys.bench.directory.reveal() };
    expect(pack.compare(shownBy(first), compiled, 'device', device.marker, bench)?.differing).toEqual(['GPP_A', 'GPP_B']);
  });

  it.each([['bench'], ['customer']] as const)('after the hand-off a key of the %s that no rule uses is left', (which) => {
    const after = { GPP_A: keys[which].key.reveal(), Profile_Rule_C: '[--key $A] http://10.0.0.1/$B/handoff/$MA.xml' };
    expect(pack.compare(shownBy(after), compiled, 'handOff', device.marker, bench)?.left).toEqual(['GPP_A', 'Profile_Rule_C']);
  });

  it('of a key that production uses, the last one is right and the first one is left', () => {
    const kept = compiledWith('true', '[--key $A] https://prov.acme.example/$MA.xml');
    const left = (key: string): readonly string[] | undefined =>
      pack.compare(shownBy({ GPP_A: key }), kept, 'handOff', device.marker, bench)?.left;
    expect(left(keys.customer.key.reveal())).toEqual([]);
    expect(left(keys.bench.key.reveal())).toEqual(['GPP_A']);
  });
});

it('asks a phone for its own rules, which know the key, and reads the directory out of a path', () => {
  expect(pack.resyncPath(bench, compiledWith('true'), mac, 'handOff')).toBe('/admin/resync');
  expect(pack.readPath(`/${'ab'.repeat(16)}/device/${mac}.xml`)).toEqual({ purpose: 'device', mac, directory: 'ab'.repeat(16) });
  expect(pack.readPath(`//handoff/${mac}.xml`)).toEqual({ purpose: 'handOff', mac });
  expect(pack.readPath(`install/${mac}.xml`)).toEqual({ purpose: 'install', mac });
  expect(pack.readPath(`/a/b/device/${mac}.xml`)).toBeUndefined();
  expect(
    pack.readWord(`CP-8851-3PCC 00:56:2b:04:36:15 -- Successful resync http://10.0.0.1:80/${'ab'.repeat(16)}/device/${mac}.xml`)?.purpose,
  ).toBe('device');
});
