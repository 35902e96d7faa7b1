/** Profiles that are far more than any phone's: refused as a whole, and at once. */
import { expect, it } from 'vitest';
import { flatProfileSteps } from '../../../../engine/phones/cisco-mpp/template-file.js';
import { finish } from '../../../../engine/profiles/slices.js';

const profile = (inside: string): string => `<flat-profile>${inside}</flat-profile>`;
const elements = (count: number): string => Array.from({ length: count }, (_, i) => `<Foo_${i}_>x</Foo_${i}_>`).join('');

it.each([
  ['elements', profile(elements(8001))],
  ['attributes', profile(`<Proxy_1_ ${Array.from({ length: 100_000 }, (_, i) => `a${i}="x"`).join(' ')}>a</Proxy_1_>`)],
  ['depth', profile('<a>'.repeat(50_000) + '</a>'.repeat(50_000))],
])('too many %s are told, none of them is left out in silence', (_what, text) => {
  const started = performance.now();
  const { entries, problems } = finish(flatProfileSteps(text));
  expect([entries, problems.map(({ code }) => code)]).toEqual([[], ['recipe.template-too-large']]);
  expect(performance.now() - started).toBeLessThan(1500);
});

it('what a large phone reports is read whole, and so are long comments and values', () => {
  const text = profile(`<!-- ${'note '.repeat(4000)} -->${elements(5000)}<GPP_C>${'x'.repeat(20_000)}</GPP_C>`);
  expect(finish(flatProfileSteps(text))).toMatchObject({ problems: [], entries: { length: 5001 } });
});
