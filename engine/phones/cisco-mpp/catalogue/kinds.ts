/** Whether a text has the form of a kind of parameter. An error says what the phone would drop or misread in silence. */
import { nearest } from '../../../profiles/nearest.js';
import { shown } from '../../../profiles/problems.js';
import { error, type Finding, warning } from '../findings.js';
import { isVerified, type Kind, type Known } from './entry.js';

type Check = (text: string, known: Known) => readonly Finding[];

/**
 * What is wrong with the form of a text that is not empty. Where it only follows from a name what may stand there, that is worth a look
 * and refuses nothing.
 */
export function checkKind(known: Known, text: string): Finding[] {
  const findings = checks[known.kind](text, known);
  return findings.map((each) => (isVerified(known) ? each : warning(each.code, each.params, each.suggestion)));
}

/** Wide enough for every example of the documents. */
const checks: Readonly<Record<Kind, Check>> = {
  flag: (text) => (/^(?:yes|no)$/i.test(text) ? [] : [error('parameter.flag', { value: shown(text) }, asFlag(text))]),
  choice: checkChoice,
  integer: checkInteger,
  timeList: formed(/^\d{1,8}(?:\+\d{1,8})?(?:,\d{1,8}(?:\+\d{1,8})?){0,63}$/, 'parameter.time-list'),
  hhmm: formed(/^(?:(?:[01]\d|2[0-3])[0-5]\d|2400)$/, 'parameter.hhmm'),
  extension: formed(/^(?:[1-9]|1[0-6]|Disabled)$/, 'parameter.extension'),
  host: (text) => (/\s/.test(text) || text.includes('://') ? [error('parameter.host', { value: shown(text) })] : []),
  url: (text) => (/^(?:(?:https?|tftp):\/\/|[/$])\S*$/i.test(text) ? [] : [warning('parameter.url', { value: shown(text) })]),
  keys: formed(/^[^\s;|]+(?:\|\d{1,2})?(?:;\s*[^\s;|]+(?:\|\d{1,2})?)*;?$/, 'parameter.keys'),
  code: formed(/^[\d*#+A-Da-d]{1,39}$/, 'parameter.code'),
  tone: formed(/^[\d@,.;:()*/+\-\s]+$/, 'parameter.tone'),
  led: formed(/^[a-z]=[^;=\s]+(?:;\s*[a-z]=[^;=\s]+)*;?$/i, 'parameter.led'),
  offset: formed(/^[+-]?\d{1,2}[/:]\d{2}$/, 'parameter.offset'),
  numbers: formed(/^\d{1,5}(?:\s*,\s*\d{1,5})*$/, 'parameter.numbers'),
  decimal: formed(/^(?:\d{1,10}(?:\.\d{0,6})?|\.\d{1,6})$/, 'parameter.decimal'),
  text: () => [],
  secret: () => [],
  rule: () => [], // their grammar is checked by tag
  trigger: () => [],
};

function formed(form: RegExp, code: string): Check {
  return (text) => (form.test(text) ? [] : [error(code, { value: shown(text) })]);
}

function checkChoice(text: string, { values = [] }: Known): Finding[] {
  if (values.includes(text)) return [];
  return [error('parameter.choice', { value: shown(text), values: values.join(', ') }, nearest(text, values))];
}

function checkInteger(text: string, { min = 0, max = Number.MAX_SAFE_INTEGER, unit }: Known): Finding[] {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : undefined;
  if (number === undefined) return [error('parameter.integer', { value: shown(text) })];
  return number < min || number > max
    ? [error('parameter.range', { value: number, min, max, ...(unit === undefined ? {} : { unit }) })]
    : [];
}

function asFlag(text: string): string | null {
  if (/^(?:true|on|1|enabled?|ja|oui)$/i.test(text)) return 'Yes';
  return /^(?:false|off|0|disabled?|nein|non)$/i.test(text) ? 'No' : nearest(text, ['Yes', 'No']);
}
