/** What a job is made of once it is read: a recipe and rows. */
import type { Mac } from '../contract/mac.js';
import type { Transport } from '../contract/observation.js';
import type { Meant } from './meant-schema.js';
import type { Columns } from './known-columns.js';
import type { Digest } from './packing/openssl.js';

export type Access = 'na' | 'ro' | 'rw';

/** A parameter as a recipe says it: a template over the row's columns, and the user's right to it. */
type ParameterTemplate = {
  readonly value: string;
  readonly ua: Access;
  /** Emptied: an empty element is written. */ readonly clear?: true;
};
export type ParameterTemplates = Readonly<Record<string, ParameterTemplate>>;

/**
 * How a phone's own files are encrypted: in OpenSSL's form under the rule's `--key`, or as an HTTP content coding (RFC 8188) under a key
 * whose spelling in the parameter is documented nowhere. `keep`: whether key and directory stay in the phone for production; unless said
 * they stay where the phone's final rules use them.
 */
export type Encryption = (
  | { readonly form: 'salted'; readonly digest: Digest }
  | { readonly form: 'aes128gcm'; readonly ikm: 'text' | 'hex' | 'base64url' }
) & { readonly keep?: boolean };

/** How a phone fetches its files, whether they are compressed, and what it has to know to be given its own; templates over the row's columns. */
export type Delivery = {
  readonly transport: Transport;
  readonly gzip?: boolean;
  /** False switches off for a model what holds for the others. */
  readonly encrypt?: Encryption | false;
  readonly account?: { readonly user: string; readonly password: string };
  /** In parts: what phones share by itself, and the phone's own behind it. */
  readonly parts?: boolean;
};

/** A value by option code (`66`): text, addresses, a number, or `hex:` and bytes; empty leaves the option out. */
type DhcpWishes = Readonly<Record<string, string>>;

export type Recipe = {
  readonly name: string;
  /** The pack's name. */
  readonly phones: string;
  /** Which column of the list is which, where its heading does not say so. */
  readonly columns?: Columns;
  /** Lines, keys, time, VLAN and language as people say them; the pack makes parameters of it. */
  readonly meant?: Meant;
  /** The year whose summer time is meant. */
  readonly year?: number;
  readonly parameters: ParameterTemplates;
  /** Tags that are emptied. */
  readonly clear?: readonly string[];
  /** Tags the recipe takes responsibility for although the catalogue does not know them. */
  readonly unchecked: readonly string[];
  /** Parameters of a flat-profile somebody already has; `parameters` win over them. */
  readonly template: ParameterTemplates;
  readonly delivery: Delivery;
  /** DHCP options by code, as written; they win over the pack's own. */
  readonly dhcp?: DhcpWishes;
  readonly models: Readonly<
    Record<
      string,
      {
        readonly parameters: ParameterTemplates;
        readonly clear?: readonly string[];
        readonly meant?: Meant;
        readonly delivery?: Partial<Delivery>;
        readonly dhcp?: DhcpWishes;
      }
    >
  >;
  /** Extra values for the bench only, written by the bootstrap and put back by the hand-off (`Web_Server_Port` in a laboratory). */
  readonly bootstrap: Readonly<Record<string, string>>;
  readonly handOff: ParameterTemplates;
  /** Line of each key path in the file, for problems; empty when it did not come from a file. */
  readonly lines: Readonly<Record<string, number>>;
};

/** One line of the CSV: one phone to be prepared. */
export type Row = {
  /** Which row, from 1, in the order of the file. */
  readonly row: number;
  /** Line in the file, from 1 (the heading is line 1). */
  readonly line: number;
  /** Null while the row waits to be bound. */
  readonly mac: Mac | null;
  /** "8851". */
  readonly model: string;
  /** Every column by its heading, trimmed. */
  readonly values: Readonly<Record<string, string>>;
};
