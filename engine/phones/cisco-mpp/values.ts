/**
 * Whether a value can stand in a parameter, and what is known to go wrong with it on a phone.
 * An error is a value the phone would drop or misread in silence; a warning one that it takes and somebody may regret.
 */
import type { Access } from '../../profiles/job.js';
import { nearest } from '../../profiles/nearest.js';
import { isXmlText } from '../../profiles/xml.js';
import type { Known } from './catalogue/entry.js';
import { checkKind } from './catalogue/kinds.js';
import { error, type Finding, warning } from './findings.js';
import { checkRule, ruleKind } from './rule/check.js';
import { macroNames, macrosIn } from './rule/macros.js';

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

/** What is to be known of emptying a parameter: documents disagree on what an empty element does (facts section 2.1). */
export function checkClear(known: Known | undefined, ua: Access): Finding[] {
  if (ua === 'rw') return [warning('parameter.clear-kept')];
  return known?.default === null && known.readable !== 'never' ? [warning('parameter.clear-unproven')] : [];
}

/** Log texts are filled in as rules are (facts section 3.2). */
function unknownMacros(text: string): Finding[] {
  const unknown = macrosIn(text).find(({ known }) => !known);
  return unknown === undefined ? [] : [warning('parameter.macro-unknown', { macro: `$${unknown.name}` }, nearestMacro(unknown.name))];
}

function nearestMacro(name: string): string | null {
  const meant = nearest(name, macroNames());
  return meant === null ? null : `$${meant}`;
}

function checkGrammar({ tag, kind: holds }: Known, text: string): Finding[] {
  const kind = holds === 'trigger' ? holds : ruleKind(tag);
  if (kind !== undefined) return checkRule(kind, text);
  return /^Log_\w+_Msg$/.test(tag) ? unknownMacros(text) : [];
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
  DHCP_Option_To_Use: (text) => (/\b(?:66|150|159|160)\b/.test(text) ? undefined : 'parameter.no-discovery'),
  Time_Zone: (text) => (/^GMT(?:[+-]\d{2}:\d{2})?$/.test(text) ? undefined : 'parameter.time-zone'),
  HTTP_User_Agent_Name: (text) => (/\$(?:MA|\(MA\))/.test(text) ? undefined : 'parameter.user-agent'),
  Cisco_Headset_Upgrade_Rule: (text) => (/\.xml$/i.test(text) ? undefined : 'parameter.headset-rule'),
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
