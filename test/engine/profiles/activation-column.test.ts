import { describe, expect, it } from 'vitest';
import { activationDigits } from '../../../engine/profiles/activation-column.js';
import { readJob } from '../../../engine/profiles/read-job.js';

const gds = 'benchtone: 1\nname: Acme\nphones: cisco-mpp\nhandOff: { Profile_Rule: "gds://" }\n';
const told = (recipe: string, ...lines: readonly string[]): readonly string[] =>
  readJob(Buffer.from(lines.join('\n')), recipe).problems.map(
    ({ code, severity, line, column }) => `${severity} ${code} ${line} ${column}`,
  );

describe('activation codes', () => {
  it('are 16 digits, in groups or not', () => {
    expect(
      ['1234567890123456', '1234-5678-9012-3456', ' 1234 5678 9012 3456 ', '１２３４５６７８９０１２３４５６'].map(activationDigits),
    ).toEqual(Array(4).fill('1234567890123456'));
    expect(['', '123456789012345', '12345678901234567', '123456789012345x', '1.23457E+15'].map(activationDigits)).toEqual(
      Array(5).fill(undefined),
    );
  });

  it('are each for one phone, told by the line and never by the code', () => {
    const list = ['model,Activation Code', '8851,1234567890123456', '8851,', '7841,1234-5678-9012-3456', '8851,12345'];
    const problems = told(gds, ...list);
    expect(problems.filter((each) => each.includes('activation.'))).toEqual([
      'error activation.duplicate 4 Activation Code',
      'error activation.digits 5 Activation Code',
    ]);
    expect(JSON.stringify(readJob(Buffer.from(list.join('\n')), gds).problems)).not.toContain('1234567890123456');
  });

  it('are missed where the rule waits for them', () => {
    expect(told(gds, 'model', '8851')).toEqual(['warning recipe.activation-missing 4 handOff.Profile_Rule']);
    expect(told(gds, 'model,activation_code', '8851,1234567890123456')).toEqual([]);
    expect(told(gds.replace('gds://', 'http://a.example/b.xml'), 'model', '8851')).toEqual([]);
  });
});
