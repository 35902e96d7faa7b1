import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../../engine/profiles/template.js';

const row = { name: 'Jane', 内線: '201', 'sip-pw': 'p<&', 'two words': 'w', empty: '' };
const fill = (text: string) => {
  const parsed = parseTemplate(text);
  return parsed.ok ? { columns: parsed.template.columns, ...parsed.template.render(row) } : 'no template';
};

describe('a template', () => {
  it.each([
    ['', '', []],
    ['$MA }} {x}', '$MA }} {x}', []],
    ['sip:{{name}}@{{ 内線 }}', 'sip:Jane@201', ['name', '内線']],
    ['{{sip-pw}}{{empty}}', 'p<&', ['sip-pw', 'empty']],
    ['{{ name | upcase }}-{{name}}', 'JANE-Jane', ['name']],
    ['{{ ["two words"] }}', 'w', ['two words']],
    ['{{ name | slice: 0, 2 }}', 'Ja', ['name']],
  ])('%j gives %j', (text, filled, columns) => expect(fill(text)).toEqual({ ok: true, text: filled, columns }));

  it.each(['{{', '{{name', '{{}}', '{{ name | nonsense }}', '{% if name %}{% endif %}', '{% include "x" %}', '{{name}}'.repeat(2000)])(
    '%j is none',
    (text) => expect(fill(text)).toBe('no template'),
  );

  it('names a column that is not there, a word of JavaScript included', () => {
    expect(fill('{{name}}{{nobody}}')).toMatchObject({ ok: false, code: 'missing-column', column: 'nobody' });
    expect(fill('{{constructor}}')).toMatchObject({ ok: false, code: 'missing-column', column: 'constructor' });
    expect(fill('{{ __proto__ | upcase }}')).toMatchObject({ ok: false, code: 'missing-column', column: '__proto__' });
  });

  it('stops what would grow without bound', () => {
    const doubling = `{{ name | ${Array(40).fill('append: name | replace: "a", "aaaaaaaaaa"').join(' | ')} }}`;
    expect(fill(doubling)).toMatchObject({ ok: false, code: 'template-failed' });
  });

  it('never throws', () => {
    const parts = fc.array(
      fc.constantFrom('{{', '}}', '{%', '%}', 'name', ' | ', 'upcase', 'date: "%s"', '[', ']', '"', '.', ':', '..', '(', ' ', '-', 'x'),
      { maxLength: 14 },
    );
    fc.assert(
      fc.property(parts, (each) => {
        const filled = fill(each.join(''));
        if (typeof filled !== 'string' && filled.ok) expect(typeof filled.text).toBe('string');
      }),
      { numRuns: 10_000, seed: 16 },
    );
  });
});
