/** Configurations somebody already has, as these phones or their ancestors take them: XML profiles, and the text of the SPC compiler. */
import { errorAt } from '../../profiles/problems.js';
import type { ForeignProfile, ForeignProfiles, Judged, Lifted } from '../foreign.js';
import { markerTag } from './bench-values.js';
import { findParameter, nearestParameter } from './parameters.js';
import { macrosIn } from './rule/macros.js';
import { looksLikeSpc, spcSteps } from './spc-text.js';
import { flatProfileSteps } from './template-file.js';
import { checkValue } from './values.js';

const lengthLimit = 4 << 20; // characters
const noForm: ForeignProfile = { form: null, entries: [], problems: [errorAt('import.unknown-form')] };

export const foreignProfiles: ForeignProfiles = {
  *readSteps(text) {
    if (text.length > lengthLimit) return { ...noForm, problems: [errorAt('recipe.template-too-large')] };
    if (/^\uFEFF?\s*</.test(text)) return { form: 'flat-profile', ...(yield* flatProfileSteps(text)) };
    return looksLikeSpc(text) ? { form: 'spc', ...(yield* spcSteps(text)) } : noForm;
  },
  judge,
  lift,
  keysOf: (value) => [...value.matchAll(keyMacro)].map(({ groups }) => `GPP_${groups?.['letter'] ?? ''}`),
  check: (tag, value) =>
    checkValue(findParameter(tag)?.known, value).map(({ severity, code, params = {}, suggestion = null }) => ({
      severity,
      code,
      params: { tag, ...params },
      suggestion,
    })),
};

function judge(tag: string): Judged {
  const known = findParameter(tag)?.known;
  const near = known === undefined ? nearestParameter(tag) : null;
  return {
    known: known !== undefined,
    secret: isSecret(tag),
    place: tag === markerTag ? 'never' : known?.waits === 'bench' ? 'handOff' : 'parameters',
    suggestion: near === null ? null : { tag: near, differs: plain(near) === plain(tag) ? 'spelling' : 'letters' },
  };
}

/** By the catalogue, or by a name that says so: a file may hold tags the catalogue does not know. */
function isSecret(tag: string): boolean {
  return findParameter(tag)?.known.kind === 'secret' || /(?:passw(?:or)?d|pwd|secret|pin)(?:_?\d*_?)$|^GPP_S[A-D]$|^IKM_/i.test(tag);
}

function plain(tag: string): string {
  return tag.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** What stands for a value: a column, or a tag of a server. */
const reference = /\{\{[^{}]*\}\}|%[A-Z][A-Za-z0-9_.-]+%/g;
/** `--key` and `--pwd` of a rule, and the password of an address. */
const inRule = /(?<before>--(?:key|pwd)\s+)(?:"(?<quoted>[^"]*)"|(?<bare>(?:\{\{[^{}]*\}\}|[^\s\]"{])+))/g;
/** `$B` or `$(B)` in the place of a key: what `GPP_B` holds. */
const keyMacro = /--(?:key|pwd)\s+"?\$\(?(?<letter>[A-P])(?![A-Za-z0-9_])/g;
const inAddress = /(?<before>:\/\/[^\s/:@]{1,200}:)(?<password>[^\s/@]{1,200})(?=@)/g;

function lift(tag: string, value: string, secret = isSecret(tag)): Lifted {
  const column = columnFor(tag);
  if (secret)
    return value === '' || isReference(value, false)
      ? { value, taken: [] }
      : { value: `{{${column}}}`, taken: [{ literal: value, column }] };
  const taken: { literal: string; column: string }[] = [];
  const take = (literal: string, suffix: string): string => {
    const name = `${column}_${suffix}${taken.length === 0 ? '' : `_${taken.length + 1}`}`;
    taken.push({ literal, column: name });
    return `{{${name}}}`;
  };
  const lifted = value
    .replaceAll(inRule, (whole: string, ...rest: unknown[]) => {
      const { before = '', quoted, bare = '' } = rest.at(-1) as Record<string, string | undefined>;
      const literal = quoted ?? bare;
      return isReference(literal) ? whole : `${before}"${take(literal, before.startsWith('--key') ? 'key' : 'password')}"`;
    })
    .replaceAll(inAddress, (whole: string, ...rest: unknown[]) => {
      const { before = '', password = '' } = rest.at(-1) as Record<string, string | undefined>;
      return isReference(password) ? whole : `${before}${take(password, 'password')}`;
    });
  return { value: lifted, taken };
}

/** True when nothing in it is literal; a macro of the phone counts where rules are, for a password is never expanded. */
function isReference(text: string, macros = true): boolean {
  const plainly = text.replaceAll(reference, '');
  const rest =
    macros && macrosIn(plainly).every(({ known }) => known) ? plainly.replaceAll(/\$\([A-Za-z0-9_:]+\)|\$[A-Za-z0-9_]+/g, '') : plainly;
  return text.trim() !== '' && rest.trim() === '';
}

/** Names the starter recipe and people's lists use; the tag in small letters otherwise. */
function columnFor(tag: string): string {
  if (/^Admin_Passwo?r?d$/.test(tag)) return 'admin_password';
  const line = /^Password_(?<line>\d{1,2})_$/.exec(tag)?.groups?.['line'];
  if (line !== undefined) return line === '1' ? 'sip_password' : `sip_password_${line}`;
  return (
    tag
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^_+|_+$/g, '') || 'secret'
  );
}
