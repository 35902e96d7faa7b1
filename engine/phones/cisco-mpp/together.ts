/**
 * What is wrong with parameters only when they are seen together: one that has no effect without another, two that contradict each other.
 * Each check names the tags it looks at, so that it is asked only where one of them changes.
 */
import { error, type Finding, warning } from './findings.js';
import { firmwareChecks } from './firmware.js';
import { once } from './once.js';
import { macrosIn } from './rule/macros.js';
import { parseRule } from './rule/parse.js';

/** The value a parameter will have, trimmed; undefined where nothing writes it. */
type Values = (tag: string) => string | undefined;

export type Together = {
  /** The first is where the problem is shown. */
  readonly tags: readonly [string, ...string[]];
  readonly find: (values: Values) => Finding | undefined;
};

const lines = Array.from({ length: 16 }, (_, i) => i + 1);
const rules = ['Profile_Rule', 'Profile_Rule_B', 'Profile_Rule_C', 'Profile_Rule_D', 'Upgrade_Rule', 'Report_Rule'];
const generalPurpose = 'A B C D E F G H I J K L M N O SA SB SC SD'.split(' ').map((letter) => `GPP_${letter}`);
const servers = [...rules, 'Syslog_Server', 'Primary_NTP_Server', 'Custom_CA_Rule', ...lines.map((n) => `Proxy_${n}_`)];

/** Of tags known here by name; those of firmware are in the catalogue. */
const named: readonly Together[] = [
  // Resync timing (facts section 2.3).
  {
    tags: ['Resync_Periodic', 'Resync_At__HHmm_'],
    find: (of) => (isOn(of('Resync_Periodic')) && isSet(of('Resync_At__HHmm_')) ? warning('parameter.periodic-ignored') : undefined),
  },
  needs('Resync_At_Random_Delay', 'Resync_At__HHmm_'),
  ...rules.slice(0, 4).map((rule) => unless(rule, 'Provision_Enable', 'Yes')),
  unless('Upgrade_Rule', 'Upgrade_Enable', 'Yes'),
  {
    tags: ['Resync_Periodic', 'Resync_At__HHmm_', 'Resync_On_Reset', 'Resync_From_SIP'],
    find: (of) =>
      of('Resync_Periodic') === '0' && !isSet(of('Resync_At__HHmm_')) && isNo(of('Resync_On_Reset')) && isNo(of('Resync_From_SIP'))
        ? warning('parameter.never-resyncs')
        : undefined,
  },
  // Reports (6.3).
  {
    tags: ['Report_To_Server', 'Report_Rule'],
    find: (of) =>
      isSet(of('Report_To_Server')) && of('Report_To_Server') !== 'On Request' && !isSet(of('Report_Rule'))
        ? warning('parameter.needs', { other: 'Report_Rule' })
        : undefined,
  },
  only('Periodic_Upload_To_Server', 'Report_To_Server', 'Periodically'),
  only('Upload_Delay_On_Local_Change', 'Report_To_Server', 'On Local Change'),
  needs('PRT_Upload_Method', 'PRT_Upload_Rule'),
  // Accounts of profiles (2.3).
  {
    tags: ['Profile_Authentication_Type', 'XSI_Host_Server'],
    find: (of) =>
      of('Profile_Authentication_Type') === 'XSI Authentication' && !isSet(of('XSI_Host_Server'))
        ? warning('parameter.needs', { other: 'XSI_Host_Server' })
        : undefined,
  },
  {
    tags: ['Profile_Rule', 'Webex_Onboard_Enable'],
    find: (of) =>
      of('Profile_Rule')?.startsWith('gds://') === true && isNo(of('Webex_Onboard_Enable'))
        ? error('parameter.needs-value', { other: 'Webex_Onboard_Enable', value: 'Yes' })
        : undefined,
  },
  ...rules.map(macrosAreThere),
  ...['Profile_Rule', 'Profile_Rule_B', 'Profile_Rule_C', 'Profile_Rule_D'].map(certificateHasName),
  // Network (1.7).
  {
    tags: ['Enable_VLAN', 'VLAN_ID'],
    find: (of) => (isYes(of('Enable_VLAN')) && !isSet(of('VLAN_ID')) ? warning('parameter.needs', { other: 'VLAN_ID' }) : undefined),
  },
  only('VLAN_ID', 'Enable_VLAN', 'Yes'),
  {
    tags: ['DHCP_VLAN_Option', 'Enable_CDP', 'Enable_LLDP-MED', 'Enable_VLAN'],
    find: (of) =>
      isSet(of('DHCP_VLAN_Option')) && !(isNo(of('Enable_CDP')) && isNo(of('Enable_LLDP-MED')) && !isYes(of('Enable_VLAN')))
        ? warning('parameter.vlan-option-unused')
        : undefined,
  },
  ...['Static_IP', 'NetMask', 'Gateway'].map((other): Together => ({
    tags: ['Connection_Type', other],
    find: (of) => (of('Connection_Type') === 'Static IP' && !isSet(of(other)) ? error('parameter.needs', { other }) : undefined),
  })),
  ...servers.map(isAllowed),
  // Order of numbers.
  ...[
    ['RTP_Port_Min', 'RTP_Port_Max'],
    ['SIP_TCP_Port_Min', 'SIP_TCP_Port_Max'],
    ['Reg_Min_Expires', 'Reg_Max_Expires'],
    ['Sub_Min_Expires', 'Sub_Max_Expires'],
    ['Session_Idle_Timeout', 'Session_Max_Timeout'],
  ].map(([low = '', high = '']): Together => ({ tags: [low, high], find: (of) => inOrder(of(low), of(high), high) })),
  // Locks (2.4).
  ...['Protect_IVR_FactoryReset', 'Phone-UI-readonly'].map((tag): Together => ({
    tags: [tag, 'Admin_Password', 'Admin_Passwd'],
    find: (of) =>
      isYes(of(tag)) && !isSet(of('Admin_Password') ?? of('Admin_Passwd'))
        ? warning('parameter.needs', { other: 'Admin_Password' })
        : undefined,
  })),
  {
    tags: ['Admin_Passwd', 'Admin_Password'],
    find: (of) => {
      const [one, other] = [of('Admin_Passwd'), of('Admin_Password')];
      return isSet(one) && isSet(other) && one !== other ? error('parameter.twice', { other: 'Admin_Password' }) : undefined;
    },
  },
  // Lines.
  ...lines.flatMap((n): Together[] => [needs(`Password_${n}_`, `User_ID_${n}_`), unless(`User_ID_${n}_`, `Line_Enable_${n}_`, 'Yes')]),
];

/** Every check there is. */
export const together = once((): readonly Together[] => [...named, ...firmwareChecks()]);

const byTag = once((): ReadonlyMap<string, readonly Together[]> => {
  const found = new Map<string, Together[]>();
  for (const check of together()) for (const tag of check.tags) found.set(tag, [...(found.get(tag) ?? []), check]);
  return found;
});

/** The checks that look at a tag. */
export function togetherBy(tag: string): readonly Together[] {
  return byTag().get(tag) ?? [];
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

function isOn(value: string | undefined): boolean {
  return isSet(value) && value !== '0';
}

function isYes(value: string | undefined): boolean {
  return value?.toLowerCase() === 'yes';
}

function isNo(value: string | undefined): boolean {
  return value?.toLowerCase() === 'no';
}

/** `tag` has no effect while nothing writes `other`. */
function needs(tag: string, other: string): Together {
  return { tags: [tag, other], find: (of) => (isSet(of(tag)) && !isSet(of(other)) ? warning('parameter.needs', { other }) : undefined) };
}

/** `tag` has no effect where `other` is written and is something else. */
function unless(tag: string, other: string, value: string): Together {
  const differs = (written: string | undefined): boolean => isSet(written) && written.toLowerCase() !== value.toLowerCase();
  return {
    tags: [tag, other],
    find: (of) => (isSet(of(tag)) && differs(of(other)) ? warning('parameter.needs-value', { other, value }) : undefined),
  };
}

/** `tag` has no effect unless `other` is written and is this. */
function only(tag: string, other: string, value: string): Together {
  return {
    tags: [tag, other],
    find: (of) =>
      isSet(of(tag)) && of(other)?.toLowerCase() !== value.toLowerCase() ? warning('parameter.needs-value', { other, value }) : undefined,
  };
}

function inOrder(low: string | undefined, high: string | undefined, other: string): Finding | undefined {
  const [from, to] = [low, high].map((text) => (isSet(text) && /^\d+$/.test(text) ? Number(text) : undefined));
  return from !== undefined && to !== undefined && from >= to ? error('parameter.order', { other }) : undefined;
}

/** `$C` in a rule is empty while nothing writes `GPP_C`; the marker's `$P` is the bench's, and so may be `$A` and `$B` (facts section 8.1). */
function macrosAreThere(rule: string): Together {
  return {
    tags: [rule, ...generalPurpose],
    find: (of) => {
      const text = of(rule);
      if (!isSet(text) || !text.includes('$')) return undefined;
      const empty = macrosIn(text).find(({ name }) => generalPurpose.includes(`GPP_${name}`) && !isSet(of(`GPP_${name}`)));
      return empty === undefined ? undefined : warning('parameter.macro-empty', { macro: `$${empty.name}`, other: `GPP_${empty.name}` });
    },
  };
}

/** A certificate names a host: an address in an https URL is likely refused (facts section 6.4). */
function certificateHasName(rule: string): Together {
  return {
    tags: [rule],
    find: (of) =>
      urlsIn(of(rule)).some(({ scheme, server }) => scheme === 'https' && /^\d{1,3}(?:\.\d{1,3}){3}$/.test(server))
        ? warning('parameter.https-address')
        : undefined,
  };
}

/** Every server has to be among the domains the phone is restricted to, where it is (facts section 1.7). */
function isAllowed(tag: string): Together {
  return {
    tags: [tag, 'Restricted_Access_Domains'],
    find: (of) => {
      const [text, allowed] = [of(tag), of('Restricted_Access_Domains')];
      if (!isSet(text) || !isSet(allowed)) return undefined;
      const domains = allowed.toLowerCase().split(/[\s,;]+/);
      const hosts =
        tag.endsWith('_Rule') || /_Rule_[B-D]$/.test(tag) ? urlsIn(text).map(({ server }) => server) : [text.replace(/:\d+$/, '')];
      const blocked = hosts.find(
        (host) => host !== '' && !host.includes('$') && !domains.some((domain) => isWithin(host.toLowerCase(), domain)),
      );
      return blocked === undefined ? undefined : warning('parameter.domain-blocked', { host: blocked });
    },
  };
}

function isWithin(host: string, domain: string): boolean {
  const name = domain.replace(/^\*?\./, '');
  return name !== '' && (host === name || host.endsWith(`.${name}`));
}

function urlsIn(text: string | undefined): { readonly scheme: string; readonly server: string }[] {
  const read = parseRule(text ?? '');
  return read.ok
    ? read.rule.flatMap(({ url }) => (url === undefined ? [] : { scheme: url.scheme ?? 'tftp', server: url.server ?? '' }))
    : [];
}
