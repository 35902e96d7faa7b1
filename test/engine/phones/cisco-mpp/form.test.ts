/** Rows that a form fills come out as those that are worked out one by one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { between } from '../../../../engine/phones/pack.js';
import { compile } from '../../../../engine/phones/cisco-mpp/compile.js';
import { fillForm } from '../../../../engine/phones/cisco-mpp/form.js';
import { deviceFile, handOffFile, productionFile } from '../../../../engine/phones/cisco-mpp/files.js';
import type { Row } from '../../../../engine/profiles/job.js';
import { listOfRows, recipeOf, recipes } from './alike-rows.js';

const key = new Uint8Array(32).fill(7);

/** A recipe keeps what it has learnt, so one nobody has used works each row out. */
function worked(text: string, row: Row): unknown {
  return seen(compile(recipeOf(text), row));
}

function seen({ compiled, problems }: ReturnType<typeof compile>): unknown {
  if (compiled === undefined) return { problems };
  const texts = [deviceFile(compiled, key), handOffFile(compiled), productionFile(compiled)].map(({ bytes }) =>
    Buffer.from(bytes).toString(),
  );
  const { device, handOff, admin, account, ...rest } = compiled;
  const origins = [...device, ...handOff].map(({ tag, value, origin }) => [tag, typeof value, origin]);
  return { problems, texts, rest, origins, account, admin: admin.password?.reveal() };
}

describe.each(recipes)('a list of rows with the recipe %s', (_name, text) => {
  it('comes out as its rows one by one', () => {
    let filled = 0;
    fc.assert(
      fc.property(listOfRows, (rows) => {
        const recipe = recipeOf(text);
        // Twice: what the first round taught the second uses.
        for (const row of [...rows, ...rows]) {
          if (fillForm(recipe, row) !== undefined) filled += 1;
          const applied = compile(recipe, row);
          expect(seen(applied)).toStrictEqual(worked(text, row));
          if (applied.alike !== undefined)
            expect(seen({ ...applied, compiled: applied.alike.arranged(applied.alike.texts.split(between)) })).toStrictEqual(
              worked(text, row),
            );
        }
      }),
      { numRuns: 60 },
    );
    expect(filled > 0).toBe(!text.includes('--key $A] https://{{'));
  });
});
