/**
 * A pack: all knowledge of one phone family, behind one interface. Outside its folder nothing names a vendor.
 *
 * Everything in it is pure: no sockets, no clock, no files. What comes from a phone or a person never makes it throw.
 */
import type { Ask } from '../contract/ask.js';
import type { Mac } from '../contract/mac.js';
import type { ParameterInfo } from '../contract/parameter-calls.js';
import type { Purpose, SharedPart, Transport } from '../contract/observation.js';
import type { Problem } from '../contract/problem.js';
import type { Secret } from '../contract/secret.js';
import type { Encryption, ParameterTemplates, Recipe, Row } from '../profiles/job.js';
import type { Columns } from '../profiles/known-columns.js';
import type { ParameterNames } from '../profiles/recipe-tag-schema.js';
import type { PhoneKeys } from '../profiles/phone-keys.js';
import type { Steps } from '../profiles/slices.js';
import type { ForeignProfiles } from './foreign.js';

/** A DHCP option as a pack wants it sent: text, IPv4 addresses of four bytes each, or bytes; `from` the recipe where it says so. */
export type OfferedOption = { readonly code: number; readonly from?: 'recipe' } & (
  | { readonly text: string }
  | { readonly addresses: readonly string[] }
  | { readonly bytes: Uint8Array }
);

/** Where the bench can be reached, as URLs are built from it. */
export type BenchAddress = {
  /** IPv4, dotted. */
  readonly address: string;
  readonly ports: { readonly tftp: number; readonly http: number; readonly syslog: number };
};

/** What a client's DHCP packet tells. */
export type Recognised =
  /** One of the family; the model where it says so ("8851"). */
  | { readonly kind: 'phone'; readonly model?: string }
  /** Hardware of the family with an image that takes no profile of ours. */
  | { readonly kind: 'wrong-image'; readonly sign: string; readonly model?: string }
  | { readonly kind: 'stranger' };

/** What a file name asks for. */
export type Asked =
  | { readonly purpose: 'bootstrap'; readonly model?: string; readonly mac?: Mac }
  | { readonly purpose: 'install'; readonly mac: Mac }
  /** What phones share; `model`: of which model, for the part that is a model's. */
  | { readonly purpose: 'part'; readonly part: SharedPart; readonly model?: string; readonly directory?: string }
  /** `directory`: where it is said to lie, lower case; undefined where none is said. */
  | { readonly purpose: 'device' | 'handOff'; readonly mac: Mac; readonly directory?: string }
  | { readonly purpose: 'report'; readonly mac: Mac }
  /** A load that an upgrade rule of the recipe names here; it lies in the folder of `--files`. */
  | { readonly purpose: 'firmware'; readonly model?: string; readonly mac?: Mac }
  /** A name only an image of another family asks for. */
  | { readonly purpose: 'wrong-image'; readonly sign: string; readonly mac?: Mac };

/** A syslog line the pack understands. */
export type Word = {
  readonly step: 'resync' | 'upgrade';
  readonly outcome: 'requesting' | 'successful' | 'failed';
  readonly mac?: Mac;
  readonly path?: string;
  readonly purpose?: Purpose;
  readonly error?: string;
};

/** Where a value comes from, so that a person can look it up. */
export type Origin =
  /** A column of the list that is named like the parameter. */
  | { readonly from: 'row'; readonly column: string }
  /** The recipe at a key path, the columns of the row its value takes, and the builder that made the tag of it, if one did. */
  | { readonly from: 'recipe'; readonly path: string; readonly columns: readonly string[]; readonly builder?: string }
  /** What the pack knows of the phones: the factory's value put back, or another spelling of a tag written beside it. */
  | { readonly from: 'pack'; readonly why: 'factory' | 'spelling' }
  /** What the bench needs while it works with the phone, its own mark, or a key it made for the phone. */
  | { readonly from: 'bench'; readonly why: 'needs' | 'mark' | 'key' };

/** One parameter as it goes into a profile. */
export type Parameter = {
  readonly tag: string;
  readonly value: string | Secret;
  readonly ua: 'na' | 'ro' | 'rw';
  readonly origin?: Origin;
};

/** A file a phone gets, before it is written. */
export type Sheet = { readonly file: SheetFile; readonly parameters: readonly Parameter[] };

/** `model` and `customer`: parts that a phone shares. */
export type SheetFile = 'bootstrap' | 'install' | 'model' | 'customer' | 'device' | 'handOff';

/** A row, its recipe applied: what each file of the phone holds. Made by `compile`, understood by the pack alone. */
export type Compiled = {
  readonly model: string;
  readonly transport: Transport;
  /** Written by the device file (without the marker). */
  readonly device: readonly Parameter[];
  /** Written by the hand-off file: what waited, the recipe's `handOff`, and every bench-only value put back. */
  readonly handOff: readonly Parameter[];
  /** The account that reads the phone's web page once the device file is in; the password where one is set. */
  readonly admin: { readonly user: string; readonly password?: Secret };
  /** What the phone has to know to be given its device file over HTTP. */
  readonly account?: { readonly user: string; readonly password: Secret };
  /** How its own files are encrypted, where they are; and the phone's keys, once it has them. */
  readonly encryption?: Encryption;
  readonly keys?: PhoneKeys;
  /** Present where what the phone shares with others comes in files of its own. */
  readonly parts?: true;
  /** Port of the phone's web server between bootstrap and hand-off, and after it. */
  readonly webPort: number;
  readonly webPortAfter: number;
  /** False when a waiting parameter ends reading: then delivery of the hand-off suffices. */
  readonly readableAfter: boolean;
  /** True when the hand-off leaves an absolute `Profile_Rule`: the phone then never asks the bench for a bootstrap again. */
  readonly leavesBench: boolean;
};

/** What a recipe makes of a row. */
export type Applied = {
  readonly problems: readonly Problem[];
  /** Absent where something is an error. */
  readonly compiled?: Compiled;
  /** Where other rows differ from it in some texts alone. */
  readonly alike?: Alike | undefined;
};

/** U+0000 can't stand in XML (section 2.2), so no text of a row has it. */
export const between = '\0';

/** A row among many that are alike. */
export type Alike = {
  /** Its texts, joined by `between`: they stand in its files as they are, alone or one after the other. */
  readonly texts: string;
  /** Makes what any of these rows comes to of its texts; the same function for all of them. */
  readonly arranged: (texts: readonly string[]) => Compiled;
};

/** The device file around its marker: the file is `start`, `mark[0]`, the marker, `mark[1]`; the marker is that of `start` and `end`. */
export type AroundMarker = { readonly start: string; readonly end: string; readonly mark: readonly [string, string] };

/** A file made for one phone. */
export type Made = {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** The content coding an HTTP response has to name (RFC 9110 section 8.4). */
  readonly contentEncoding?: string;
};

/** A value that is in a phone for the bench's sake alone, what replaces it, and where that comes from. The same value after as before stays by right. */
export type HandOffValue = {
  readonly tag: string;
  readonly onBench: string | Secret;
  /** Empty where the parameter is emptied. */
  readonly after: string | Secret;
  readonly origin: Origin;
};

/** Whose a part of a configuration is; in the order in which a phone fetches them. */
export type Part = SharedPart | 'phone';

/** What of the phone that asks goes into its bootstrap. */
export type BootstrapOwn = {
  /** Only where the network says that it is the one: the rule then names it, and the file is a secret. */
  readonly account?: Compiled['account'];
  readonly encryption?: Encryption | undefined;
  /** Its row, for what comes in parts: the common one comes with the bootstrap. */
  readonly compiled?: Compiled | undefined;
};

/** What a read-back shows: tags that differ, never their values. */
export type Comparison = {
  readonly marker: 'equal' | 'differs' | 'absent';
  readonly differing: readonly string[];
  readonly left: readonly string[];
};

/** Which file a phone is led to next. */
export type NextFile = 'install' | 'device' | 'handOff' | 'nothing';

export interface Pack {
  readonly name: string;
  /** From option 60, option 12 and the MAC's OUI. */
  recognise(client: { readonly mac: Mac; readonly vendorClass?: string; readonly hostName?: string }): Recognised;
  readUserAgent(text: string): { readonly model: string; readonly version: string; readonly mac?: Mac } | undefined;
  /** `path` with or without leading slash, any case. */
  readPath(path: string): Asked | undefined;
  /** The same for a bench that works on these recipes: their rules may lead phones to further names here. */
  pathReader(recipes: Iterable<Recipe>, bench: BenchAddress): (path: string) => Asked | undefined;
  /** One syslog message text (PRI and time already taken off, or not). */
  readWord(text: string): Word | undefined;
  /** Every text that `readWord` understands matches it; without flags that keep state. */
  readonly wordHint: RegExp;
  /** The options that lead a phone to this bench: the pack's own, and what the recipe says of them for the model. */
  options(bench: BenchAddress, transport: Transport, recipe?: Recipe, model?: string): readonly OfferedOption[];
  /** A model as people write it (`8851`, `CP-8851-3PCC-K9=`) as the short name; else the nearest one, when there is one. */
  readModel(text: string): { readonly model: string } | { readonly model?: undefined; readonly suggestion: string | null };
  /** The parameters of a profile somebody already has. Never throws. */
  templateSteps(text: string): Steps<{ readonly parameters: ParameterTemplates; readonly problems: readonly Problem[] }>;
  /** Configurations somebody already has, to be made a recipe. */
  readonly foreign: ForeignProfiles;
  /** Problems of recipe and headings together: columns that templates miss, columns that look like a parameter but are none. */
  checkColumns(recipe: Recipe, headings: readonly string[], columns: Columns): readonly Problem[];
  /** What becomes of a column by any of its names: a parameter of the phone, a part of the recipe's values, or nothing. */
  columnUse(recipe: Recipe, names: readonly string[]): 'parameter' | 'recipe' | null;
  /** Problems of the recipe that hold for every row: unknown tags, what this version refuses. */
  checkSteps(recipe: Recipe): Steps<readonly Problem[]>;
  /** Applies the recipe to a row. Errors leave no `compiled`; warnings may come with it. */
  compile(recipe: Recipe, row: Row): Applied;
  /** The transport for a phone whose row is not known yet: the recipe's for that model. */
  transportOf(recipe: Recipe, model: string | undefined): Transport;
  /** Whether files for this model are to be compressed. */
  gzips(recipe: Recipe, model: string | undefined): boolean;
  /** How this model's own files are encrypted; undefined where they are not. */
  encryption(recipe: Recipe, model: string | undefined): Encryption | undefined;
  /** A row's files with the phone's keys among them; the same where nothing is encrypted. */
  withKeys(compiled: Compiled, keys: PhoneKeys): Compiled;
  /**
   * The bootstrap file. `next`: what rule B points at (the file that installs the key where there is one, the device file, or the hand-off
   * once the phone is proven), or `nothing`
   * for a phone that needs nothing more: an empty profile.
   */
  bootstrap(recipe: Recipe, bench: BenchAddress, transport: Transport, next: NextFile, own?: BootstrapOwn): Made;
  /** What a phone shares with others, without a secret; empty where it shares nothing. */
  part(compiled: Compiled, part: SharedPart): Made;
  /** Puts the first key into a phone, in the clear; without a bench it names no file to go on with. Of the row it holds the account at most. */
  install(compiled: Compiled, bench?: BenchAddress): Made;
  /** The device file with its marker: HMAC-SHA-256 under the job's key (32 bytes) of the profile without it, lower-case hex. */
  device(compiled: Compiled, markerKey: Uint8Array): Made & { readonly marker: string };
  /** The same file before its marker is known, all in one. */
  aroundMarker(compiled: Compiled): AroundMarker;
  handOff(compiled: Compiled): Made;
  /** The hand-off as data: every bench-only value and what stands in its place afterwards; nothing is left when all of them do. */
  handOffValues(recipe: Recipe, compiled: Compiled, bench: BenchAddress): readonly HandOffValue[];
  /** What a phone that has left should find on the customer's server: all it holds in the end, nothing of the bench. */
  production(compiled: Compiled): Made;
  /** The same in parts that phones of a model, a customer or all share; a part with nothing to say changes nothing. */
  parts(compiled: Compiled): Readonly<Record<Part, Made>>;
  /** The files a row's phone gets, in the order it fetches them, with the origin of each value; without `markerKey` the mark is empty. */
  sheets(recipe: Recipe, compiled: Compiled, bench: BenchAddress, markerKey?: Uint8Array): readonly Sheet[];
  /** What a row's phone will ask for by itself, on the bench and with the customer; no secret in it. */
  asks(recipe: Recipe, compiled: Compiled, row: Row, bench: BenchAddress): readonly Ask[];
  /** Parameters as a file. */
  write(parameters: readonly Parameter[]): Made;
  /** What a phone that has no row gets: it changes nothing. */
  empty(): Made;
  /** The name under which a phone of this model asks for a file; without a MAC yet, the place where it will stand. */
  filePath(purpose: SheetFile, model: string, mac: Mac | null, encryption?: Encryption): string;
  /** Every parameter of the family, in the order in which people look for things. */
  parameters(): readonly ParameterInfo[];
  /** How each is written in a recipe, for editors. */
  names(): readonly ParameterNames[];
  /** One of them by its tag, as it is written or as the list calls it; else the nearest tag, when there is one. */
  parameter(tag: string): { readonly info: ParameterInfo } | { readonly info?: undefined; readonly suggestion: string | null };
  /** Where the phone's configuration is read. */
  readBackPath: string;
  /** The path that makes a phone fetch the hand-off file once, for `http://<phone>:<port>`; or its own rules, where the file is encrypted. */
  resyncPath(bench: BenchAddress, compiled: Compiled, mac: Mac, purpose: 'device' | 'handOff'): string;
  /** Whether a phone is given its hand-off in the place of its device file, once it is proven: where no rule of its own is left for it. */
  joined(compiled: Compiled): boolean;
  /**
   * Judges the body of a read-back; undefined when it is no configuration. `device`: marker and every readable parameter of the
   * device file. `handOff`: no bench value left, everything the customer's configuration says (what only the device file wrote included).
   */
  compare(body: string, compiled: Compiled, stage: 'device' | 'handOff', marker: string, bench: BenchAddress): Comparison | undefined;
  /** Those of a row's parameters that a phone's firmware ignores, for it is too old or too new for them; none where that is not known. */
  ignoredBy(compiled: Compiled, firmware: string): readonly string[];
  /** How long a good phone may take in each stage, in milliseconds, at the phones' own speed. */
  readonly patience: Readonly<Record<'lease' | 'bootstrap' | 'device' | 'verify' | 'handOff', number>>;
}
