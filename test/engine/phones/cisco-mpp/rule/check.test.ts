import { describe, expect, it } from 'vitest';
import { checkRule, ruleKind } from '../../../../../engine/phones/cisco-mpp/rule/check.js';

const codes = (kind: Parameters<typeof checkRule>[0], text: string): string[] =>
  checkRule(kind, text).map(({ code }) => code.replace('parameter.rule-', ''));

describe('a rule that is not meant so', () => {
  it.each([
    ['profile', '/a | /b', ['never-reached']],
    ['profile', '("$SWVER" lt "12")? /a | /b', ['text-order']],
    ['profile', 'https://s/$SA/$MA.xml', ['secret-outside']],
    ['profile', '("$SB" = "x")? /a', ['secret-outside']],
    ['profile', '[--key $SA --pwd $(SB:2)] https://s/$MA.xml', []],
    ['profile', 'https://s/$MA(0,6).xml', ['macro-slice']],
    ['profile', 'https://s/$MACC.xml', ['macro-unknown']],
    ['profile', 'https://s/$(MAC)C_$MA_1.xml', []],
    ['profile', 'https://s/$psn.xml', ['macro-unknown']],
    ['profile', '[--delta] https://s/$MA.xml', ['option-report']],
    ['report', '[--delta --status] https://s/$MA.xml', []],
    ['upgrade', '/sip88xx.loads', ['upgrade-server']],
    ['upgrade', 'http://s/sip88xx.bin', ['upgrade-load']],
    ['upgrade', '[--uid a --pwd b] http://s/x.loads', ['upgrade-options']],
    ['trigger', '$UPGTMR gt 300 and $PRVTMR ge 600', []],
    ['trigger', '$UPGTMR gt', ['comparison']],
  ] as const)('%s: %s', (kind, text, wanted) => expect(codes(kind, text)).toEqual(wanted));

  it('is told with the right spelling', () => {
    expect(checkRule('profile', '/$MA(0,6)/$psn.xml').map(({ suggestion }) => suggestion)).toEqual(['$(MA:0:6)', '$PSN']);
  });

  it('is told without what it holds', () => {
    const told = JSON.stringify(
      ['[--key hunter2', '[--kye hunter2] /a', '(GPP_A = hunter2)! /a'].map((text) => checkRule('profile', text)),
    );
    expect(told).not.toContain('hunter2');
  });

  it('is looked for only where the grammar is known', () => {
    expect(['Profile_Rule_C', 'Upgrade_Rule', 'Resync_Trigger_2', 'Custom_CA_Rule', 'constructor'].map(ruleKind)).toEqual([
      'profile',
      'upgrade',
      'trigger',
      undefined,
      undefined,
    ]);
  });
});
