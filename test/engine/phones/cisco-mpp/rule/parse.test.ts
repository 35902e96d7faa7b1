import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReport, parseRule, parseTrigger } from '../../../../../engine/phones/cisco-mpp/rule/parse.js';
import { printReport, printRule, printTrigger } from '../../../../../engine/phones/cisco-mpp/rule/print.js';
import type { Rule } from '../../../../../engine/phones/cisco-mpp/rule/rule.js';

/** The examples of the provisioning guides. */
const examples: readonly string[] = [
  '/$PSN.xml',
  'tftp://192.168.1.200/CP-6841-3PCC$MA.cfg',
  'tftp://prov.telco.com:6900/cisco/config/$PN.cfg',
  'tftp://prov.telco.com/cisco/$B/$MA.cfg',
  '[--key MyOwnSecret ] tftp://192.168.1.200/basic.cfg',
  '[--key "$A" --uid user --pwd pass] https://h/cfg/$MA.xml',
  '[--srv] https://example.com/$PSN.xml',
  '($SWVER lt 7.5.2b)? http://s/a.bin | http://s/b.bin',
  '($SWVER ne sip7832.11-3-2MPP0001-609)? http://s/sip7832.11-3-2MPP0001-609.loads',
  '("$PN" = "CP-8841-3PCC")? (Line_Enable_1_ = "No";)! | tftp://s/$(MA:0:6).xml',
  'gds://',
];

describe('the rule language', () => {
  it.each(examples)('reads %s, and what it writes is the same rule', (text) => {
    const read = parseRule(text);
    expect(read).toMatchObject({ ok: true });
    if (read.ok) expect(parseRule(printRule(read.rule))).toEqual(read);
  });

  it('takes a rule apart', () => {
    expect(
      parseRule('($SWVER lt 12-0-7 AND "$PN" != "CP-8851")?(GPP_A = "x|y";)![--key "$A" --srv]HTTPS://$SERV:$PORT/a/$MA.xml|/b'),
    ).toEqual({
      ok: true,
      rule: [
        {
          condition: [
            { left: { quoted: false, text: '$SWVER' }, operator: '<', right: { quoted: false, text: '12-0-7' } },
            { left: { quoted: true, text: '$PN' }, operator: '!=', right: { quoted: true, text: 'CP-8851' } },
          ],
          assignments: [{ tag: 'GPP_A', value: 'x|y' }],
          options: [{ name: 'key', value: '$A' }, { name: 'srv' }],
          url: { scheme: 'https', server: '$SERV', port: '$PORT', path: '/a/$MA.xml' },
        },
        { options: [], url: { path: '/b' } },
      ],
    });
  });

  it.each([
    ['($SWVER lt 12-0-7 or $PRVST = 1)? /a', 'parameter.rule-or', 19],
    ['($SWVER)? /a', 'parameter.rule-operator', 8],
    ['($SWVER lt 1? /a', 'parameter.rule-unclosed', 1],
    ['($SWVER lt 1) /a', 'parameter.rule-assignment', 1],
    ['(GPP_A = x;)! /a', 'parameter.rule-assignment', 2],
    ['[--kye x] /a', 'parameter.rule-option', 2],
    ['[--key] /a', 'parameter.rule-option-value', 2],
    ['[--key --srv] /a', 'parameter.rule-option-value', 2],
    ['[--key x /a', 'parameter.rule-option', 10],
    ['[--key x', 'parameter.rule-unclosed', 1],
    ['ftp://server/a', 'parameter.rule-url', 1],
    ['http://server', 'parameter.rule-url', 1],
    ['http://server:port/a', 'parameter.rule-url', 1],
    ['/a |', 'parameter.rule-empty-alternative', 5],
    ['($SWVER lt 1)?', 'parameter.rule-empty-alternative', 1],
    ['/'.repeat(5000), 'parameter.rule-too-long', 4097],
  ])('says what is wrong with %s', (text, code, character) => {
    expect(parseRule(text)).toEqual({ ok: false, problem: { code, character } });
  });

  it('reads a trigger without parentheses', () => {
    const read = parseTrigger('$UPGTMR gt 300 and $PRVTMR ge 600');
    expect(read.ok && printTrigger(read.rule)).toBe('$UPGTMR > 300 and $PRVTMR >= 600');
    expect(parseTrigger('($UPGTMR gt 300)')).toMatchObject({ ok: false });
    expect(parseTrigger(' ')).toEqual({ ok: true, rule: [] });
  });

  it('takes an empty text for the rule that does nothing', () => {
    expect(parseRule(' ')).toEqual({ ok: true, rule: [] });
    expect(printRule([])).toBe('');
  });

  it('throws on no input', () => {
    const signs = fc.constantFrom(
      '(',
      ')',
      '[',
      ']',
      '"',
      '|',
      '?',
      '!',
      '$',
      '$(',
      '--key ',
      '=',
      ';',
      '/',
      '://',
      ' and ',
      ' or ',
      'a',
      '1',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 200 }),
          fc.array(signs, { maxLength: 60 }).map((parts) => parts.join('')),
        ),
        (text) => {
          for (const read of [parseRule(text), parseTrigger(text)])
            if (read.ok) expect(JSON.stringify(read)).toBeTypeOf('string');
            else expect(read.problem.character).toBeGreaterThan(0);
        },
      ),
      { numRuns: 10_000 },
    );
  });

  it('reads what it writes', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        expect(parseRule(printRule(rule))).toEqual({ ok: true, rule });
      }),
      { numRuns: 3000 },
    );
  });
});

const operand = fc.oneof(
  fc.record({ quoted: fc.constant(true), text: fc.stringMatching(/^[^"]{0,12}$/) }),
  fc.record({ quoted: fc.constant(false), text: fc.stringMatching(/^(?:\$\(MA:[0-9]:[0-9]\)|[$A-Za-z0-9._-]{1,12})$/) }),
);
const comparison = fc.record({ left: operand, operator: fc.constantFrom('=', '!=', '<', '<=', '>', '>='), right: operand });
const option = fc.oneof(
  fc.record({ name: fc.constantFrom('key', 'uid', 'pwd', 'post', 'alias'), value: fc.stringMatching(/^[^"]{0,12}$/) }),
  fc.record({ name: fc.constantFrom('srv', 'delta', 'status') }),
);
const path = fc.stringMatching(/^\/[A-Za-z0-9$._/-]{0,20}$/);
const url = fc.oneof(
  fc.record({ path }),
  fc.record({
    scheme: fc.constantFrom('tftp', 'http', 'https'),
    server: fc.stringMatching(/^[a-z0-9$.-]{1,12}$/),
    port: fc.integer({ min: 1, max: 65_535 }).map(String),
    path,
  }),
);
const rules: fc.Arbitrary<Rule> = fc.array(
  fc.record(
    {
      condition: fc.array(comparison, { minLength: 1, maxLength: 3 }),
      assignments: fc.array(fc.record({ tag: fc.stringMatching(/^[A-Z][A-Za-z0-9_]{0,12}$/), value: fc.stringMatching(/^[^"]{0,12}$/) }), {
        maxLength: 2,
      }),
      options: fc.array(option, { maxLength: 3 }),
      url,
    },
    { requiredKeys: ['options', 'url'] },
  ),
  { maxLength: 3 },
);

describe('a report rule', () => {
  it.each([
    ['[--delta]http://s/delta/$MA [--status]http://s/status/$MA', 2],
    ['[--delta] http://s/a http://s/b', 2],
    ['http://s/report/$MA', 1],
    ['', 0],
  ])('%s is %i rules, and what is written is the same', (text, count) => {
    const read = parseReport(text);
    expect(read.ok && read.rule.length).toBe(count);
    if (read.ok) expect(parseReport(printReport(read.rule))).toEqual(read);
  });

  it('is no more than two, and throws on no input', () => {
    expect(parseReport('http://s/a http://s/b http://s/c')).toMatchObject({ ok: false });
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        expect(parseReport(text)).toHaveProperty('ok');
      }),
      { numRuns: 3000 },
    );
  });
});

it('an assignment may name any parameter there is', () => {
  expect(parseRule('(Enable_LLDP-MED = "No"; G722.2_Enable_1_ = "Yes";)!')).toMatchObject({
    ok: true,
    rule: [{ assignments: [{ tag: 'Enable_LLDP-MED' }, { tag: 'G722.2_Enable_1_' }] }],
  });
});
