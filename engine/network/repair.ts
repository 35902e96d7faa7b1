/**
 * Sets one of the doctor's remedies, or takes it back. What needs an administrator goes through pkexec(1), which asks the person; the
 * program itself never becomes root, and Electron is given no capabilities. Where nobody can be asked, the command is shown.
 */
import type { Params } from '../contract/problem.js';
import { type Ask, askSystem } from './commands.js';
import { type FirewallKind, firewallRule, readFirewall } from './firewall.js';
import { firstUnprivilegedPort } from './ports.js';

export type Wish = { readonly remedy: 'ports' | 'firewall'; readonly undo: boolean; readonly interface: string };
export type Repaired = {
  readonly done: boolean;
  readonly command: string;
  readonly reason: { readonly code: string; readonly params: Params } | null;
};

export type RepairOptions = {
  /** What was there before, kept in the data folder. */
  readonly memory: { get(name: string): string | undefined; set(name: string, value: string): void };
  readonly platform?: string;
  readonly ask?: Ask;
  /** Of this process; 0 asks nobody. */
  readonly userId?: number | undefined;
};

/** From here on everybody may bind, so that DHCP, TFTP, HTTP and syslog can all be had (ip-sysctl.rst, ip_unprivileged_port_start). */
export const firstBenchPort = 67;
const previousStart = 'portsStartBefore';
const firewallSet = 'firewallSet';
/** A person has to find the password first. */
const patience = 120_000;
/** pkexec(1): the person said no, or could not be asked. */
const dismissed = 126;
const notAuthorised = 127;

/** The command that lets everybody bind ports from `first` on, until the next restart. */
export function portsCommand(first: number): string {
  return `sysctl -w net.ipv4.ip_unprivileged_port_start=${first}`;
}

/** Never rejects. `done` false: the person has to run `command`, and `reason` says why. */
export async function repair(wish: Wish, options: RepairOptions): Promise<Repaired> {
  return wish.remedy === 'ports' ? repairPorts(wish.undo, options) : repairFirewall(wish, options);
}

async function repairPorts(undo: boolean, options: RepairOptions): Promise<Repaired> {
  const { memory, platform = process.platform } = options;
  if (platform !== 'linux') return byHand('', 'repair.not-needed');
  const now = await firstUnprivilegedPort();
  const before = Number(memory.get(previousStart) ?? '');
  if (undo && !(before > firstBenchPort)) return byHand('', 'repair.nothing');
  if (!undo && now <= firstBenchPort) return { done: true, command: '', reason: null };
  // Remembered first: what was changed and then forgotten could never be taken back.
  if (!undo) memory.set(previousStart, String(now));
  const repaired = await asAdministrator(portsCommand(undo ? before : firstBenchPort), options);
  if (repaired.done === undo) memory.set(previousStart, '');
  return repaired;
}

async function repairFirewall(wish: Wish, options: RepairOptions): Promise<Repaired> {
  const { memory, platform = process.platform, ask = askSystem } = options;
  const { kind, state } = await readFirewall(wish.interface, platform, ask);
  const key = `${firewallSet}.${wish.interface}`;
  const known = (wish.undo ? kindOf(memory.get(key)) : undefined) ?? kind ?? (platform === 'linux' ? 'nftables' : null);
  if (known === null) return byHand('', 'repair.not-needed');
  if (!wish.undo && state === 'rule') return { done: true, command: '', reason: null };
  if (!wish.undo && state === 'open') return byHand('', 'repair.not-needed');
  const rule = firewallRule(known, wish.interface);
  if (rule === undefined) return { done: false, command: '', reason: { code: 'repair.odd-name', params: { interface: wish.interface } } };
  const command = wish.undo ? rule.undo : rule.set;
  if (platform !== 'linux') return byHand(platform === 'win32' ? command : `sudo sh -c '${command}'`, 'repair.by-hand');
  const repaired = await asAdministrator(command, options);
  if (repaired.done) memory.set(key, wish.undo ? '' : known);
  return repaired;
}

function kindOf(text: string | undefined): FirewallKind | undefined {
  return (['nftables', 'ufw', 'firewalld', 'iptables'] as const).find((each) => each === text);
}

async function asAdministrator(command: string, { ask = askSystem, userId = process.geteuid?.() }: RepairOptions): Promise<Repaired> {
  const shell = ['sh', '-c', command];
  const [program = '', ...args] = userId === 0 ? shell : ['pkexec', ...shell];
  const { status, error } = await ask(program, args, { timeoutMs: patience });
  const shown = `sudo sh -c '${command}'`;
  if (status === 0) return { done: true, command: shown, reason: null };
  if (userId !== 0 && status === null) return byHand(shown, 'repair.no-pkexec');
  if (userId !== 0 && status === dismissed) return byHand(shown, 'repair.dismissed');
  if (userId !== 0 && status === notAuthorised) return byHand(shown, 'repair.no-agent');
  const reason = { code: 'repair.failed', params: { error: (error.trim().split('\n').at(-1) ?? '').slice(0, 200), command: shown } };
  return { done: false, command: shown, reason };
}

function byHand(
  command: string,
  code: 'repair.not-needed' | 'repair.nothing' | 'repair.by-hand' | 'repair.no-pkexec' | 'repair.dismissed' | 'repair.no-agent',
): Repaired {
  return { done: false, command, reason: { code, params: { command } } };
}
