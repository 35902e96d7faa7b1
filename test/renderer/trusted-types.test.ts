import { expect, test } from 'vitest';
import { withoutMarkup } from '../../renderer/trusted-types.js';

test('a style sheet passes, markup of any kind is refused', () => {
  const sheet = ':root { --a: 1px } @media (min-width: 36em) { .b > .c::after { content: "\\201C" } }';
  expect([withoutMarkup(sheet), withoutMarkup('')]).toEqual([sheet, '']);
  for (const markup of ['<img src=x onerror=alert(1)>', 'a</style><script>', '<']) expect(withoutMarkup(markup)).toBeNull();
});
