/**
 * Programs that are known to hold a bench's ports: by what they are recognised, how each is stopped and how it is started again. Words are
 * chosen by the user interface; the commands are the system's own.
 */
export type Culprit = {
  /** `remedy.<id>` says what it is and what it does there. */
  readonly code: string;
  readonly platform: 'linux' | 'darwin' | 'win32';
  /** Of the program's name, its service's, or both. */
  readonly program?: RegExp;
  readonly service?: RegExp;
  /** A person runs them as administrator. */
  readonly command: string;
  readonly undo: string;
};

/** The first that fits; those known by their service stand before those known by their program alone. */
export const culprits: readonly Culprit[] = [
  unit('remedy.libvirt', /^dnsmasq$/, /libvirt/, 'virsh net-destroy default', 'virsh net-start default'),
  unit('remedy.network-manager', /^(?:dnsmasq|NetworkManager)$/, /^NetworkManager/, ...ofUnit('NetworkManager')),
  unit('remedy.dnsmasq', /^dnsmasq$/, undefined, ...ofUnit('dnsmasq')),
  unit('remedy.systemd-resolved', /^systemd-resolved?$/, undefined, ...ofUnit('systemd-resolved')),
  unit('remedy.systemd-networkd', /^systemd-network/, undefined, ...ofUnit('systemd-networkd')),
  unit('remedy.dhcpd', /^dhcpd$/, undefined, ...ofUnit('isc-dhcp-server')),
  unit('remedy.kea', /^kea-dhcp4$/, undefined, ...ofUnit('kea-dhcp4-server')),
  unit('remedy.tftpd', /^in\.tftpd$/, undefined, ...ofUnit('tftpd-hpa')),
  unit('remedy.atftpd', /^atftpd$/, undefined, ...ofUnit('atftpd')),
  unit('remedy.rsyslog', /^rsyslogd$/, undefined, ...ofUnit('rsyslog')),
  unit('remedy.syslog-ng', /^syslog-ng$/, undefined, ...ofUnit('syslog-ng')),
  unit('remedy.nginx', /^nginx/, undefined, ...ofUnit('nginx')),
  unit('remedy.apache', /^(?:apache2|httpd)$/, undefined, ...ofUnit('apache2')),
  unit('remedy.caddy', /^caddy$/, undefined, ...ofUnit('caddy')),
  unit('remedy.docker', /^docker-proxy$/, undefined, ...ofUnit('docker')),
  {
    code: 'remedy.ics',
    platform: 'win32',
    service: /^SharedAccess$/i,
    command: 'Stop-Service SharedAccess',
    undo: 'Start-Service SharedAccess',
  },
  {
    code: 'remedy.hyper-v',
    platform: 'win32',
    service: /^(?:vmms|hns|vmcompute)$/i,
    command: 'Stop-Service hns',
    undo: 'Start-Service hns',
  },
  { code: 'remedy.wds', platform: 'win32', service: /^WDSServer$/i, command: 'Stop-Service WDSServer', undo: 'Start-Service WDSServer' },
  {
    code: 'remedy.dhcp-server',
    platform: 'win32',
    service: /^DHCPServer$/i,
    command: 'Stop-Service DHCPServer',
    undo: 'Start-Service DHCPServer',
  },
  { code: 'remedy.iis', platform: 'win32', service: /^(?:W3SVC|WAS)$/i, command: 'Stop-Service W3SVC', undo: 'Start-Service W3SVC' },
  // http.sys listens for IIS and for others in the kernel, which has process 4.
  { code: 'remedy.iis', platform: 'win32', program: /^System$/i, command: 'Stop-Service W3SVC', undo: 'Start-Service W3SVC' },
  {
    code: 'remedy.bootpd',
    platform: 'darwin',
    program: /^bootpd$/,
    command: 'sudo launchctl bootout system /System/Library/LaunchDaemons/bootps.plist',
    undo: 'sudo launchctl bootstrap system /System/Library/LaunchDaemons/bootps.plist',
  },
  {
    code: 'remedy.tftpd-mac',
    platform: 'darwin',
    program: /^(?:tftpd|tftp-proxy)$/,
    command: 'sudo launchctl bootout system /System/Library/LaunchDaemons/tftp.plist',
    undo: 'sudo launchctl bootstrap system /System/Library/LaunchDaemons/tftp.plist',
  },
  { code: 'remedy.apache-mac', platform: 'darwin', program: /^httpd$/, command: 'sudo apachectl stop', undo: 'sudo apachectl start' },
];

/** Who it is, where somebody known holds the port. */
export function culpritOf(
  holders: readonly { readonly program: string; readonly service?: string }[],
  platform: string,
): Culprit | undefined {
  for (const culprit of culprits) if (culprit.platform === platform && holders.some((holder) => fits(culprit, holder))) return culprit;
  return undefined;
}

function fits({ program, service }: Culprit, holder: { readonly program: string; readonly service?: string }): boolean {
  const services = (holder.service ?? '').split(/[,\s]+/);
  return (program === undefined || program.test(holder.program)) && (service === undefined || services.some((each) => service.test(each)));
}

function unit(code: string, program: RegExp, service: RegExp | undefined, stop: string, startAgain: string): Culprit {
  const known = service === undefined ? {} : { service };
  return { code, platform: 'linux', program, ...known, command: `sudo ${stop}`, undo: `sudo ${startAgain}` };
}

function ofUnit(name: string): [string, string] {
  return [`systemctl stop ${name}`, `systemctl start ${name}`];
}
