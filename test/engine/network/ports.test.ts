/** Who holds a port, on three systems, and what to do about those that are known. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ask } from '../../../engine/network/commands.js';
import { culpritOf, culprits } from '../../../engine/network/culprits.js';
import { holderInTasklist, holdersInLsof, holdersInNetstat, portHolders, spellHolders, unitOf } from '../../../engine/network/ports.js';
import { texts } from '../../../headless/words.js';
import { catalogues } from '../../../renderer/i18n/catalogues.js';

const text = (...path: string[]): string => readFileSync(join(import.meta.dirname, 'fixtures', ...path), 'utf8');

/** A machine that answers with what was recorded. */
const machine =
  (answers: Readonly<Record<string, string>>): Ask =>
  (program, args) =>
    Promise.resolve({ status: 0, output: answers[[program, ...args].join(' ')] ?? '', error: '' });

describe('who holds a port', () => {
  it('on Windows: Internet Connection Sharing, in whichever language', async () => {
    const ask = machine({
      'netstat -ano -p UDP': text('win32', 'netstat-udp.txt'),
      'tasklist /svc /fi PID eq 3128 /fo csv /nh': text('win32', 'tasklist-ics.txt'),
    });
    const holders = await portHolders('udp', 67, 'win32', ask);
    expect(holders).toEqual([{ program: 'svchost.exe', pid: '3128', service: 'SharedAccess' }]);
    expect(culpritOf(holders, 'win32')).toMatchObject({ code: 'remedy.ics', undo: 'Start-Service SharedAccess' });
  });

  it('on Windows: what listens in the kernel, and nobody who merely talks', async () => {
    const ask = machine({
      'netstat -ano -p TCP': text('win32', 'netstat-tcp.txt'),
      'tasklist /svc /fi PID eq 4 /fo csv /nh': text('win32', 'tasklist-system.txt'),
    });
    const holders = await portHolders('tcp', 80, 'win32', ask);
    expect(holders).toEqual([{ program: 'System', pid: '4' }]);
    expect(culpritOf(holders, 'win32')?.code).toBe('remedy.iis');
  });

  it('on a Mac: bootpd', async () => {
    const holders = await portHolders('udp', 67, 'darwin', machine({ 'lsof -nP -iUDP:67 -F pcn': text('darwin', 'lsof-udp-67.txt') }));
    expect(spellHolders(holders)).toBe('bootpd (412), InternetSharing (511)');
    expect(culpritOf(holders, 'darwin')?.code).toBe('remedy.bootpd');
    expect(await portHolders('tcp', 80, 'darwin', machine({}))).toEqual([]);
  });

  it('on Linux: with the unit that systemd knows it by', () => {
    expect(unitOf('0::/system.slice/dnsmasq.service\n')).toBe('dnsmasq.service');
    expect(unitOf('12:pids:/user.slice/user-1000.slice/user@1000.service/app.slice/bench.scope\n')).toBe('bench.scope');
    expect(unitOf('0::/\n')).toBeUndefined();
    const code = (program: string, service?: string) =>
      culpritOf([{ program, ...(service === undefined ? {} : { service }) }], 'linux')?.code;
    expect([code('dnsmasq', 'libvirtd.service'), code('dnsmasq', 'NetworkManager.service'), code('dnsmasq'), code('node')]).toEqual([
      'remedy.libvirt',
      'remedy.network-manager',
      'remedy.dnsmasq',
      undefined,
    ]);
  });

  it('is nobody where nonsense is told', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(65_535), (said, port) => {
        expect(holdersInNetstat(said, 'udp', port).every((pid) => /^\d+$/.test(pid))).toBe(true);
        expect(Array.isArray(holdersInLsof(said))).toBe(true);
        expect(holderInTasklist('7', said).pid).toBe('7');
      }),
    );
  });
});

it('everybody known is explained in every language, and can be brought back', () => {
  for (const { code, command, undo } of culprits) {
    for (const words of [texts, catalogues.en, catalogues.ja] as readonly Readonly<Record<string, string>>[])
      expect([code, words[code]]).toEqual([code, expect.stringContaining('{command}')]);
    expect(undo).not.toBe(command);
  }
});
