/**
 * Whether a value can stand in a parameter, and what is known to go wrong with it on a phone.
 * An error is a value the phone would drop or misread in silence; a warning one that it takes and somebody may regret.
 */
import { nearest } from '../../profiles/nearest.js';
import { shown } from '../../profiles/problems.js';
import { isXmlText } from '../../profiles/xml.js';
import { error, type Finding, warning } from './findings.js';
import type { Known } from './parameters.js';
import { checkRule, ruleKind } from './rule/check.js';

/** What is wrong with a value that is not empty. Findings never hold a value of a secret parameter. */
export function checkValue(known: Known | undefined, value: string): Finding[] {
  if (!isXmlText(value)) return [error('parameter.control-character')];
  const findings: Finding[] = [];
  if (value !== value.trim() || /[\r\n]/.test(value)) findings.push(warning('parameter.trimmed')); // the phone trims, and joins lines
  if (known === undefined) return findings;
  const text = value.trim();
  if (known.limit !== undefined && text.length > known.limit) findings.push(error('parameter.too-long', { limit: known.limit }));
  return [...findings, ...checkKind(known, text), ...checkGrammar(known.tag, text), ...regrets(known.tag, text)];
}

function checkGrammar(tag: string, text: string): Finding[] {
  const kind = ruleKind(tag);
  return kind === undefined ? [] : checkRule(kind, text);
}

function checkKind(known: Known, text: string): Finding[] {
  switch (known.kind) {
    case 'flag':
      return /^(?:yes|no)$/i.test(text) ? [] : [error('parameter.flag', { value: shown(text) }, asFlag(text))];
    case 'choice':
      return checkChoice(known.values ?? [], text);
    case 'integer':
      return checkInteger(known, text);
    case 'timeList':
      return /^\d{1,8}(?:\+\d{1,8})?(?:,\d{1,8}(?:\+\d{1,8})?){0,63}$/.test(text)
        ? []
        : [error('parameter.time-list', { value: shown(text) })];
    case 'hhmm':
      return /^(?:(?:[01]\d|2[0-3])[0-5]\d|2400)$/.test(text) ? [] : [error('parameter.hhmm', { value: shown(text) })];
    case 'extension':
      return /^(?:[1-9]|1[0-6]|Disabled)$/.test(text) ? [] : [error('parameter.extension', { value: shown(text) })];
    case 'host':
      return /\s/.test(text) || text.includes('://') ? [error('parameter.host', { value: shown(text) })] : [];
    case 'url':
      return /^(?:(?:https?|tftp):\/\/|[/$])\S*$/i.test(text) ? [] : [warning('parameter.url', { value: shown(text) })];
    case 'secret':
    case 'rule':
    case 'text':
      return [];
  }
}

function checkChoice(values: readonly string[], text: string): Finding[] {
  if (values.includes(text)) return [];
  return [error('parameter.choice', { value: shown(text), values: values.join(', ') }, nearest(text, values))];
}

function checkInteger({ min = 0, max = Number.MAX_SAFE_INTEGER, unit }: Known, text: string): Finding[] {
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

/** Values that documents contradict each other on, or that lock people out. */
const regretted: Readonly<Record<string, (text: string) => string | undefined>> = {
  Resync_Error_Retry_Delay: (text) => (text === '0' ? 'parameter.never-retries' : undefined),
  Resync_At_Random_Delay: (text) => (Number(text) < 600 ? 'parameter.below-documented' : undefined),
  Periodic_Upload_To_Server: (text) => (Number(text) > 259_200 ? 'parameter.above-documented' : undefined),
  Enable_Web_Admin_Access: (text) => (/^no$/i.test(text) ? 'parameter.needs-factory-reset' : undefined),
  MIC_Cert_Refresh_Enable: () => 'parameter.leave-alone',
  MIC_Cert_Refresh_Rule: () => 'parameter.leave-alone',
  Debug_Level: () => 'parameter.release-dependent',
  VLAN_ID: (text) => (text === '1' ? 'parameter.vlan-1' : undefined),
  Admin_Password: weakness,
  User_Password: weakness,
};

function regrets(tag: string, text: string): Finding[] {
  if (/^(?:Admin|User)_Passw(?:or)?d$/.test(tag) && (text.length < 4 || text.length > 127))
    return [error('parameter.password-length', { min: 4, max: 127 })];
  const code = Object.hasOwn(regretted, tag) ? regretted[tag]?.(text) : undefined;
  return code === undefined ? [] : [warning(code)];
}

/** 12.x: 8 to 127 characters, three of four classes, no blank, nothing beyond the listed signs. Older releases take less. */
function weakness(text: string): string | undefined {
  if (/[^\x21-\x7e]/.test(text)) return 'parameter.password-characters';
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((each) => each.test(text)).length;
  return text.length < 8 || classes < 3 ? 'parameter.password-weak' : undefined;
}
