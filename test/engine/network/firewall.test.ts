/** What firewalls say, the one rule, and remedies set and taken back with an administrator who answers as told. */
import { describe, expect, it } from 'vitest';
import type { Ask } from '../../../engine/network/commands.js';
import { firewallRule, iptablesState, macFirewall, nftState, windowsFirewall } from '../../../engine/network/firewall.js';
import { repair } from '../../../engine/network/repair.js';

const nft = (policy: string, rule: string) =>
  `table inet filter {\n\tchain input {\n\t\ttype filter hook input priority filter; policy ${policy};\n\t\t${rule}\n\t}\n}\n`;

describe('a firewall', () => {
  it('is read from what each system says', () => {
    expect([nftState('', 'eth1'), nftState(nft('accept', ''), 'eth1'), nftState(nft('drop', ''), 'eth1')]).toEqual([
      'open',
      'open',
      'blocks',
    ]);
    expect(nftState(nft('drop', 'iifname "eth1" accept comment "benchtone-eth1"'), 'eth1')).toBe('rule');
    expect(nftState(nft('drop', 'iifname "eth1" accept comment "benchtone-eth1"'), 'eth2')).toBe('blocks');
    expect([iptablesState('-P INPUT ACCEPT\n', 'eth1'), iptablesState('-P INPUT DROP\n', 'eth1')]).toEqual(['open', 'blocks']);
    expect(windowsFirewall('{"rules":[],"profiles":[{"Name":"Private","Enabled":1}]}', 'イーサネット').state).toBe('blocks');
    expect(
      windowsFirewall(
        '{"rules":[{"DisplayName":"Benchtone イーサネット"}],"profiles":[{"Name":"Public","Enabled":"True"}]}',
        'イーサネット',
      ).state,
    ).toBe('rule');
    expect([windowsFirewall('{"profiles":[{"Name":"Private","Enabled":2}]}', 'x').state, windowsFirewall('', 'x').state]).toEqual([
      'open',
      'unknown',
    ]);
    expect([macFirewall('Firewall is enabled. (State = 1)').state, macFirewall('(State = 0)').state]).toEqual(['blocks', 'open']);
  });

  it('gets a rule for one interface, never one that breaks out of its command', () => {
    for (const kind of ['nftables', 'ufw', 'firewalld', 'iptables'] as const) {
      expect(firewallRule(kind, "eth1'; reboot")).toBeUndefined();
      expect(firewallRule(kind, 'eth1')?.set).toContain('eth1');
    }
    expect(firewallRule('Windows', "Bob's")?.set).toContain("-InterfaceAlias 'Bob''s' -Protocol UDP -LocalPort 67,68,69,514");
  });
});

it.each([
  [126, 'repair.dismissed'],
  [127, 'repair.no-agent'],
  [null, 'repair.no-pkexec'],
  [1, 'repair.failed'],
])('a remedy that pkexec ends with %s: %s, and the command is shown', async (status, code) => {
  const ask: Ask = (program) => Promise.resolve({ status: program === 'pkexec' ? status : 1, output: '', error: 'no' });
  const memory = { get: () => undefined, set: () => undefined };
  const wish = { remedy: 'firewall', undo: false, interface: 'eth1' } as const;
  const repaired = await repair(wish, { memory, ask, userId: 1000, platform: 'linux' });
  expect(repaired).toMatchObject({ done: false, reason: { code }, command: expect.stringContaining('sudo sh -c') });
});
