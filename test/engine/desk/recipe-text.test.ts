import { beforeEach, describe, expect, it } from 'vitest';
import { Uploads } from '../../../engine/desk/uploads.js';
import { RecipeTexts } from '../../../engine/desk/recipe-text.js';

let uploads: Uploads;
let texts: RecipeTexts;
beforeEach(() => {
  uploads = new Uploads();
  texts = new RecipeTexts(uploads);
});

function value<T>(reply: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: { readonly code: string } }): T {
  if (!reply.ok) throw new Error(reply.error.code);
  return reply.value;
}

describe('the text of a recipe at the window', () => {
  it('is that of a starter or of a file, and gone when the file is', async () => {
    expect(value(texts.read({ recipe: 'starter:office' }))).toMatchObject({
      name: 'office.yaml',
      text: expect.stringContaining('benchtone: 1') as string,
    });
    const taken = value(await texts.take({ name: 'mine.yaml', text: 'benchtone: 1\n' }));
    expect(taken.problems.map(({ code }) => code)).toContain('recipe.missing-key');
    expect(value(texts.read({ recipe: taken.handle }))).toEqual({ name: 'mine.yaml', text: 'benchtone: 1\n' });
    expect(texts.read({ recipe: 'nothing' })).toMatchObject({ ok: false, error: { code: 'recipe.gone' } });
  });

  it('is changed in one place, and judged', async () => {
    const { text } = value(texts.read({ recipe: 'starter:office' }));
    const edited = value(await texts.edit({ text, edits: [{ path: ['parameters', 'Proxy_1_'], value: 'sip.acme.example' }] }));
    expect(edited).toEqual({ text: text.replace('sip.example.com', 'sip.acme.example'), problems: [], refused: [] });
    const wrong = value(await texts.edit({ text, edits: [{ path: ['parameters', 'Proxy1'], value: 'x' }] }));
    expect(wrong.problems).toMatchObject([{ code: 'parameter.unknown', suggestion: 'Proxy_1_' }]);
  });

  it('never takes a secret from the program', async () => {
    const { text } = value(texts.read({ recipe: 'starter:office' }));
    const edits = [{ path: ['parameters', 'User_Password'], value: 'Chalk-Otter-41' }];
    expect(value(await texts.edit({ text, edits }))).toMatchObject({
      text,
      problems: [],
      refused: [{ code: 'recipe.secret-inside', severity: 'error', line: null }],
    });
    const fromTheList = [{ path: ['parameters', 'User_Password'], value: '{{user_password}}' }];
    expect(value(await texts.edit({ text, edits: fromTheList })).text).toContain('User_Password: "{{user_password}}"');
  });

  it('keeps what is wrong with it in sight when a change is refused', async () => {
    const text = value(texts.read({ recipe: 'starter:office' })).text.replace('Proxy_1_', 'Proxi_1_');
    const edited = value(await texts.edit({ text, edits: [{ path: ['parameters', 'Password_1_'], value: 'abc' }] }));
    expect(edited).toMatchObject({ text, problems: [{ code: 'parameter.unknown', suggestion: 'Proxy_1_' }] });
    expect(edited.refused.map(({ code, line }) => [code, line])).toEqual([['recipe.secret-inside', null]]);
  });

  it('that is no YAML stays as it is, and is told', async () => {
    expect(value(await texts.edit({ text: 'a: [', edits: [{ path: ['a'], value: 'b' }] }))).toMatchObject({
      text: 'a: [',
      refused: [{ code: 'recipe.syntax' }],
    });
  });
});
