/**
 * What the services see, one value per fact. They say what happened and know nothing of jobs; the roster resolves who it was,
 * journals the observation and folds it into the device. Nothing in here is ever a secret, and every text from the network is
 * capped in length before it gets here.
 */
import type { Mac } from './mac.js';

export type Transport = 'tftp' | 'http';

/**
 * What a requested file is for: one of the pack's stages (`install` puts a key into the phone, so that the next may be encrypted; `part` is
 * what the phone shares with others), a profile that changes nothing, or a file of the `--files` folder.
 */
export type Purpose = 'bootstrap' | 'install' | 'part' | 'device' | 'handOff' | 'empty' | 'folder';

/** Which of the files that phones share a request is for: what all have, a model's, the customer's. */
export type SharedPart = 'common' | 'model' | 'customer';

/** A MAC the sender claims in its own words, weaker than where it stands in the network. */
export type Claim = { readonly source: 'userAgent' | 'fileName' | 'syslogText' | 'token'; readonly mac: Mac };

/** What a service knows of who did it. `mac` only where the wire itself says so (DHCP chaddr). */
export type Sender = { readonly mac?: Mac; readonly address?: string; readonly claims?: readonly Claim[] };

/** The four states a REQUEST may come from (RFC 2131 section 4.3.2). */
export type ClientState = 'selecting' | 'init-reboot' | 'renewing' | 'rebinding';

/** Why DHCP left a client alone. */
export type IgnoredBecause = 'unlisted' | 'not-a-phone' | 'pool-exhausted' | 'other-server';

/** Why a file was not given. */
export type RefusedBecause = 'not-its-own' | 'handed-off' | 'write' | 'outside' | 'wrong-account' | 'other-directory';

export type Fact =
  /** `offered`: the address it was offered for it. */
  | { readonly kind: 'dhcpDiscover'; readonly vendorClass?: string; readonly hostName?: string; readonly offered?: string }
  /** As journals of earlier versions have it, beside the DISCOVER. */
  | { readonly kind: 'dhcpOffer'; readonly address: string }
  | {
      readonly kind: 'dhcpAck';
      readonly address: string;
      readonly clientState: ClientState;
      readonly leaseSeconds: number;
      readonly vendorClass?: string;
      readonly hostName?: string;
    }
  | { readonly kind: 'dhcpNak'; readonly address: string; readonly clientState: ClientState }
  | { readonly kind: 'dhcpRelease'; readonly address: string }
  /** It found somebody else at the address it was given (RFC 2131 section 4.4.1); the address is set aside. */
  | { readonly kind: 'dhcpDecline'; readonly address: string }
  | { readonly kind: 'dhcpIgnored'; readonly because: IgnoredBecause; readonly vendorClass?: string }
  | {
      readonly kind: 'fileAsked';
      readonly transport: Transport;
      readonly path: string;
      readonly purpose: Purpose;
      readonly userAgent?: string;
    }
  | {
      readonly kind: 'fileDelivered';
      readonly transport: Transport;
      readonly path: string;
      readonly purpose: Purpose;
      /** Of purpose `part`. */
      readonly part?: SharedPart;
      readonly bytes: number;
      /** Of TFTP: DATA packets acknowledged, packets sent again, and how long it took. */
      readonly blocks?: number;
      readonly retransmits?: number;
      readonly seconds?: number;
    }
  | {
      readonly kind: 'fileBroken';
      readonly transport: Transport;
      readonly path: string;
      readonly purpose: Purpose;
      readonly bytes: number;
      /** Of TFTP: DATA packets acknowledged, packets sent again, and how long it took. */
      readonly blocks?: number;
      readonly retransmits?: number;
      readonly seconds?: number;
      readonly because: 'reset' | 'timeout' | 'error';
    }
  | {
      readonly kind: 'fileMissing';
      readonly transport: Transport;
      readonly path: string;
      readonly userAgent?: string;
      /** A rule of the recipe leads the phone to it. */
      readonly wanted?: 'firmware';
    }
  | { readonly kind: 'fileRefused'; readonly transport: Transport; readonly path: string; readonly because: RefusedBecause }
  /** Its file was asked for from an address that is not its own, and refused. */
  | { readonly kind: 'askedByStranger'; readonly path: string; readonly address: string }
  /** The phone's own word over syslog. `path` is what it names, `error` what it says went wrong. */
  | {
      readonly kind: 'word';
      readonly step: 'resync' | 'upgrade';
      readonly outcome: 'requesting' | 'successful' | 'failed';
      readonly path?: string;
      readonly purpose?: Purpose;
      readonly error?: string;
    }
  /** What the phone's own `cfg.xml` shows against what it should: tags only, never values. */
  | {
      readonly kind: 'readBack';
      readonly stage: 'device' | 'handOff';
      readonly marker: 'equal' | 'differs' | 'absent';
      /** Parameters that are readable and not as written. */
      readonly differing: readonly string[];
      /** Bench-only values still there (hand-off only). */
      readonly left: readonly string[];
      /** Parameters its firmware does not know, and which firmware that is (device only). */
      readonly ignored?: readonly string[];
      readonly firmware?: string;
    }
  | {
      readonly kind: 'readBackFailed';
      readonly stage: 'device' | 'handOff';
      readonly because: 'unauthorized' | 'unreachable' | 'timeout' | 'not-a-configuration' | 'http-status';
      readonly status?: number;
    }
  | { readonly kind: 'resyncAsked'; readonly stage: 'device' | 'handOff'; readonly ok: boolean; readonly status?: number }
  /** It sent a report; `file`: the name it is kept under in the folder of uploads. */
  | { readonly kind: 'report'; readonly path: string; readonly bytes: number; readonly file?: string }
  | { readonly kind: 'arpSeen'; readonly address: string }
  /** It runs an image of another family (enterprise firmware): it can take no profile of ours. */
  | { readonly kind: 'wrongImage'; readonly sign: string }
  /** Which model it is: by its own word (option 60, User-Agent), or by the name of the file it asks for, which proves less. */
  | {
      readonly kind: 'recognised';
      readonly model: string;
      readonly by: 'vendorClass' | 'userAgent' | 'fileName';
      readonly firmware?: string;
    }
  /** A row is its own from here on. `terms`: what its recipe's hand-off means for proving it. */
  | {
      readonly kind: 'bound';
      readonly row: number;
      /** Its line in the list, as people count; missing in journals of before it was kept. */
      readonly line?: number;
      readonly model: string;
      readonly terms: {
        readonly readableAfter: boolean;
        readonly leavesBench: boolean;
        /** What it has to be given beside its own file. */
        readonly parts?: readonly SharedPart[];
      };
      /** The revision of the job its verdict belongs to from here on; the first unless said. A later one than before begins anew. */
      readonly revision?: number;
    }
  /** The newest list of the job lacks it: nothing is asked of it any more. */
  | { readonly kind: 'unbound'; readonly revision: number }
  /** Somebody wanted new keys for it; `turn`: how often, this time included. It has the ones before until it proves these. */
  | { readonly kind: 'keysRotated'; readonly turn: number }
  /** Somebody asked to see the passwords of its row, and did. */
  | { readonly kind: 'secretsShown' }
  | { readonly kind: 'secondPhone'; readonly addresses: readonly string[] }
  | { readonly kind: 'identityDisagrees'; readonly claims: readonly Claim[]; readonly by: string }
  | { readonly kind: 'overdue'; readonly stage: 'lease' | 'bootstrap' | 'device' | 'verify' | 'handOff' };

/** A fact, when, and what is known of who. `at` is ISO 8601 UTC with milliseconds. */
export type Observation = { readonly at: string; readonly sender: Sender; readonly fact: Fact };

/** An observation whose device is known, as the journal keeps it. */
export type Journalled = { readonly seq: number; readonly at: string; readonly mac: Mac; readonly address?: string; readonly fact: Fact };

/** Where a service puts what it saw. Must not throw. */
export type Observe = (observation: Observation) => void;
