/** A row's files as they are told to a window. */
import type { ShownFile } from '../bench/showing.js';
import type { PreviewShown } from '../contract/preview-calls.js';
import type { Origin } from '../phones/pack.js';

export function toldPreview(files: readonly ShownFile[], revealed: boolean): PreviewShown {
  return {
    files: files.map(({ file, path, text, packed, parameters, servedAt, gone }) => ({
      file,
      path,
      text,
      packed: { ...packed },
      parameters: parameters.map(({ tag, value, ua, secret, origin, change }) => ({
        tag,
        value,
        ua,
        secret,
        origin: toldOrigin(origin),
        change,
      })),
      servedAt,
      gone: [...gone],
    })),
    revealed,
  };
}

/** As a code with parameters: words are the user interface's. */
function toldOrigin(origin: Origin): { code: string; params: Record<string, string | number> } {
  switch (origin.from) {
    case 'row':
      return { code: 'origin.row', params: { column: origin.column } };
    case 'recipe': {
      const { path, columns, builder = '' } = origin;
      return {
        code: builder === '' ? 'origin.recipe' : 'origin.builder',
        params: { path, columns: columns.join(', '), ...(builder === '' ? {} : { builder }) },
      };
    }
    case 'pack':
      return { code: `origin.${origin.why}`, params: {} };
    case 'bench':
      return { code: `origin.${origin.why}`, params: {} };
  }
}
