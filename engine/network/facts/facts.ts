/** What there is to know of an interface, on whichever system. */

/** True, false, or nobody can tell on this system. */
export type Known = boolean | 'unknown';

/** What made an interface that is no card: the name people know it by. */
export type Maker =
  | 'bridge'
  | 'Docker'
  | 'libvirt'
  | 'veth'
  | 'TAP'
  | 'Hyper-V'
  | 'WSL'
  | 'VMware'
  | 'VirtualBox'
  | 'Parallels'
  | 'software';

export type InterfaceFacts = {
  readonly interface: string;
  readonly loopback: boolean;
  /** Packets for everywhere else leave here. */
  readonly defaultRoute: Known;
  /** Wi-Fi, or mobile radio. */
  readonly wifi: Known;
  /** A VPN or another tunnel. */
  readonly vpn: Known;
  /** Made of software: by whom; false for a card. */
  readonly virtual: Maker | false | 'unknown';
};

/** The facts of every interface of a machine, by name, as one look has shown them. */
export type FactsOf = (name: string) => Omit<InterfaceFacts, 'interface' | 'loopback'>;
