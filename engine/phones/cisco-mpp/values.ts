/**
 * Whether a value can stand in a parameter, and what is known to go wrong with it on a phone.
 * An error is a value the phone would drop or misread in silence; a warning one that it takes and somebody may regret.
 */
import { isXmlText } from '../../profiles/xml.js';
import type { Known } from './catalogue/entry.js';
import { checkKind } from './catalogue/kinds.js';
import { error, type Finding, warning } from './findings.js';
import { checkRule, ruleKind } from './rule/check.js';

/** What is wrong with a value that is not empty. Findings never hold a value of a secret parameter. */
export function checkValue(known: Known | undefined, value: string): Finding[] {
  if (!isXmlText(value)) return [error('parameter.control-character')];
  const findings: Finding[] = [];
  if (value !== value.trim() || /[\r\n]/.test(value)) findings.push(warning('parameter.trimmed')); // the phone trims, and joins lines
  if (known === undefined) return findings;
  const text = value.trim();
  if (known.limit !== undefined && text.length > known.limit) findings.push(error('parameter.too-long', { limit: known.limit }));
  return [...findings, ...checkKind(known, text), ...checkGrammar(known, text), ...regrets(known.tag, text)];
}

function checkGrammar({ tag, kind: holds }: Known, text: string): Finding[] {
  const kind = holds === 'trigger' ? holds : ruleKind(tag);
  return kind === undefined ? [] : checkRule(kind, text);
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
