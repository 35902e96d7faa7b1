/** Where a value comes from, in words. */
import type { Origin } from '../../engine/phones/pack.js';

export function describeOrigin(origin: Origin): string {
  switch (origin.from) {
    case 'row':
      return `the list, column “${origin.column}”`;
    case 'recipe': {
      const { path, columns, builder } = origin;
      return `the recipe, ${path}${builder === undefined ? '' : ` (${builder})`}${columns.length === 0 ? '' : `, with ${columns.join(', ')} of the list`}`;
    }
    case 'pack':
      return origin.why === 'factory' ? 'the bench’s own value taken back: the factory’s' : 'another spelling of the same';
    case 'bench':
      return {
        needs: 'the bench needs it while it works',
        mark: 'the bench’s mark, made at the start',
        key: 'made by the bench for this phone',
      }[origin.why];
  }
}
