/** Why a command does not start, and what to do. */
export const refusalTexts = {
  'usage.command': 'there is no command {command}. benchtone help lists them',
  'usage.not-yet': 'this version has no {command} yet',
  'usage.option': '{reason}',
  'usage.missing': '{option} is missing',
  'usage.number': '{option} {value}: a number from {min} to {max} is needed',
  'usage.choice': '{option} {value}: one of {choices} is needed',
  'usage.ports': '--ports: {part} is not NAME=PORT with NAME one of dhcp, tftp, http, https, syslog',
  'report.not-yet': 'this version writes no {format} reports yet; use csv or json',
  'file.unreadable': '{path} cannot be read ({reason})',
  'file.unwritable': '{path} cannot be written ({reason})',
  'job.problems': '{errors} errors in the list or the recipe; nothing was started. Mend them, or leave bad rows out with --skip-bad',
  'job.no-rows': 'no row can be served',
  'job.none': 'there is no job in {folder}',
  'job.unknown': 'there is no job {job}',
  'job.other-input':
    'the open job {job} ({name}) was made from another list or recipe. Go on with the same files, or start a new job with --new-job',
  'data.none': 'there is no data folder {folder}',
  'data.in-use': 'another bench (process {pid}) is using {folder}. End it first, or choose another folder with --data',
  'data.newer': '{folder} was written by a newer Benchtone',
  'data.unusable': '{folder} cannot be used: {reason}',
  'key.unusable': 'the key file {file} cannot be used: {reason}',
  'key.damaged': 'the key file {file} is damaged. Bring back a copy of it; without it the jobs’ secrets cannot be read',
  'key.other':
    'the secrets of job {job} cannot be opened with this installation’s key. Bring back its key file, or start a new job with --new-job',
  'dhcp.foreign':
    'another DHCP server answers on this network: {address} {mac}. Two of them hand out wrong addresses. Unplug the bench from that network, or use --no-dhcp',
  'interface.unknown': 'there is no interface {interface} with an IPv4 address. There are: {interfaces}',
  'interface.no-address': 'interface {interface} has no such IPv4 address. Give it one first: ip addr add 192.168.77.1/24 dev {interface}',
  'interface.several-addresses': 'interface {interface} has several addresses ({addresses}). Choose one with --address',
  'interface.default-route':
    '{interface} leads to the office network or the internet (default route); DHCP there disturbs others. Use the bench’s interface, or repeat its name with --despite-default-route {interface}',
  'interface.wifi':
    '{interface} is Wi-Fi; DHCP there disturbs others. Use the bench’s cable interface, or repeat its name with --despite-default-route {interface}',
  'interface.vpn':
    '{interface} is a VPN or tunnel; DHCP there disturbs others. Use the bench’s cable interface, or repeat its name with --despite-default-route {interface}',
  'port.taken': '{protocol} port {port} is in use by {holder}. End that program, or choose another port with --ports',
  'port.privilege':
    'ports below 1024 need a privilege here. Run as root, allow it once with: sysctl -w net.ipv4.ip_unprivileged_port_start=67, or choose other ports with --ports',
  'recipe.phones-unknown': 'there is no phone family {phones}',
} as const;
