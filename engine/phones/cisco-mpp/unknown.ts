/** Why a name is no parameter of these phones, and what may have been meant. A phone ignores a tag it does not know in silence. */
import { error, type Finding } from './findings.js';
import { isElsewhere, nearestParameter } from './parameters.js';

/** An error for a tag that `findParameter` does not find. */
export function whyUnknown(tag: string): Finding {
  return error(isElsewhere(tag) ? 'parameter.elsewhere' : 'parameter.unknown', {}, nearestParameter(tag));
}
