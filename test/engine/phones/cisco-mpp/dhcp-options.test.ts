/** What a recipe says of DHCP options, to the byte (facts 1.2). */
import { describe, expect, it } from 'vitest';
import { offeredOptions } from '../../../../engine/phones/cisco-mpp/dhcp-options.js';
import { readRecipe } from '../../../../engine/profiles/recipe.js';
import { contentOf } from '../../../../engine/services/dhcp/reply.js';

const bench = { address: '192.168.1.200', ports: { tftp: 69, http: 8080, syslog: 514 } } as const;

function read(dhcp: string) {
  return readRecipe(`benchtone: 1\nname: A\nphones: cisco-mpp\n${dhcp}`);
}

function hexOf(dhcp: string, model?: string): Record<number, string> {
  const { recipe, problems } = read(dhcp);
  if (recipe === undefined) throw new Error(JSON.stringify(problems));
  const options = offeredOptions(bench, 'http', recipe, model);
  return Object.fromEntries(options.map((each) => [each.code, Buffer.from(contentOf(each)).toString('hex')]));
}

const text = (value: string) => Buffer.from(value).toString('hex');
const own = {
  66: text('http://192.168.1.200:8080'),
  160: text('http://192.168.1.200:8080'),
  150: 'c0a801c8',
  42: 'c0a801c8',
  7: 'c0a801c8',
};

describe('the options of a recipe', () => {
  it('are the pack’s own where it says nothing', () => {
    expect(hexOf('')).toEqual(own);
  });

  it('win over the pack’s, come beside them, or leave them out; macros of the phone stay as they are', () => {
    const dhcp = `dhcp:
  options:
    66: "{{url}}/lang/$PSN.xml"
    159: "{{bench}};http://{{bench}}:8080"
    150: "{{ bench }}, 192.168.1.201"
    42: ""
    43: "hex:01 18"
    125: hex:00000de9080406303041304243
    132: 100
    121: "10.0.0.0/8 {{bench}}, 0.0.0.0/0 192.168.1.1; 192.168.7.9/24 192.168.1.2"
    2: -3600
`;
    const { 42: _left, ...rest } = own;
    expect(hexOf(dhcp)).toEqual({
      ...rest,
      66: text('http://192.168.1.200:8080/lang/$PSN.xml'),
      159: text('192.168.1.200;http://192.168.1.200:8080'),
      150: 'c0a801c8c0a801c9',
      43: '0118',
      125: '00000de9080406303041304243',
      132: '313030',
      121: ['080ac0a801c8', '00c0a80101', '18c0a807c0a80102'].join(''),
      2: 'fffff1f0',
    });
    expect(read(dhcp).problems).toEqual([]);
  });

  it('differ by model in the same job', () => {
    const dhcp = `dhcp: { options: { 132: 10 } }
models:
  "7841": { dhcp: { options: { 132: 20, 159: "{{url}}" } } }
  "6841": { dhcp: { options: { 132: "" } } }
`;
    expect(['8851', '7841', '6841', undefined].map((model) => hexOf(dhcp, model)[132])).toEqual(['3130', '3230', undefined, '3130']);
    expect([hexOf(dhcp, '7841')[159], hexOf(dhcp, '8851')[159]]).toEqual([own[66], undefined]);
  });

  it.each([
    ['53: discover', 'recipe.dhcp-option'],
    ['82: hex:00', 'recipe.dhcp-option'],
    ['51: 60', 'recipe.dhcp-option'],
    ['066: "{{url}}"', 'recipe.dhcp-option'],
    ['url: "{{url}}"', 'recipe.dhcp-option'],
    ['66: "{{url}}/"', 'recipe.dhcp-locator'],
    ['66: "http://{{host}}/x"', 'recipe.dhcp-locator'],
    [`66: "http://${'x'.repeat(260)}"`, 'recipe.dhcp-locator'],
    ['150: bench.example', 'recipe.dhcp-addresses'],
    ['42: 10.0.0.256', 'recipe.dhcp-addresses'],
    ['121: 10.0.0.0/8', 'recipe.dhcp-routes'],
    ['121: 10.0.0.0/33 10.0.0.1', 'recipe.dhcp-routes'],
    ['121: 10.0.0.0/8 10.0.0.1, bench', 'recipe.dhcp-routes'],
    ['132: 4095', 'recipe.dhcp-vlan'],
    ['132: voice', 'recipe.dhcp-vlan'],
    ['43: http://x', 'recipe.dhcp-bytes'],
    ['43: hex:123', 'recipe.dhcp-bytes'],
    ['125: hex:00000de9ff', 'recipe.dhcp-bytes'],
    ['2: soon', 'recipe.dhcp-seconds'],
    ['15: "日本"', 'recipe.dhcp-text'],
  ])('%s is refused, with its place and a reason', (option, code) => {
    const everywhere = read(`dhcp:\n  options:\n    ${option}\n`);
    expect(everywhere.recipe).toBeUndefined();
    expect(everywhere.problems).toMatchObject([{ severity: 'error', code, line: 6, column: `dhcp.options.${option.split(':')[0]}` }]);
    const byModel = read(`models:\n  "8851":\n    dhcp:\n      options:\n        ${option}\n`);
    expect(byModel.problems).toMatchObject([{ code, line: 8, column: `models.8851.dhcp.options.${option.split(':')[0]}` }]);
  });

  it('warn where they lead phones elsewhere', () => {
    const { recipe, problems } = read('dhcp: { options: { 66: "http://10.0.0.9", 150: 10.0.0.9, 160: "{{url}}" } }\n');
    expect(recipe).toBeDefined();
    expect(problems.map(({ severity, code, column }) => [severity, code, column])).toEqual([
      ['warning', 'recipe.dhcp-elsewhere', 'dhcp.options.66'],
      ['warning', 'recipe.dhcp-elsewhere', 'dhcp.options.150'],
    ]);
  });

  it('know their keys', () => {
    expect(read('dhcp: { option: { 66: x } }\n').problems).toMatchObject([{ code: 'recipe.unknown-key', suggestion: 'options' }]);
  });
});
