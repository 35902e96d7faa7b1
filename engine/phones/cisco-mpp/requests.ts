/**
 * Which request belongs to which phone, and to which of its rules: every rule that can make a phone ask this bench is filled in with signs
 * for the phone's values (its MAC, its model, the directory it was told), and a name is looked up by what is left of it without those.
 *
 *   rule      [--key $A] http://10.0.0.1/$B/device/$MA.xml         ->  <B>/device/<MA>.xml
 *   request   /0f3a…9c/device/00562b043615.xml                     ->  <B>/device/<MA>.xml, directory 0f3a…9c, MAC 00562b043615
 *
 * So one text is the rule that is written, what a phone is expected to ask for, and how that is known again. Costs one pass over the name.
 */
import { type Mac, parseMac } from '../../contract/mac.js';
import type { Encryption, Recipe } from '../../profiles/job.js';
import type { Asked, BenchAddress } from '../pack.js';
import { type BenchRule, benchRules, type Ruled } from './bench-rules.js';
import { benchValues } from './bench-values.js';
import { once } from './once.js';
import { isModel } from './phone-models.js';
import { findParameter } from './parameters.js';
import { readRule, type RuleKind, ruleKind } from './rule/check.js';
import { evaluate } from './rule/evaluate.js';
import type { MacroValues } from './rule/macros.js';

/** What a rule is for, before it is known whose it is. */
type Wanted =
  | { readonly purpose: 'bootstrap' | 'install' | 'device' | 'handOff' | 'report' | 'firmware' }
  | { readonly purpose: 'part'; readonly part: 'model' | 'customer' };

/** Names without the phone's own values, and what each is for. */
export type Requests = ReadonlyMap<string, Wanted>;

/** What stands for a value; no name holds a NUL. `short` is a model by its number alone. */
const signs = { ma: '\0ma', directory: '\0b', pn: '\0pn', psn: '\0psn', short: '\0short' } as const;

/** Longer names are nobody's. */
const longest = 512;

/** Documents disagree on `$PN` and `$PSN` (facts section 1.4): `CP-8851-3PCC` and `8851-3PCC`, or the number alone. */
const ofAny = { MA: signs.ma, MAU: signs.ma, MAC: signs.ma, B: signs.directory };
const spellings: readonly MacroValues[] = [
  { ...ofAny, PN: signs.pn, PSN: signs.psn },
  { ...ofAny, PN: signs.short, PSN: signs.short },
];

/** The bench's own rules do not depend on where it is. */
const anywhere: BenchAddress = { address: '192.0.2.1', ports: { tftp: 69, http: 80, syslog: 514 } };
const someEncryption: Encryption = { form: 'salted', digest: 'sha256' };

/** What any phone of the family asks a bench for. */
const ofFamily = once(
  (): Requests =>
    new Map([...bootstrapRules(), ...ownRules(), ...reportRules()].flatMap(([text, wanted, kind]) => shapes(text, wanted, kind))),
);

/** The family's, and what the rules of these recipes lead to at this bench. */
export function requestsOf(recipes: Iterable<Recipe>, bench: BenchAddress): Requests {
  const more = Array.from(recipes).flatMap((recipe) =>
    rulesIn(recipe).flatMap(([text, wanted, kind]) => shapes(text, wanted, kind, bench.address)),
  );
  return more.length === 0 ? ofFamily() : new Map([...more, ...ofFamily()]);
}

/** What a name asks for, with or without leading slashes, in any case; undefined for one that no rule makes. */
export function readRequest(path: string, requests: Requests = ofFamily()): Asked | undefined {
  if (path.length > longest || path.includes('\0')) return undefined;
  const { shape, mac, model, directory } = withoutValues(nameOf(path));
  const wanted = requests.get(shape);
  return wanted === undefined ? undefined : asked(wanted, { mac, model, directory });
}

/** A path as it is compared: `\` and `/` are one, nothing in front, lower case. */
export function nameOf(path: string): string {
  return path
    .trim()
    .replace(/^(?:\.?[\\/])+/, '')
    .replaceAll('\\', '/')
    .toLowerCase();
}

type Values = { readonly mac: Mac | undefined; readonly model: string | undefined; readonly directory: string | undefined };

function asked(wanted: Wanted, { mac, model, directory }: Values): Asked | undefined {
  const where = directory === undefined ? {} : { directory };
  const about = { ...(model === undefined ? {} : { model }), ...(mac === undefined ? {} : { mac }) };
  switch (wanted.purpose) {
    case 'bootstrap':
    case 'firmware':
      return { purpose: wanted.purpose, ...about };
    case 'part':
      return { ...wanted, ...(model === undefined ? {} : { model }), ...where };
    case 'device':
    case 'handOff':
      return mac === undefined ? undefined : { purpose: wanted.purpose, mac, ...where };
    case 'install':
    case 'report':
      return mac === undefined ? undefined : { purpose: wanted.purpose, mac };
  }
}

/** Whole, in this order: a directory, a MAC as `$MA`, `$MAU` and `$MAC` come out, a model in full, a model's number. Unnamed groups are faster. */
const values =
  /(?<![0-9a-f])([0-9a-f]{32}|\$b)(?![0-9a-z])|([0-9a-f]{12}|[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5})(?![0-9a-f])|(cp-)?(\d{4})(?:nr)?-3pcc|(?<=^|\/)(?:cp-)?(\d{4})(?:nr)?(?=\.)/g;

type Group = string | undefined;

function withoutValues(name: string): Values & { readonly shape: string } {
  let mac: Mac | undefined;
  let model: string | undefined;
  let directory: string | undefined;
  const sign = (whole: string, lies: Group, owner: Group, long: Group, full: Group, short: Group): string => {
    if (owner !== undefined) {
      mac = parseMac(owner);
      return signs.ma;
    }
    if (lies !== undefined) {
      directory = lies;
      return signs.directory;
    }
    if (short !== undefined && !isModel(short)) return whole;
    model = short ?? full;
    return short !== undefined ? signs.short : long === undefined ? signs.psn : signs.pn;
  };
  return { shape: name.replaceAll(values, sign), mac, model, directory };
}

type Written = readonly [text: string, wanted: Wanted, kind: RuleKind];

/** The factory's rule, and the other names that documents give the first file (facts section 1.4). */
function bootstrapRules(): readonly Written[] {
  const factory = findParameter('Profile_Rule')?.known.default;
  const names = ['$PSN', '$PN', '$PSN$MA', '$PN$MA', '$PSN/$MA', '$PN/$MA', '$MA'];
  const all = ['xml', 'cfg'].flatMap((ending) =>
    [...names.flatMap((name) => [`/${name}`, `/Cisco/${name}`]), '/spa$MA'].map((name) => `${name}.${ending}`),
  );
  return [...(typeof factory === 'string' ? [factory] : []), ...all].map((text) => [text, { purpose: 'bootstrap' }, 'profile']);
}

/** Every rule the bench writes to lead a phone through its files, whatever the recipe says of delivery. */
function ownRules(): readonly Written[] {
  const ways: readonly Ruled[] = [undefined, someEncryption].flatMap((encryption) =>
    [undefined, signs.short].map(
      (inPartsAs) => ({ transport: 'http', encryption, inPartsAs, guarded: false, account: undefined }) as const,
    ),
  );
  const all = ways.flatMap((ruled) => (['install', 'device', 'handOff'] as const).flatMap((next) => benchRules(anywhere, ruled, next)));
  return all.map(({ text, to }) => [text, wantedOf(to), 'profile']);
}

function wantedOf(to: BenchRule['to']): Wanted {
  return to === 'model' || to === 'customer' ? { purpose: 'part', part: to } : { purpose: to };
}

function reportRules(): readonly Written[] {
  const own = benchValues(anywhere, '').get('Report_Rule') ?? '';
  return [own, `${own}.xml`].map((text) => [text, { purpose: 'report' }, 'report']);
}

const purposes = { profile: undefined, trigger: undefined, upgrade: 'firmware', report: 'report' } as const;

/** What of a recipe makes phones ask for firmware or send reports; profiles at this bench are its own matter. */
function rulesIn({ template, parameters, models, handOff, bootstrap }: Recipe): readonly Written[] {
  const fixed = [template, parameters, handOff, ...Object.values(models).map((each) => each.parameters)].flatMap((all) =>
    Object.entries(all ?? {}).map(([tag, { value }]) => [tag, value] as const),
  );
  return [...fixed, ...Object.entries(bootstrap)].flatMap(([tag, text]): Written[] => {
    const kind = ruleKind(tag);
    const purpose = kind === undefined ? undefined : purposes[kind];
    return kind === undefined || purpose === undefined ? [] : [[text, { purpose }, kind]];
  });
}

/** Where each alternative of a rule leads, whatever its condition; at one server only, where one is named. */
function shapes(text: string, wanted: Wanted, kind: RuleKind, server?: string): readonly (readonly [string, Wanted])[] {
  const read = readRule(kind, text);
  if (!read.ok) return [];
  return read.rule.flatMap(({ options, url }) =>
    url === undefined
      ? []
      : spellings.flatMap((macros): (readonly [string, Wanted])[] => {
          const outcome = evaluate([{ options, url }], macros);
          const isHere = outcome.kind === 'asks' && (server === undefined || outcome.wanted.server === server);
          return isHere ? [[nameOf(outcome.wanted.path), wanted]] : [];
        }),
  );
}
