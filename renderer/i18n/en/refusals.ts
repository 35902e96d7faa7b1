/** Why something does not start or cannot be had, and what to do. `code@platform` is the text where the platform makes a difference. */
export const refusals = {
  'job.problems': 'There are errors in the list or the recipe ({errors}), so nothing was started. Mend them, or leave the bad rows out',
  'job.no-rows': 'The list has no row that can be served, so nothing was started',
  'job.no-keys': 'No phone of this job has a key',
  'job.none': 'There is no job in {folder} yet',
  'job.unknown': 'This job is not there any more',
  'job.other-input':
    'The job {name} is still open, and was made from another list or recipe. Go on with it in the history, or close it first',
  'recipe.phones-unknown': 'This job is for the phone family {phones}, which this version does not know',
  'data.none': 'There is no folder {folder}',
  'data.in-use': 'Another bench (process {pid}) is at work in {folder}. End it first',
  'data.newer': '{folder} was written by a newer Benchtone (data version {version}). Use that one',
  'dhcp.unlisted-phone': 'A phone [{model} ]with the MAC {mac} asks for an address but is not in the list. It was left alone',
  'dhcp.mistyped-mac':
    'A phone [{model} ]with the MAC {mac} is not in the list, but line {line} of it is nearly the same: {listed}. Compare both with the label',
  'dhcp.conflict': 'Something on the network already uses the address {address}[ ({mac})]. Phones are given others; find it and unplug it',
  'dhcp.declined':
    'A phone ({mac}) says that something else uses the address {address}. It gets another; find the other device and unplug it',
  'buffer.capped':
    'The computer may lose messages from the phones when many start at once ({granted} of {asked} KiB of memory). Ask your IT department to allow more',
  'data.lines-unwritable':
    'The messages of the phones can no longer be kept ({reason}). The phones are served as before. Make room on the disk',
  'pool.small': 'There are {addresses} addresses for {rows} phones. Use a larger network for the bench',
  'data.unwritable': 'Nothing more can be kept in {folder} ({reason}), so phones stop being proven. Make room on the disk',
  'data.unusable': '{folder} cannot be used: {reason}',
  'key.unusable': 'The key file {file} cannot be used: {reason}',
  'key.damaged': 'The key file {file} is damaged. Bring back a copy of it; without it nobody can read the passwords of the jobs',
  'key.other': 'The passwords of this job were locked with another key file. Bring that file back, or start a new job',
  'dhcp.foreign':
    'Another device already hands out addresses on this network: {address}[ ({mac})]. Two of them would give phones wrong addresses. Unplug the cable that leads to it, often an office network or a router',
  'dhcp.foreign-here':
    'Another program on this computer already hands out addresses here: {address}[ ({mac})]. Often it is another Benchtone or a virtual machine program. End it',
  'dhcp.not-stopped': 'Addresses were not stopped, so there is nothing to start again',
  'dhcp.again': 'Addresses are handed out on {interface} again',
  'link.no-cable': 'The cable of {interface} is unplugged, or the switch is off. Plug it in again; the job goes on by itself',
  'link.no-interface': '{interface} is gone. Plug the adapter or the dock in again; the job goes on by itself',
  'link.no-address': '{interface} has lost its address {address}. Give it this address again; then the job goes on by itself',
  'link.back': '{interface} ({address}) is back, and the job goes on',
  'interface.unknown': 'There is no network interface {interface} here.[ There are: {interfaces}]',
  'interface.no-address':
    'The interface {interface} lacks the IPv4 address it needs[: {address}].[ It has: {addresses}.] Plug in the cable and give it an address in the settings of this computer, such as 192.168.77.1/24',
  'interface.several-addresses': 'The interface {interface} has several addresses: {addresses}. Choose one',
  'interface.address-malformed': '{address} is no address. {interface} has: {addresses}',
  'interface.default-route':
    '{interface} leads to the office network or the internet; handing out addresses there would disturb everyone. Use the interface of the bench switch',
  'interface.wifi': '{interface} is Wi-Fi; handing out addresses there would disturb everyone. Use the cable to the bench switch',
  'interface.vpn': '{interface} is a VPN or a tunnel; handing out addresses there would disturb others. Use the cable to the bench switch',
  'interface.privilege': 'This account may not use {interface} ({error}). Ask whoever manages this computer to allow it',
  'interface.no-broadcast':
    'Nothing can be broadcast on {interface} alone: the part that does it has no build for {platform}. Let a server of your own hand out addresses',
  'pool.malformed': 'The address range {pool} is not FIRST-LAST, such as 192.168.77.10-192.168.77.200',
  'pool.order': 'In the address range {pool} the first address has to be the smaller one',
  'pool.outside-subnet': 'The address range {pool} does not lie within the network of the interface, {subnet}',
  'pool.no-room': 'There is no address left to hand out in {subnet}. Give the interface a network with more room, such as 192.168.77.1/24',
  'port.taken': 'Another program[ ({holder})] uses {protocol} port {port}, which the phones need. End that program',
  'port.privilege':
    '{protocol} port {port} needs a privilege: ports below {first} are not for everyone. Whoever manages this computer can allow it until the next restart: sudo sysctl -w net.ipv4.ip_unprivileged_port_start=67',
  'port.privilege@darwin': '{protocol} port {port} needs a privilege. Ask whoever manages this computer',
  'port.privilege@win32': 'Windows keeps {protocol} port {port} for something else; “netstat -abno” shows what. End that program',
  'port.failed': '{protocol} port {port} cannot be opened ({error})',
} as const;

/** What the doctor found, what it means and what to do. */
export const checks = {
  'data.usable': 'Jobs are kept in {folder}',
  'data.not-writable': 'Jobs cannot be kept in {folder}: it cannot be written. Ask whoever manages this computer',
  'key.usable': 'The key that locks passwords is {file}. Keep a copy of it in a safe place',
  'key.to-be-made': 'The key that locks passwords will be made: {file}',
  'key.not-writable': 'The key that locks passwords cannot be made: {file} cannot be written',
  'key.readable-by-others': 'Other people can read the key that locks passwords. Whoever manages this computer can run: chmod 600 {file}',
  'interface.ready': '{interface} is up, its address is {address}',
  'interface.no-default-route': 'It does not lead to the office network or the internet',
  'interface.default-route-unknown':
    'Nobody can tell here whether {interface} leads to the office network. Make sure that its cable goes to the bench switch alone',
  'interface.wired': 'It is no Wi-Fi',
  'interface.wifi-unknown': 'Nobody can tell here whether {interface} is Wi-Fi. Make sure that it is the cable to the bench switch',
  'interface.no-vpn': 'It is no VPN',
  'interface.vpn-unknown': 'Nobody can tell here whether {interface} is a VPN. Make sure that it is the cable to the bench switch',
  'interface.no-overlap': 'No other interface has the same network',
  'interface.overlap':
    '{interface} ({address}) and {other} ({otherAddress}) are the same network, so packets may take the wrong way. Give the bench a network of its own, such as 192.168.77.1/24',
  'dhcp.alone': 'No other device hands out addresses',
  'port.free': '{protocol} port {port} is free',
} as const;

/** The checks by name. */
export const checkNames = {
  'check.data': 'Data folder',
  'check.key': 'Key file',
  'check.interface': 'Interface',
  'check.default-route': 'Office network',
  'check.wifi': 'Wi-Fi',
  'check.vpn': 'VPN',
  'check.virtual': 'Real port',
  'check.overlap': 'Same network twice',
  'check.foreign-dhcp': 'Other address server',
  'check.firewall': 'Firewall',
  'check.buffer': 'Room for messages',
  'check.rehearsal': 'Phones on trial',
  'check.port.dhcp': 'Port for addresses (DHCP)',
  'check.port.tftp': 'Port for files (TFTP)',
  'check.port.http': 'Port for files (HTTP)',
  'check.port.syslog': 'Port for messages (syslog)',
} as const;

/** What the bench could not do for the window. */
export const answers = {
  'bench.busy': 'A bench is running already. Stop it first',
  'job.running': 'The bench is at work on this job. Stop it first',
  'upload.gone': 'That report is not here any more: newer ones took its place',
  'upload.too-large': 'That report is too large to be saved from here ({bytes:byte}). It lies in {file}',
  'bench.none': 'No bench is running',
  'bench.cancelled': 'The bench was stopped before it had started',
  'phones.gone': 'The program that plays the virtual phones has ended, so none of them goes on. Stop the bench and try again',
  'device.unknown': 'This phone is not in the job any more',
  'draft.gone': 'This list was put aside meanwhile. Drop it again',
  'draft.row-unservable': 'This line has to be mended before its files can be shown',
  'file.gone': 'This file was put aside meanwhile. Drop it again',
  'recipe.gone': 'This recipe was put aside meanwhile. Choose it again',
  'file.too-large': 'The file is too large[ ({bytes:byte})]. Is it the right one?',
  'file.unreadable': '{path} cannot be read ({reason}). Is it open in another program?',
  'file.unwritable': '{path} cannot be written ({reason}). Choose another folder, or close it in other programs',
  'engine.not-ready': 'The engine is still starting. Try again in a moment',
  'engine.crashed': 'The engine stopped before it could answer. It starts again by itself; then try once more',
  'engine.timeout': 'The engine took too long to answer. Try again',
  'call.closed': 'Benchtone is closing',
  'call.failed': 'Something went wrong inside Benchtone. Try again; if it happens again, start it anew',
  'call.output': 'Something went wrong inside Benchtone. Try again; if it happens again, start it anew',
  'call.invalid': 'This could not be used[ ({path})]. Check what was filled in',
  'call.unknown': 'This window and the program behind it are not of the same version. Start Benchtone anew',
  'call.not-here': 'This is not possible here',
  'call.refused': 'The program behind this page refused to answer. Open the link it printed',
} as const;
