import { expect, test } from 'vitest';
import { forTerminal } from '../../headless/output.js';

test('a terminal is told nothing it would obey', () => {
  expect(forTerminal('a\u001b[31mred\u0007 \u202egpj.exe\n受付 “x” é 👩‍💻')).toBe('a\u241b[31mred\u2407 \ufffdgpj.exe\n受付 “x” é 👩‍💻');
});
