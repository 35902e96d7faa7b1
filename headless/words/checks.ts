/** What `doctor` found, what it means and what to do. What stops a bench has its words among the refusals. */
export const checkTexts = {
  'data.usable': 'jobs are kept in {folder}',
  'data.not-writable': 'jobs cannot be kept in {folder}: it cannot be written. Choose another folder with --data',
  'key.usable': 'the key that locks passwords is {file}. Keep a copy of it in a safe place',
  'key.to-be-made': 'the key that locks passwords will be made: {file}',
  'key.not-writable': 'the key that locks passwords cannot be made: {file} cannot be written. Name another with BENCHTONE_KEY_FILE',
  'key.readable-by-others': 'other people can read the key that locks passwords. Run: chmod 600 {file}',
  'interface.ready': '{interface} is up, its address is {address}',
  'interface.no-default-route': 'it does not lead to the office network or the internet',
  'interface.default-route-unknown':
    'nobody can tell here whether {interface} leads to the office network. Make sure that its cable goes to the bench switch alone',
  'interface.wired': 'it is no Wi-Fi',
  'interface.wifi-unknown': 'nobody can tell here whether {interface} is Wi-Fi. Make sure that it is the cable to the bench switch',
  'interface.no-vpn': 'it is no VPN',
  'interface.vpn-unknown': 'nobody can tell here whether {interface} is a VPN. Make sure that it is the cable to the bench switch',
  'interface.no-overlap': 'no other interface has the same network',
  'interface.overlap':
    '{interface} ({address}) and {other} ({otherAddress}) are the same network, so packets may take the wrong way. Give the bench a network of its own, such as 192.168.77.1/24',
  'dhcp.alone': 'no other DHCP server answers',
  'port.free': '{protocol} port {port} is free',
} as const;

/** The checks by name. */
export const checkNames: Readonly<Record<string, string>> = {
  data: 'Data folder',
  key: 'Key file',
  interface: 'Interface',
  'default-route': 'Office network',
  wifi: 'Wi-Fi',
  vpn: 'VPN',
  virtual: 'Real port',
  overlap: 'Same network twice',
  'foreign-dhcp': 'Other DHCP server',
  firewall: 'Firewall',
  buffer: 'Message buffer',
  rehearsal: 'Phones on trial',
  'port.dhcp': 'DHCP port',
  'port.tftp': 'TFTP port',
  'port.http': 'HTTP port',
  'port.syslog': 'Syslog port',
};
