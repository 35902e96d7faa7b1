import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, evaluateAll } from '../../../../../engine/phones/cisco-mpp/rule/evaluate.js';
import { expand, macrosIn } from '../../../../../engine/phones/cisco-mpp/rule/macros.js';
import { parseReport, parseRule } from '../../../../../engine/phones/cisco-mpp/rule/parse.js';
import { compareVersions } from '../../../../../engine/phones/cisco-mpp/rule/version.js';

const phone = { MA: '001234ab45de', PN: 'CP-8851-3PCC', PSN: '8851-3PCC', SWVER: 'sip88xx.12-0-7MPP0101-52', A: 'ABCDEF', PRVST: '0' };

const asks = (text: string, values: Readonly<Record<string, string>> = phone) => {
  const read = parseRule(text);
  if (!read.ok) throw new Error(read.problem.code);
  return evaluate(read.rule, values);
};

describe('what a phone asks for', () => {
  it('is the server of DHCP over TFTP where the rule names neither', () => {
    expect(asks('/$PSN.xml')).toEqual({
      kind: 'asks',
      alternative: 0,
      wanted: { scheme: 'tftp', port: 69, path: '/8851-3PCC.xml', options: [], assignments: [] },
    });
  });

  it('is the first alternative whose condition is true', () => {
    const rule = '($SWVER lt 11-3)? http://s/old | ("$PN" = "CP-8851-3PCC" and $PRVST eq 0)? [--key $A] https://s:8443/$(MA:6).xml | /rest';
    expect(asks(rule)).toMatchObject({
      alternative: 1,
      wanted: { scheme: 'https', server: 's', port: 8443, path: '/ab45de.xml', options: [{ name: 'key', value: 'ABCDEF' }] },
    });
    expect(asks(rule, { ...phone, PRVST: '1' })).toMatchObject({ alternative: 2 });
    expect(asks(rule, { ...phone, SWVER: 'sip88xx.11-2-4MPP-398' })).toMatchObject({ alternative: 0 });
  });

  it('is nothing where no condition is true, and unknown where a condition needs what is not known', () => {
    expect(asks('($PRVST = 2)? /a')).toEqual({ kind: 'nothing' });
    expect(asks('')).toEqual({ kind: 'nothing' });
    expect(asks('($UPGTMR gt 300 and $IP = 1)? /a')).toEqual({ kind: 'depends', on: ['UPGTMR', 'IP'] });
    expect(asks('(GPP_B = "x";)!')).toEqual({ kind: 'assigns', alternative: 0, assignments: [{ tag: 'GPP_B', value: 'x' }] });
  });
});

describe('macros', () => {
  it.each([
    ['$MA.xml', '001234ab45de.xml'],
    ['$(A:2)', 'CDEF'],
    ['$(A:2:3)', 'CDE'],
    ['$(A:9)', ''],
    ['$$MA', '$MA'],
    ['$MA_$PSN', '001234ab45de_8851-3PCC'],
    ['$ma', '$ma'],
    ['$Nonsense/$(Nonsense:1)', '$Nonsense/$(Nonsense:1)'],
    ['$', '$'],
  ])('%s becomes %s', (text, wanted) => expect(expand(text, phone)).toBe(wanted));

  it('are not looked for in their own values, and nothing of the object they stand in is one', () => {
    expect(expand('$A', { A: '$MA', MA: 'x' })).toBe('$MA');
    expect(expand('$constructor $(toString)', {})).toBe('$constructor $(toString)');
  });

  it('are named with whether a phone knows them', () => {
    expect(macrosIn('$MA $$MA $(SA:1) $UID16 $UID17 $Ma')).toMatchObject([
      { name: 'MA', known: true },
      { name: 'SA', known: true },
      { name: 'UID16', known: true },
      { name: 'UID17', known: false },
      { name: 'Ma', known: false },
    ]);
  });

  it('leave a text without them alone', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes('$')),
        (text) => {
          expect(expand(text, phone)).toBe(text);
        },
      ),
    );
  });
});

describe('versions', () => {
  it.each([
    ['sip88xx.12-0-7MPP0101-52', 'sip78xx.12-0-7MPP0101-52', 0],
    ['sip88xx.12-0-7MPP0101-52', '12-0-8', -1],
    ['sip88xx.11-3-2MPP0001-609', '11-3-1MSR3-3', 1],
    ['sip88xx.11-10-1MPP0001-1', '11-9', 1],
    ['PHONEOS.3-2-1-0104-37', '3.2.1.104.36', 1],
  ])('%s against %s', (one, other, sign) => {
    expect(Math.sign(compareVersions(one, other) ?? Number.NaN)).toBe(sign);
    expect(Math.sign(compareVersions(other, one) ?? Number.NaN)).toBe(0 - sign + 0);
  });

  it('are none without a number', () => expect(compareVersions('latest', '12')).toBeUndefined());
});

describe('secrets and signs in options', () => {
  const values = { SA: 'geheim', A: 'blue', MA: '001234ab45de' };

  it('are filled in after --key, --uid and --pwd, and nowhere else', () => {
    expect(asks('[--key $SA --pwd $(SA:2) --alias $SA] https://h/$SA/$A.xml', values)).toMatchObject({
      wanted: {
        path: '/$SA/blue.xml',
        options: [{ value: 'geheim' }, { value: 'heim' }, { value: '$SA' }],
      },
    });
    expect(asks('("$SA" = "geheim")? /a | /b', values)).toMatchObject({ kind: 'depends', on: ['SA'] });
  });

  it('may be written in octal', () =>
    expect(asks('[--uid a\\100b --pwd \\134x] https://h/c', values)).toMatchObject({
      wanted: { options: [{ value: 'a@b' }, { value: '\\x' }] },
    }));

  it('of a report rule apply each', () => {
    const read = parseReport('[--delta]http://s/d [--status]http://s/s');
    expect(read.ok && evaluateAll(read.rule, values)).toMatchObject([{ wanted: { path: '/d' } }, { wanted: { path: '/s' } }]);
  });
});
