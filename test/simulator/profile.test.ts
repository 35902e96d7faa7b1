import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identify } from '../../simulator/identity.js';
import { expand, phoneMacros } from '../../simulator/macros.js';
import { Parameters } from '../../simulator/parameters.js';
import { escapeXml, readProfile } from '../../simulator/profile.js';
import { seeded } from '../../simulator/random.js';
import { tagsOf } from '../../simulator/tags.js';

const read = (text: string | Uint8Array): unknown => {
  const profile = readProfile(typeof text === 'string' ? Buffer.from(text) : text);
  return profile.ok ? profile.entries.map(({ tag, value }) => [tag, value]) : profile.reason;
};

function applied(...profiles: string[]): Parameters {
  const parameters = new Parameters('6841');
  for (const text of profiles) {
    const profile = readProfile(Buffer.from(`<flat-profile>${text}</flat-profile>`));
    if (profile.ok) parameters.apply(profile.entries);
  }
  return parameters;
}

describe('a profile', () => {
  it('is read with whatever stands around it', () => {
    const text = `\uFEFF<?xml version="1.0"?>\n<!-- a --><device>\n<flat-profile version="1">
      <Proxy_1_ ua="na"> sip.acme.example </Proxy_1_><!-- <Proxy_1_>no</Proxy_1_> -->
      <Text_Logo>two\nlines &lt;&amp;&#x53d7;&#20184;&apos;</Text_Logo><GPP_A/><GPP_B ua='na'></GPP_B><GPP_C><![CDATA[a<b]]></GPP_C>
    </flat-profile></device>\n`;
    const entries = [
      ['Proxy_1_', 'sip.acme.example'],
      ['Text_Logo', "two lines <&受付'"],
      ['GPP_A', ''],
      ['GPP_B', ''],
      ['GPP_C', 'a<b'],
    ];
    expect(read(text)).toEqual(entries);
    expect(read(gzipSync(text))).toEqual(entries);
    expect(read('<flat-profile/>')).toEqual([]);
  });

  it.each(['', 'x', '<flat-profile>', '<flat-profile><A>1</B></flat-profile>', '<flat-profile><A>1</flat-profile>', '<html></html>'])(
    'is corrupt: %s',
    (text) => {
      expect(read(text)).toBe('corrupt');
    },
  );

  it('is corrupt cut short, in plain and in gzip', () => {
    const whole = Buffer.from('<flat-profile><GPP_A>1</GPP_A></flat-profile>');
    for (let length = 0; length < whole.length; length++) expect(read(whole.subarray(0, length))).toBe('corrupt');
    const packed = gzipSync(whole);
    for (let length = 2; length < packed.length; length++) expect(read(packed.subarray(0, length))).toBe('corrupt');
  });

  it('never throws, and gives back what was escaped', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readProfile(bytes)),
      { numRuns: 10_000 },
    );
    const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((value) => value.trim().replace(/[\r\n]/g, ' '));
    fc.assert(
      fc.property(text, (value) => {
        expect(read(`<flat-profile><A>${escapeXml(value)}</A></flat-profile>`)).toEqual([['A', value]]);
      }),
    );
  });
});

describe('a phone takes a profile', () => {
  it('with the last of two, and later profiles over earlier ones', () => {
    const parameters = applied('<GPP_A>1</GPP_A><GPP_A>2</GPP_A><GPP_B>b</GPP_B>', '<GPP_B>c</GPP_B>');
    expect([parameters.get('GPP_A'), parameters.get('GPP_B')]).toEqual(['2', 'c']);
  });

  it('without tags it does not know: other case, other lines than it has', () => {
    const xml = applied('<gpp_a>1</gpp_a><User_ID_5_>5</User_ID_5_><User_ID_4_>4</User_ID_4_>').toXml({
      attributes: false,
      wrapped: false,
    });
    expect(xml).toContain('<User_ID_4_>4</User_ID_4_>');
    expect(xml).not.toMatch(/gpp_a|User_ID_5_/);
  });

  it('clears with an empty element, and shows the factory value until told otherwise', () => {
    expect(new Parameters('8851').get('Profile_Rule')).toBe('/$PSN.xml');
    expect(applied('<Log_Request_Msg/>').get('Log_Request_Msg')).toBe('');
    expect(applied('<SIP_Port_2_/>').get('SIP_Port_3_')).toBe('5062');
  });

  it('and never shows a secret again', () => {
    const parameters = applied('<Admin_Password>geheim</Admin_Password><Password_1_>geheim</Password_1_><GPP_SA>geheim</GPP_SA>');
    expect(parameters.get('Admin_Password')).toBe('geheim');
    expect(parameters.toXml({ attributes: true, wrapped: true })).not.toContain('geheim');
  });

  it('and reads back what it took, in either style', () => {
    const parameters = applied('<Display_Name_1_ ua="ro">a&amp;b</Display_Name_1_>');
    for (const style of [
      { attributes: true, wrapped: true },
      { attributes: false, wrapped: false },
    ]) {
      const back = readProfile(Buffer.from(parameters.toXml(style)));
      expect(back.ok && back.entries.find(({ tag }) => tag === 'Display_Name_1_')?.value).toBe('a&b');
      expect(back.ok && back.entries.length).toBe(tagsOf('6841').readable.length);
    }
  });
});

describe('macros', () => {
  const parameters = applied('<GPP_A>ABCDEF</GPP_A><GPP_B>$A</GPP_B>');
  const macros = phoneMacros(identify('c4c603731f67', '6841', seeded('macros')), '127.77.0.9', parameters);

  it.each([
    ['$MA/$MAU/$MAC', 'c4c603731f67/C4C603731F67/c4:c6:03:73:1f:67'],
    ['$PN $PSN', 'CP-6841-3PCC 6841-3PCC'],
    ['$(PSN).xml', '6841-3PCC.xml'],
    ['$(A:2) $(A:2:3) $(A:9)', 'CDEF CDE '],
    ['$B', '$A'],
    ['$$MA $UNKNOWN $(NO) $ma $IP', '$MA $UNKNOWN $(NO) $ma 127.77.0.9'],
    ['$VERSION ($MA)', 'Cisco-CP-6841-3PCC/12.0.1 (c4c603731f67)'],
  ])('%s', (text, expanded) => {
    expect(expand(text, macros)).toBe(expanded);
  });
});
