import { spawnSync } from 'node:child_process';
import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isXmlText, writeXml } from '../../../engine/profiles/xml.js';

const text = fc.string({ unit: 'binary' });
const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;

describe('written XML', () => {
  it('is UTF-8 with LF, one child a line, every special character escaped', () => {
    const written = writeXml({
      name: 'flat-profile',
      content: [
        { name: 'Display_Name_1_', attributes: { ua: 'ro', note: `"a"\t<b>` }, content: `受付 <&>"' \r\nx` },
        { name: 'Empty', attributes: { ua: 'na' } },
      ],
    });
    expect(written.ok && Buffer.from(written.bytes).toString()).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>
<flat-profile>
  <Display_Name_1_ ua="ro" note="&quot;a&quot;&#9;&lt;b&gt;">受付 &lt;&amp;&gt;&quot;&apos; &#13;&#10;x</Display_Name_1_>
  <Empty ua="na"/>
</flat-profile>
`,
    );
  });

  it.each(['\0', '\u0001', '\u001f', '\ufffe', '\uffff', '\ud800'])('refuses what XML 1.0 cannot hold: %j', (character) => {
    expect(isXmlText(character)).toBe(false);
    expect(writeXml({ name: 'a', content: [{ name: 'b', content: `x${character}` }] })).toEqual({
      ok: false,
      code: 'forbidden-character',
      element: 'b',
    });
    expect(writeXml({ name: 'a', attributes: { c: character } })).toEqual({ ok: false, code: 'forbidden-character', element: 'a' });
  });

  it.each(['', '1a', 'a b', 'a:b', '<', '-a'])('refuses a name no element has: %j', (name) =>
    expect(writeXml({ name })).toEqual({ ok: false, code: 'bad-name', element: name }),
  );

  it('is read back as it was, or refused', () => {
    fc.assert(
      fc.property(text, text, (content, attribute) => {
        const written = writeXml({ name: 'a', attributes: { b: attribute }, content });
        expect(written.ok).toBe(isXmlText(content) && isXmlText(attribute));
        if (!written.ok) return;
        const root = new DOMParser({ onError: onErrorStopParsing }).parseFromString(
          Buffer.from(written.bytes).toString(),
          'text/xml',
        ).documentElement;
        expect([root?.textContent, root?.getAttribute('b')]).toEqual([content, attribute]);
      }),
      { numRuns: 10_000, seed: 14 },
    );
  });

  it('satisfies xmllint', ({ skip }) => {
    skip(!hasXmllint, 'xmllint is not here');
    const content = fc
      .sample(text.filter(isXmlText), { numRuns: 2000, seed: 15 })
      .map((each, i) => ({ name: `p${i}`, attributes: { ua: each }, content: each }));
    const written = writeXml({ name: 'flat-profile', content });
    const { status, stderr } = spawnSync('xmllint', ['--noout', '-'], { input: written.ok ? written.bytes : '' });
    expect([status, stderr.toString()]).toEqual([0, '']);
  });
});
