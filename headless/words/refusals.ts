/** Why a command does not start, and what to do. `code@platform` is the text where the platform makes a difference, `code@address` the one that names an address. */
const usage = {
  'usage.command': 'there is no command {command}. “benchtone help” lists them',
  'usage.option': 'there is no option {option} here.[ Did you mean {suggestion}?] “benchtone help” lists the options',
  'usage.value': '{option} needs a value after it. One that begins with “-” is written {option}=VALUE',
  'usage.no-value': '{option} stands alone, without a value',
  'usage.stray': '“{value}” has no option before it, such as --csv. A path with blanks has to stand in quotes',
  'usage.missing': '{option} is missing. “benchtone help” lists the options',
  'usage.number': '{option} {value}: a number from {min} to {max} is needed',
  'usage.choice': '{option} {value}: one of these is needed: {choices}',
  'usage.parameter': 'no parameter of these phones is called “{name}”[. Did you mean {suggestion}?]',
  'usage.ports': '--ports: “{part}” is not NAME=PORT, such as tftp=6969. Names: dhcp, tftp, http, https, syslog',
  'usage.columns': '--columns: “{part}” is not WORD=HEADING, such as mac=Hardware.[ Did you mean {suggestion}?] Words: {words}',
  'usage.again': '--again {value}: the MACs of phones to prepare again are needed, with commas between them, or “all”',
  'usage.again-needs-revise': '--again belongs to --revise, which applies a changed list to the open job',
  'usage.rotate': '--rotate {value}: the MACs of phones to have new keys are needed, with commas between them, or “all”',
  'usage.remember': '--remember puts what --columns says into the file of --recipe, so both are needed',
  'usage.not-built': 'the window has not been built, there is none in {folder}. “npm start” builds it',
  'job.no-keys': 'no profile of this list or job is encrypted, so there are no keys. They come with “encrypt” in the recipe',
  'usage.passphrase': 'the passphrase is the first line of its file and needs {least} characters at least',
  'usage.either': 'say either {option} or {other}',
  'report.not-yet': 'this version writes no {format} reports yet. Use --format csv or --format json',
  'files.no-folder': '--files {folder}: there is no such folder. Check the name',
  'file.unreadable': '{path} cannot be read ({reason}). Check the name and the folder',
  'file.unwritable': '{path} cannot be written ({reason}). Choose another folder, or ask for the right to write there',
} as const;

const work = {
  'job.problems':
    '{errors:error} in the list or the recipe, so nothing was started. Mend them; rows alone can also be left out with --skip-bad',
  'job.no-rows': 'the list has no row that can be served, so nothing was started',
  'job.none': 'there is no job in {folder}. Look into another folder with --data',
  'job.unknown': 'there is no job {job} here. Leave --job out to see the latest',
  'job.other-input':
    'the job {job} ({name}) is still open, and was made from another list or recipe. Go on with the same files, apply the changes to it with --revise, or close it and start a new one with --new-job',
  'key.leaving': 'it has its last file, or is getting it: it no longer listens to this bench. Reset it and prepare it in a new job',
  'key.waiting': '{count} keys wait for it already. Plug it in, so that it takes the newest',
  'key.not-encrypted': 'its files are not encrypted, so it has no keys',
  'key.no-row': 'it has no row in this job',
  'recipe.phones-unknown': 'this job is for the phone family {phones}, which this version does not know',
  'data.none': 'there is no folder {folder}. Look into another one with --data',
  'data.in-use': 'another bench (process {pid}) is at work in {folder}. End it first, or choose another folder with --data',
  'data.newer': '{folder} was written by a newer Benchtone (data version {version}). Use that one, or another folder with --data',
  'data.unwritable': 'nothing more can be kept in {folder} ({reason}), so phones stop being proven. Make room on the disk',
  'data.unusable': '{folder} cannot be used: {reason}. Choose another folder with --data',
  'key.unusable': 'the key file {file} cannot be used: {reason}',
  'key.damaged': 'the key file {file} is damaged. Bring back a copy of it; without it nobody can read the passwords of the jobs',
  'key.other':
    'the passwords of job {job} were locked with another key file. Bring that file back (see BENCHTONE_KEY_FILE), or start a new job with --new-job',
} as const;

const place = {
  'dhcp.unlisted-phone': 'a phone [{model} ]with the MAC {mac} asks for an address but is not in the list. It was left alone',
  'dhcp.mistyped-mac':
    'a phone [{model} ]with the MAC {mac} is not in the list, but line {line} of it is nearly the same: {listed}. Compare both with the label',
  'dhcp.conflict': 'something on the network already uses the address {address}[ ({mac})]. Phones are given others; find it and unplug it',
  'dhcp.declined':
    'a phone ({mac}) says that something else uses the address {address}. It gets another; find the other device and unplug it',
  'pool.small': 'there are {addresses} addresses for {rows} phones. Give the bench more with --pool, or a larger network',
  'buffer.capped':
    'the system holds only {granted} KiB of syslog lines while the bench is busy, not {asked} KiB, so lines may be lost when many phones start at once. Until the next restart: sudo sysctl -w net.core.rmem_max={needed} (undo: sudo sysctl -w net.core.rmem_max=212992), then start the bench again',
  'data.lines-unwritable': 'syslog lines can no longer be kept in {folder} ({reason}). Phones are served on; make room on the disk',
  'dhcp.foreign':
    'another DHCP server answers on this network: {address}[ ({mac})]. Two of them would give phones wrong addresses. Unplug the cable that leads to it (often an office network or a router), or let it lead the phones here and use --no-dhcp',
  'dhcp.foreign-here':
    'another program on this computer already hands out addresses here: {address}[ ({mac})]. Often it is another Benchtone or a virtual machine program. End it, or use --no-dhcp',
  'dhcp.not-stopped': 'own DHCP was not stopped, so there is nothing to start again',
  'dhcp.again': 'addresses are handed out on {interface} again',
  'link.no-cable': 'the cable of {interface} is unplugged, or the switch is off. Plug it in again; the job goes on by itself',
  'link.no-interface': '{interface} is gone. Plug the adapter or the dock in again; the job goes on by itself',
  'link.no-address':
    '{interface} has lost its address {address}. Give it back: sudo ip addr add {address} dev {interface}; then the job goes on by itself',
  'link.back': '{interface} ({address}) is back, and the job goes on',
  'interface.unknown': 'there is no network interface {interface} here.[ There are: {interfaces}]',
  'interface.no-address':
    'the interface {interface} has no IPv4 address. Plug in the cable and give it one: sudo ip addr add 192.168.77.1/24 dev {interface} && sudo ip link set {interface} up',
  'interface.no-address@address':
    'the interface {interface} does not have the address {address}.[ It has: {addresses}.] Plug in the cable and give it this one: sudo ip addr add {address} dev {interface} && sudo ip link set {interface} up',
  'interface.several-addresses': 'the interface {interface} has several addresses: {addresses}. Choose one with --address',
  'interface.address-malformed': '--address {address} is no address. {interface} has: {addresses}',
  'interface.default-route':
    '{interface} leads to the office network or the internet; handing out addresses there would disturb everyone. Use the interface of the bench switch. Only if you know that this one is right: --despite-default-route {interface}',
  'interface.wifi':
    '{interface} is Wi-Fi; handing out addresses there would disturb everyone. Use the cable to the bench switch. Only if you know that this one is right: --despite-default-route {interface}',
  'interface.vpn':
    '{interface} is a VPN or a tunnel; handing out addresses there would disturb others. Use the cable to the bench switch. Only if you know that this one is right: --despite-default-route {interface}',
  'interface.privilege': 'this account may not use {interface} ({error}). Run it as root: sudo -E npm run benchtone -- …',
  'interface.no-broadcast':
    'nothing can be broadcast on {interface} alone: the part that does it (koffi) has no build for {platform}. Use --no-dhcp with a DHCP server of your own',
  'pool.malformed': '--pool {pool} is not FIRST-LAST, such as 192.168.77.10-192.168.77.200',
  'pool.order': '--pool {pool}: the first address has to be the smaller one',
  'pool.outside-subnet': '--pool {pool} does not lie within the network of the interface, {subnet}',
  'pool.no-room': 'there is no address left to hand out in {subnet}. Give the interface a network with more room, such as 192.168.77.1/24',
  'port.taken':
    '{protocol} port {port} is in use[ by {holder}]. End that program, or choose another port with --ports (phones find only the usual ones by themselves)',
  'port.privilege':
    '{protocol} port {port} needs a privilege: ports below {first} are not for everyone. Allow it until the next restart: sudo sysctl -w net.ipv4.ip_unprivileged_port_start=67',
  'port.privilege@darwin': '{protocol} port {port} needs a privilege. Run it as root: sudo -E npm run benchtone -- …',
  'port.privilege@win32':
    'Windows keeps {protocol} port {port} for something else; “netstat -abno” shows what. End it, or choose another port with --ports',
  'port.failed': '{protocol} port {port} cannot be opened ({error})',
} as const;

export const refusalTexts = { ...usage, ...work, ...place } as const;
