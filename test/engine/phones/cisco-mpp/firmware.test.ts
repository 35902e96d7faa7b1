/** Parameters that came with a firmware, or went with one (facts sections 3.3 and 8.2). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../../engine/phones/cisco-mpp/parameters.js';
import { whyIgnored } from '../../../../engine/phones/cisco-mpp/firmware.js';
import { readJob } from '../../../../engine/profiles/read-job.js';

const head = 'benchtone: 1\nname: Test\nphones: cisco-mpp\n';

function told(csv: string, recipe: string): string[] {
  return readJob(Buffer.from(csv), `${head}${recipe}`)
    .problems.filter(({ code }) => code.startsWith('parameter.firmware'))
    .map(
      ({ severity, line, column, code, params }) =>
        `${severity} ${line} ${column} ${code} ${params['tag']} ${params['release']} ${params['firmware']}`,
    );
}

describe('a firmware', () => {
  it('ignores what came later and what was taken out before, in every spelling of a release', () => {
    const since = { since: '12.0(7)SR2' };
    expect(
      [
        '12-0-7MPP0101-52',
        'sip88xx.12-0-7MPP0101-52',
        '12.0.1',
        '11-2-3MSR1-1',
        '12.0(7)SR1',
        '12-0-7MPP0201-66',
        '12.0(7)SR3',
        '12.1.1',
        '13-0-1MPP0001-1',
        'sip8845_65.12-0-7MPP0001-4',
      ].map((firmware) => whyIgnored(since, firmware)),
    ).toEqual(['since', 'since', 'since', 'since', 'since', undefined, undefined, undefined, undefined, 'since']);
    expect(
      ['11-3-7MPP0001-9', '11.3.1', '11.2(3)', '12-0-1MPP0001-245'].map((firmware) => whyIgnored({ until: '11.3' }, firmware)),
    ).toEqual([undefined, undefined, undefined, 'until']);
  });

  it('that tells too little is not said to ignore anything', () => {
    expect(
      ['12.0.7', '12.0', '', 'beta', 'PHONEOS'].map((firmware) => whyIgnored({ since: '12.0(7)SR2', until: '12.0(7)SR1' }, firmware)),
    ).toEqual(Array(5).fill(undefined));
  });

  it('never throws, whatever calls itself one', () => {
    fc.assert(
      fc.property(fc.string(), (firmware) =>
        ['since', 'until', undefined].includes(whyIgnored({ since: '11.3(5)', until: '12.0(7)SR1' }, firmware)),
      ),
    );
  });

  it('of the catalogue is one that can be compared', () => {
    const limits = catalogue().flatMap(({ since = [], until = [] }) => [since, until].flat());
    expect(limits.length).toBeGreaterThan(5);
    expect(limits.filter((each) => whyIgnored({ since: each }, '1.0.0') !== 'since')).toEqual([]);
  });
});

describe('a recipe that loads a firmware', () => {
  it('is told what that firmware ignores, with its place; what a phone of another would take is not', () => {
    const rule = (load: string): string => `handOff: { Upgrade_Rule: "http://files.acme.example/${load}.loads" }\n`;
    const both = 'parameters: { TLS_Min_Version: "TLS 1.2", TLS_Client_Min_Version: "TLS 1.2" }\n';
    expect(told('model\n8851\n', both + rule('sip88xx.12-0-7MPP0101-52'))).toEqual([
      'warning 4 parameters.TLS_Client_Min_Version parameter.firmware-since TLS_Client_Min_Version 12.0(7)SR2 sip88xx.12-0-7MPP0101-52',
    ]);
    expect(told('model\n8851\n', both + rule('sip88xx.12-0-7MPP0201-66'))).toEqual([
      'warning 4 parameters.TLS_Min_Version parameter.firmware-until TLS_Min_Version 12.0(7)SR1 sip88xx.12-0-7MPP0201-66',
    ]);
    expect(told('model\n8851\n', both)).toEqual([]);
    expect(told('model\n8851\n', both + rule('newest'))).toEqual([]);
  });

  it('and a column that sets what it ignores: told with the row', () => {
    const recipe = 'parameters: { Upgrade_Rule: "http://a.example/sip88xx.11-3-1MPP0001-4.loads" }\n';
    expect(told('model,TLS_Client_Min_Version\n8851,TLS 1.2\n8851,\n', recipe)).toEqual([
      'warning 2 TLS_Client_Min_Version parameter.firmware-since TLS_Client_Min_Version 12.0(7)SR2 sip88xx.11-3-1MPP0001-4',
    ]);
  });

  it('in several steps is told only what all of them ignore', () => {
    const steps = '($SWVER lt 11-3-1)? http://a.example/sip88xx.11-3-1MPP0001-4.loads | http://a.example/sip88xx.12-0-7MPP0201-66.loads';
    expect(told('model\n8851\n', `parameters: { TLS_Client_Min_Version: "TLS 1.2" }\nhandOff: { Upgrade_Rule: '${steps}' }\n`)).toEqual([]);
  });
});
