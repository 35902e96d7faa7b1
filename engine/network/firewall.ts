/**
 * Whether a firewall keeps phones out, and the one rule that lets them in: of one interface, for the ports of a bench alone. Nothing is ever
 * switched off. UDP 68 is among them, so that the interlock hears other DHCP servers.
 */
import type { Check } from '../contract/problem.js';
import { type Ask, askSystem, outputOf } from './commands.js';

export type FirewallKind = 'nftables' | 'ufw' | 'firewalld' | 'iptables' | 'Windows' | 'macOS';
/** `rule`: ours is set. `open`: nothing keeps phones out. `unknown`: this account may not look. */
export type FirewallState = { readonly kind: FirewallKind | null; readonly state: 'rule' | 'open' | 'blocks' | 'unknown' };

/** A command line for an administrator: POSIX shell, or PowerShell on Windows. */
export type Rule = { readonly set: string; readonly undo: string };

const udpPorts = [67, 68, 69, 514] as const;
const tcpPorts = [80, 514] as const;
const allPorts = [67, 68, 69, 80, 514] as const;

/** Names that mean the same to every shell and firewall; others are never put into a command. */
function isPlainName(name: string): boolean {
  return /^[A-Za-z][\w.-]{0,14}$/.test(name);
}

/** Looks at the firewall of this machine. Never rejects; asks the system's programs, 8 s each at most. */
export async function readFirewall(name: string, platform: string = process.platform, ask: Ask = askSystem): Promise<FirewallState> {
  if (platform === 'win32')
    return windowsFirewall(await outputOf(ask, 'powershell.exe', '-NoProfile', '-NonInteractive', '-Command', windowsLook), name);
  if (platform === 'darwin') return macFirewall(await outputOf(ask, '/usr/libexec/ApplicationFirewall/socketfilterfw', '--getglobalstate'));
  if (platform !== 'linux') return { kind: null, state: 'unknown' };
  return linuxFirewall(name, ask);
}

async function linuxFirewall(name: string, ask: Ask): Promise<FirewallState> {
  if (/^ENABLED=yes/m.test(await outputOf(ask, 'cat', '/etc/ufw/ufw.conf'))) {
    const isSet = (await outputOf(ask, 'ufw', 'status')).includes(markOf(name));
    return { kind: 'ufw', state: isSet ? 'rule' : 'blocks' };
  }
  if ((await outputOf(ask, 'firewall-cmd', '--state')).trim() === 'running') {
    const zone = (await outputOf(ask, 'firewall-cmd', `--get-zone-of-interface=${name}`)).trim();
    return { kind: 'firewalld', state: zone === 'benchtone' ? 'rule' : 'blocks' };
  }
  const nft = await ask('nft', ['list', 'ruleset']);
  const seen = nft.status === 0 ? nftState(nft.output, name) : 'unknown';
  if (seen !== 'open' && seen !== 'unknown') return { kind: 'nftables', state: seen };
  const legacy = await ask('iptables-legacy', ['-S', 'INPUT']);
  if (legacy.status === 0) return { kind: 'iptables', state: iptablesState(legacy.output, name) };
  return { kind: seen === 'open' ? 'nftables' : null, state: seen };
}

/** What `nft list ruleset` says of packets that come in: chains of type filter at hook input that drop by policy or by a rule. */
export function nftState(ruleset: string, name: string): Exclude<FirewallState['state'], 'unknown'> {
  let blocks = false;
  for (const chain of ruleset.split(/^\tchain /m).slice(1)) {
    if (!/^\t\ttype filter hook input\b/m.test(chain)) continue;
    if (chain.includes(`comment "${markOf(name)}"`)) return 'rule';
    // A jump leads to rules of another chain: what they do is not followed, so they count.
    if (/policy drop|\b(?:drop|reject|jump|goto)\b/.test(chain)) blocks = true;
  }
  return blocks ? 'blocks' : 'open';
}

/** The same of `iptables-legacy -S INPUT`. */
export function iptablesState(rules: string, name: string): Exclude<FirewallState['state'], 'unknown'> {
  if (rules.includes(markOf(name))) return 'rule';
  return /^-P INPUT DROP|^-A INPUT .*-j (?!ACCEPT)/m.test(rules) ? 'blocks' : 'open';
}

const windowsLook = [
  '[Console]::OutputEncoding=[Text.Encoding]::UTF8',
  '@{profiles=@(Get-NetFirewallProfile|Select-Object Name,Enabled);rules=@(Get-NetFirewallRule -Group Benchtone -ErrorAction SilentlyContinue|Select-Object DisplayName,Enabled)}|ConvertTo-Json -Depth 3 -Compress',
].join(';');

/** `Enabled` is a number (1: True, 2: False) or a word, as the version of PowerShell has it. */
export function windowsFirewall(json: string, name: string): FirewallState {
  const isOn =
    /"Name":"(?:Domain|Private|Public)"[^}]*"Enabled":(?:1|true|"True")/.test(json) ||
    /"Enabled":(?:1|true|"True")[^}]*"Name":"(?:Domain|Private|Public)"/.test(json);
  if (!json.includes('"profiles"')) return { kind: 'Windows', state: 'unknown' };
  if (!isOn) return { kind: 'Windows', state: 'open' };
  return { kind: 'Windows', state: json.includes(JSON.stringify(`Benchtone ${name}`).slice(1, -1)) ? 'rule' : 'blocks' };
}

/** `Firewall is enabled. (State = 1)`; 2 lets nothing in at all. */
export function macFirewall(text: string): FirewallState {
  const state = /State = (?<state>\d)/.exec(text)?.groups?.['state'];
  return { kind: 'macOS', state: state === undefined ? 'unknown' : state === '0' ? 'open' : 'blocks' };
}

/** The rule of a kind of firewall for one interface; undefined for a name that can't be put into a command. */
export function firewallRule(kind: FirewallKind, name: string): Rule | undefined {
  if (kind === 'Windows') return windowsRule(name);
  return isPlainName(name) ? posixRule(kind, name) : undefined;
}

function posixRule(kind: Exclude<FirewallKind, 'Windows'>, name: string): Rule {
  const mark = markOf(name);
  if (kind === 'ufw') {
    const rules = [
      `in on ${name} proto udp to any port ${udpPorts.join(',')}`,
      `in on ${name} proto tcp to any port ${tcpPorts.join(',')}`,
    ];
    return {
      set: rules.map((rule) => `ufw allow ${rule} comment ${mark}`).join(' && '),
      undo: rules.map((rule) => `ufw delete allow ${rule}`).join(' && '),
    };
  }
  if (kind === 'firewalld') {
    const ports = [...udpPorts.map((port) => `--add-port=${port}/udp`), ...tcpPorts.map((port) => `--add-port=${port}/tcp`)].join(' ');
    const zone = 'firewall-cmd --permanent';
    return {
      set: `${zone} --new-zone=benchtone && ${zone} --zone=benchtone ${ports} && firewall-cmd --reload && firewall-cmd --zone=benchtone --change-interface=${name}`,
      undo: `firewall-cmd --zone=benchtone --remove-interface=${name} && ${zone} --delete-zone=benchtone && firewall-cmd --reload`,
    };
  }
  if (kind === 'macOS') {
    const program = '/usr/libexec/ApplicationFirewall/socketfilterfw';
    return {
      set: `${program} --add "${process.execPath}" && ${program} --unblockapp "${process.execPath}"`,
      undo: `${program} --remove "${process.execPath}"`,
    };
  }
  return kind === 'iptables' ? iptablesRule(name, mark) : nftRule(name, mark);
}

function iptablesRule(name: string, mark: string): Rule {
  const rules = [
    `INPUT -i ${name} -p udp -m multiport --dports ${udpPorts.join(',')} -m comment --comment ${mark} -j ACCEPT`,
    `INPUT -i ${name} -p tcp -m multiport --dports ${tcpPorts.join(',')} -m comment --comment ${mark} -j ACCEPT`,
  ];
  const all = (verb: string): string => rules.map((rule) => `iptables-legacy ${verb} ${rule}`).join(' && ');
  return { set: all('-I'), undo: all('-D') };
}

/**
 * An accept is final in its own chain alone, so the rule goes into each chain that judges what comes in. It is found again by its mark:
 * numbers of rules change when somebody loads the rules anew.
 */
function nftRule(name: string, mark: string): Rule {
  const undo = [
    'nft -a list ruleset | while read -r w a b rest; do case $w in',
    'table) f=$a t=$b;; chain) n=$a;;',
    `*) case "$w $a $b $rest" in *"comment \\"${mark}\\" # handle "*) nft delete rule $f $t $n handle "\${rest##*# handle }";; esac;;`,
    'esac; done',
  ].join(' ');
  const set = [
    'nft list ruleset | while read -r w a b c rest; do case $w in',
    'table) f=$a t=$b;; chain) n=$a;;',
    `type) case "$f $a $b $c" in "ip filter hook input"|"inet filter hook input") nft "insert rule $f $t $n iifname ${name} meta l4proto { tcp, udp } th dport { ${allPorts.join(', ')} } accept comment ${mark}";; esac;;`,
    'esac; done',
  ].join(' ');
  return { set, undo };
}

function windowsRule(name: string): Rule {
  const quoted = `'${name.replaceAll("'", "''")}'`;
  const title = `'Benchtone ${name.replaceAll("'", "''")}'`;
  const rule = (protocol: string, ports: readonly number[]): string =>
    `New-NetFirewallRule -DisplayName ${title} -Group Benchtone -Direction Inbound -Action Allow -InterfaceAlias ${quoted} -Protocol ${protocol} -LocalPort ${ports.join(',')}`;
  return { set: `${rule('UDP', udpPorts)}; ${rule('TCP', tcpPorts)}`, undo: `Remove-NetFirewallRule -DisplayName ${title}` };
}

function markOf(name: string): string {
  return `benchtone-${name}`;
}

/** What the doctor says of it. */
export async function checkFirewall(name: string, platform: string = process.platform, ask: Ask = askSystem): Promise<Check> {
  const { kind, state } = await readFirewall(name, platform, ask);
  const params = { interface: name, firewall: kind ?? '' };
  const rule = kind === null ? undefined : firewallRule(kind, name);
  const shown = (command: string): string => (platform === 'win32' ? command : `sudo sh -c '${command}'`);
  if (state === 'open') return { id: 'firewall', state: 'ok', code: 'firewall.open', params };
  if (state === 'unknown') return { id: 'firewall', state: 'ok', code: 'firewall.unknown', params };
  if (rule === undefined) return { id: 'firewall', state: 'warn', code: 'firewall.blocks', params };
  const undo = { code: 'remedy.firewall.undo', params: { command: shown(rule.undo) } };
  if (state === 'rule') return { id: 'firewall', state: 'ok', code: 'firewall.rule', params, remedy: { undo, repair: 'firewall' } };
  const act = { code: 'remedy.firewall', params: { command: shown(rule.set) } };
  return { id: 'firewall', state: 'warn', code: 'firewall.blocks', params, remedy: { act, undo, repair: 'firewall' } };
}
