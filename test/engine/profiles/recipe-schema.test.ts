import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packNamed } from '../../../engine/phones/packs.js';
import { keysAt, recipeJsonSchema } from '../../../engine/profiles/recipe-json-schema.js';
import { editorSchema } from '../../../engine/profiles/recipe-tag-schema.js';
import { readRecipe } from '../../../engine/profiles/recipe.js';

const resources = resolve(import.meta.dirname, '../../../resources');
const file = join(resources, 'recipe.schema.json');

const pack = packNamed('cisco-mpp');
if (pack === undefined) throw new Error('there is a pack');
const schema = editorSchema(pack.names());

describe('the schema for editors', () => {
  it('is what the reader takes; UPDATE_SCHEMA=1 writes it anew', () => {
    const text = `${JSON.stringify(schema, null, 1)}\n`;
    if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(file, text);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(text));
  });

  it('is named by the starter recipe, in the comment editors look for', () => {
    const starter = join(resources, 'starter/office.yaml');
    const [first = ''] = readFileSync(starter, 'utf8').split('\n');
    const named = /^# yaml-language-server: \$schema=(?<path>\S+)$/.exec(first)?.groups?.['path'] ?? '';
    expect(resolve(dirname(starter), named)).toBe(file);
  });

  it('lets numbers and booleans pass where an editor sees them and the reader a text', () => {
    const { properties } = recipeJsonSchema() as { properties: Record<string, { enum?: unknown; type?: unknown }> };
    expect(properties['benchtone']?.enum).toEqual(['1', 1]);
    expect(properties['name']?.type).toEqual(['string', 'number', 'boolean', 'null']);
  });

  it('knows which keys stand where', () => {
    expect(keysAt([])).toEqual(expect.arrayContaining(['benchtone', 'parameters', 'lines', 'handOff']));
    expect(keysAt(['columns'])).toEqual(expect.arrayContaining(['mac', 'model', 'serial', 'name', 'extension']));
    expect(keysAt(['parameters', 'Proxy_1_'])).toEqual(['value', 'ua', 'clear']);
    expect(keysAt(['models', '8851'])).toEqual(expect.arrayContaining(['parameters', 'delivery', 'keys', 'firmware']));
    expect(keysAt(['models', '8851', 'delivery', 'account'])).toEqual(['user', 'password']);
    expect(keysAt(['keys', '3'])).toEqual(expect.arrayContaining(['blf', 'speedDial', 'line']));
    expect(keysAt(['parameters'])).toEqual([]);
    expect(keysAt(['nowhere', 'at', 'all'])).toEqual([]);
  });
});

describe('an independent validator', () => {
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
  const head = 'benchtone: 1\nname: Test\nphones: cisco-mpp\n';
  /** Where an editor would underline the recipe; what it holds is read as YAML 1.2, as editors do. */
  const underlined = (text: string): string[] => {
    validate(parse(`${head}${text}`));
    return [
      ...new Set(
        (validate.errors ?? []).map(
          ({ instancePath, propertyName }) => `${instancePath}${propertyName === undefined ? '' : ` ${propertyName}`}`,
        ),
      ),
    ];
  };

  it.each([
    'parameters:\n  Proxy_1_: sip.acme.example\n  Proxy_16_: x\n  User_ID_1_: "{{extension}}"\n  Line_Enable_1_: Yes\n  Resync_Periodic: 3600\n',
    'parameters: { Display_Name_1_: { value: "{{name}}", ua: ro }, Proxy_2_: { clear: true }, GPP_C: x, Unit_2_Key_14_: "fnc=blf", Admin_Passwd: "{{admin}}" }\n',
    'models: { "8851": { parameters: { Back_Light_Timer: 30s }, clear: [Outbound_Proxy_1_] } }\nhandOff: { Profile_Rule: "https://a.example/$MA.xml" }\n',
    'bootstrap: { Web_Server_Port: 8080 }\nparameters: { Resync_Periodic: "{{seconds}}", Line_Enable_1_: true }\n',
    'unchecked: [Acme_Thing]\nparameters: { Acme_Thing: x }\n',
  ])('finds nothing wrong with a recipe the reader takes: %j', (text) => {
    expect([readRecipe(`${head}${text}`).recipe === undefined, underlined(text)]).toEqual([false, []]);
  });

  it('nor with the starter recipes', () => {
    for (const name of readdirSync(join(resources, 'starter')).filter((each) => each.endsWith('.yaml'))) {
      validate(parse(readFileSync(join(resources, 'starter', name), 'utf8')));
      expect([name, validate.errors]).toEqual([name, null]);
    }
  });

  it.each([
    ['parameters: { Proxy_1: x }\n', '/parameters Proxy_1'],
    ['parameters: { proxy_1_: x }\n', '/parameters proxy_1_'],
    ['parameters: { Proxy_17_: x }\n', '/parameters Proxy_17_'],
    ['handOff: { Profil_Rule: x }\n', '/handOff Profil_Rule'],
    ['bootstrap: { Web_Port: 8080 }\n', '/bootstrap Web_Port'],
    ['models: { "8851": { parameters: { Back_Light_Time: 30s } } }\n', '/models/8851/parameters Back_Light_Time'],
    ['parameters: { Line_Enable_1_: maybe }\n', '/parameters/Line_Enable_1_'],
    ['parameters: { Proxy_1_: { value: x, au: ro } }\n', '/parameters/Proxy_1_'],
    ['parameters: { SIP_Transport_1_: TSL }\n', '/parameters/SIP_Transport_1_'],
    ['parameters: { Web_Server_Port: 70000 }\n', '/parameters/Web_Server_Port'],
  ])('underlines what the reader refuses: %j', (text, place) => {
    expect(readRecipe(`${head}${text}`).recipe).toBeUndefined();
    expect(underlined(text)).toContain(place);
  });

  it('knows every name the reader knows, with its help', () => {
    const { $defs } = schema as {
      $defs: { parameters: { properties: Record<string, { description: string }>; patternProperties: Record<string, unknown> } };
    };
    const { properties, patternProperties } = $defs.parameters;
    expect(properties['Proxy_1_']?.description).toMatch(/^[A-Z].*\.$/);
    const patterns = Object.keys(patternProperties).map((each) => new RegExp(each));
    const names = pack.parameters().flatMap(({ spellings }) => spellings.filter((each) => !each.includes('_n_')));
    expect(names.filter((each) => properties[each] === undefined && !patterns.some((pattern) => pattern.test(each)))).toEqual([]);
    expect(Object.entries(properties).filter(([, { description }]) => description.length < 10)).toEqual([]);
  });
});
