/** The catalogue's data, area by area. */
import { z } from 'zod';
import all from '../../../../resources/cisco-mpp/catalogue/all.json' with { type: 'json' };
import { entryForm, type Known } from './entry.js';

const areas: Readonly<Record<string, unknown>> = { all };

/** Every entry with its area. Throws when the data is not of the form: a bug, for it comes with the program. */
export function readCatalogue(): readonly Known[] {
  return Object.entries(areas).flatMap(([area, entries]) =>
    z
      .array(entryForm)
      .parse(entries)
      .map((entry) => Object.assign(entry, { area })),
  );
}
