import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLikeSpc, spcSteps } from '../../../../engine/phones/cisco-mpp/spc-text.js';
import { finish } from '../../../../engine/profiles/slices.js';

const readSpc = (text: string) => finish(spcSteps(text));

/** The examples of the SPA administration guides, and of the older provisioning guide that leaves the quotes out. */
const sample = `# These parameters are for illustration only
Proxy[1] "sip.service.com";
Register_Expires[1] "900" ; # seconds
Line_Enable[1] ! "Enable" ;  # the user may change it
Dial_Plan[1] ? "(*xx|[3469]11|0|00|[2-9]xxxxxx|1xxx[2-9]xxxxxxS0|xxxxxxxxxxxx.)" ;
Station_Name ! ;
Resync_At_(HHmm) "0300"; Resync_Periodic "3600";

Profile_Rule [--key $A] tftp://192.168.1.200/$B/$MA.cfg;
GPP_A 8a2fc3d1; # the key
Admin_Passwd "secret";
Log_Resync_Request_Msg "";
`;

describe('the text of the SPC compiler', () => {
  it('is read as the parameters of an XML profile', () => {
    const { entries, problems } = readSpc(sample);
    expect(entries.map(({ tag, value, ua, line }) => [line, tag, value, ua])).toEqual([
      [2, 'Proxy_1_', 'sip.service.com', 'na'],
      [3, 'Register_Expires_1_', '900', 'na'],
      [4, 'Line_Enable_1_', 'Yes', 'rw'],
      [5, 'Dial_Plan_1_', '(*xx|[3469]11|0|00|[2-9]xxxxxx|1xxx[2-9]xxxxxxS0|xxxxxxxxxxxx.)', 'ro'],
      [6, 'Station_Name', '', 'rw'],
      [7, 'Resync_At__HHmm_', '0300', 'na'],
      [7, 'Resync_Periodic', '3600', 'na'],
      [9, 'Profile_Rule', '[--key $A] tftp://192.168.1.200/$B/$MA.cfg', 'na'],
      [10, 'GPP_A', '8a2fc3d1', 'na'],
      [11, 'Admin_Password', 'secret', 'na'],
      [12, 'Log_Request_Msg', '', 'na'],
    ]);
    expect(problems.map(({ line, code, severity }) => `${line} ${code} ${severity}`)).toEqual([
      '9 spc.unquoted warning',
      '10 spc.unquoted warning',
    ]);
  });

  it('names the file that is to be given, too', () => {
    expect(readSpc('import "../base.txt"').problems.map(({ params }) => params)).toEqual([{ wanted: '../base.txt' }]);
  });

  it.each([
    ['import base.txt', '1 spc.import'],
    ['Proxy[1] "open\nRegister[1] "Yes";', '1 spc.unclosed'],
    ['Proxy[1] “sip.example” ;', '1 spc.curly-quotes'],
    ['Proxy[1] "sip.example"', '1 spc.no-semicolon'],
    ['Proxy[1]', '1 spc.no-semicolon'],
    ['= 3;', '1 spc.statement'],
    [`Proxy[1] "${'x'.repeat(20_000)}";`, '1 spc.long-line'],
  ])('says what is wrong with %j', (text, problem) => {
    expect(readSpc(text).problems.map(({ line, code }) => `${line} ${code}`)).toEqual([problem]);
  });

  it('goes on behind a damaged statement', () => {
    expect(readSpc('Proxy[1] "open\nRegister[1] "Yes";').entries).toMatchObject([{ tag: 'Register_1_', value: 'Yes', line: 2 }]);
  });

  it('never throws, and ends for any text', () => {
    const part = fc.constantFrom('Proxy[1]', ' ', '"', '“', '”', ';', '!', '?', '#', '\n', 'import ', 'x', '\r', '\u0000', '[--key a]');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(part, { maxLength: 60 }).map((parts) => parts.join('')),
        ),
        (text) => {
          looksLikeSpc(text);
          const { entries, problems } = readSpc(text);
          expect(problems.length).toBeLessThanOrEqual(text.length + 1);
          for (const { line } of entries) expect(line).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('is told from other texts', () => {
    expect(looksLikeSpc(sample)).toBe(true);
    expect(looksLikeSpc('Profile_Rule /spa.cfg;\n')).toBe(true);
    for (const other of [
      'mac,model\n001122334455,8851\n',
      'account.1.enable = 1\n',
      '<flat-profile/>',
      '{"a": 1}',
      'benchtone: 1\nname: x\n',
      '',
    ])
      expect(looksLikeSpc(other)).toBe(false);
  });

  it.each([
    ['one word without an end', 'a'.repeat(1 << 20)],
    ['a word and blanks', `a${' '.repeat(1 << 20)}x`],
    ['one line of statements', 'a;'.repeat(1 << 20)],
    ['semicolons and a line separator', `a${';#'.repeat(1 << 19)}\u2028`],
  ])('costs little where it is %s', (_what, text) => {
    const began = performance.now();
    looksLikeSpc(text);
    readSpc(text);
    expect(performance.now() - began).toBeLessThan(2000); // it was hours
  });

  it('gives back every value that was written', () => {
    const name = fc.stringMatching(/^[A-Z][A-Za-z_]{0,20}(\[[1-9]\])?$/).filter((each) => each !== 'import');
    const value = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/["“”\r\n]/g, ''));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 20 }), (pairs) => {
        const { entries } = readSpc(pairs.map(([each, text]) => `${each} "${text}" ; # "comment" ;`).join('\n'));
        expect(entries.map(({ written }) => written)).toEqual(pairs.map(([each]) => each));
        for (const [i, { tag, value: read }] of entries.entries())
          if (read !== 'Yes' && read !== 'No') expect([tag, read]).toEqual([tag, pairs[i]![1]]);
      }),
    );
  });
});
