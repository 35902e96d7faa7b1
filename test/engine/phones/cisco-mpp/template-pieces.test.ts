/** Long profiles are read piece by piece, as if they had been read at once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatProfileSteps } from '../../../../engine/phones/cisco-mpp/template-file.js';
import { finish } from '../../../../engine/profiles/slices.js';

const read = (text: string) => finish(flatProfileSteps(text));
/** The same with something in it that is no element: such a profile is read in one piece. */
const inOne = (text: string) => read(text.replace(/<\/flat-profile\s*>\s*$/, '<!-- whole --></flat-profile>'));
const steps = (text: string): number => [...flatProfileSteps(text)].length;

const value = fc.oneof(
  fc.stringMatching(/^[ -;=?-~]{0,12}$/).map((text) => text.replaceAll('&', '&amp;')),
  fc.constantFrom('&lt;b&gt;', 'Ä & ö'.replace('&', '&amp;'), '\n two \n lines ', '&#65;', '{{name}}', ''),
);
const element = fc
  .tuple(
    fc.constantFrom('Proxy_1_', 'a', 'Text-Logo', 'User.ID'),
    value,
    fc.constantFrom('', ' ua="rw"', " ua = 'ro'\n", ' ua="x"', ' other="1"'),
    fc.boolean(),
  )
  .map(([tag, text, ua, short]) => (short ? `<${tag}${ua}/>` : `<${tag}${ua}>${text}</${tag}>`));
const odd = fc.constantFrom(
  'text',
  '<b><i>x</i></b>',
  '<!-- c -->',
  '<a>&nope;</a>',
  '<a x=1/>',
  '<a',
  '<a>1</b>',
  '<a ua="na" ua="rw">2</a>',
  '<a x="1>0">3</a>',
  '<![CDATA[x]]>',
);

const profile = fc
  .record({
    head: fc.constantFrom('', '<?xml version="1.0"?>\n', '\n\n', '\uFEFF<?xml version="1.0"?>'),
    root: fc.constantFrom('<flat-profile>', '<flat-profile\n a="1">'),
    elements: fc.array(
      fc.tuple(fc.oneof({ weight: 60, arbitrary: element }, { weight: 1, arbitrary: odd }), fc.constantFrom('', '\n', '\r\n', '  ')),
      { maxLength: 12 },
    ),
    times: fc.constantFrom(1, 1, 60),
  })
  .map(
    ({ head, root, elements, times }) =>
      `${head}${root}${elements
        .map(([text, blank]) => text + blank)
        .join('')
        .repeat(times)}</flat-profile>\n`,
  );

describe('a profile', () => {
  it('gives the same in pieces and in one', () => {
    fc.assert(
      fc.property(profile, (text) => {
        expect(read(text)).toEqual(inOne(text));
      }),
      { numRuns: 300 },
    );
  });

  it('of many elements is read in many steps', () => {
    const text = `<flat-profile>\n${Array.from({ length: 4000 }, (_, i) => `  <Tag_${i}_ ua="na">${i}</Tag_${i}_>`).join('\n')}\n</flat-profile>\n`;
    expect(steps(text)).toBeGreaterThan(14);
    const { entries, problems } = read(text);
    expect([entries.length, problems, entries[3999]]).toEqual([
      4000,
      [],
      { tag: 'Tag_3999_', written: 'Tag_3999_', value: '3999', ua: 'na', line: 4001 },
    ]);
  });

  it('tells the line of what is wrong far down in it', () => {
    const text = `<flat-profile>\n${'<a>1</a>\n'.repeat(1000)}<a>&nope;</a>\n${'<a>1</a>\n'.repeat(1000)}</flat-profile>`;
    expect(read(text)).toMatchObject({ entries: [], problems: [{ code: 'recipe.template-xml', line: 1002 }] });
  });
});
