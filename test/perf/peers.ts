/**
 * The programs figures are measured against. As root on Debian those that are missing are installed, none of their services started;
 * elsewhere the one command that would is printed, and the figures say what they could not be held against.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Debian package -> a program it brings. */
const packages: Readonly<Record<string, string>> = {
  gcc: 'cc',
  'libc6-dev': '/usr/include/stdio.h',
  'dnsmasq-base': 'dnsmasq',
  'tftpd-hpa': 'in.tftpd',
  'kea-dhcp4-server': 'kea-dhcp4',
  rsyslog: 'rsyslogd',
  'nginx-light': 'nginx',
  wrk: 'wrk',
  'python3-jinja2': '/usr/lib/python3/dist-packages/jinja2',
};
/** Conflicts with tftpd-hpa as a package, so its program is unpacked beside ours. */
const unpacked = 'atftpd';

const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;

/** Sees to it that the peers are here; gives the folder of those that are not installed but unpacked. */
export function installPeers(folder: string, say: (text: string) => void): string {
  const bin = join(folder, 'usr/sbin');
  const missing = Object.entries(packages).flatMap(([name, sign]) => (isHere(sign) ? [] : [name]));
  const lacksUnpacked = !isHere(unpacked) && !existsSync(join(bin, unpacked));
  if (missing.length === 0 && !lacksUnpacked) return bin;
  const install = `apt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    say(`Some peers are not here. On Debian, as root:\n  ${install}`);
    return bin;
  }
  if (missing.length > 0) {
    say(`Installing ${missing.join(' ')}`);
    withoutServices(() => shell(install, say));
  }
  if (lacksUnpacked) {
    say(`Unpacking ${unpacked}`);
    mkdirSync(folder, { recursive: true });
    shell(`apt-get update && cd '${folder}' && apt-get download ${unpacked} && dpkg -x ${unpacked}_*.deb .`, say);
  }
  return bin;
}

function isHere(sign: string): boolean {
  if (sign.startsWith('/')) return existsSync(sign);
  return path.split(':').some((each) => existsSync(join(each, sign)));
}

/** A policy-rc.d keeps what is installed from being started (Debian Policy section 9.3.3). */
function withoutServices(install: () => void): void {
  const policy = '/usr/sbin/policy-rc.d';
  const mine = !existsSync(policy);
  if (mine) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    install();
  } finally {
    if (mine) rmSync(policy, { force: true });
  }
}

function shell(command: string, say: (text: string) => void): void {
  const done = spawnSync('sh', ['-c', command], { encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  if (done.status !== 0) say(`${done.stdout}${done.stderr}`.split('\n').slice(-10).join('\n'));
}
