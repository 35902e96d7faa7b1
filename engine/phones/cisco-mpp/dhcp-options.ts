/**
 * The DHCP options that lead a phone to the bench, and what a recipe says of them (facts 1.1, 1.2, 1.7).
 *
 *   66, 159, 160   text: an address, a host, a URL or a list `one;other`; the phone's own macros (`$PSN`, `$MA`) stay as they are
 *   150, 42, 7     IPv4 addresses of four bytes each (3 and 6 too); typed as digits they would be nonsense addresses
 *   132            the VLAN as text ("100"), and any other code the phone's `DHCP_VLAN_Option` may name
 *   43, 125        bytes, for no form that leads to a profile is known; 125 has to hold together (RFC 3925)
 *   121            classless routes (RFC 3442): `NETWORK/PREFIX ROUTER`, with commas between them; a phone that takes it ignores 3
 *   2              seconds from UTC; phones ignore it unless told not to (`Ignore_DHCP_Time_Offset`)
 *
 * `hex:` gives any option its bytes. `{{bench}}` is the bench's address and `{{url}}` its URL: a recipe can't know them beforehand.
 */
import type { Problem } from '../../contract/problem.js';
import type { Transport } from '../../contract/observation.js';
import type { Recipe } from '../../profiles/job.js';
import { recipeProblem } from '../../profiles/problems.js';
import { addressBytes, parseAddress } from '../../protocols/dhcp/ipv4.js';
import { option } from '../../protocols/dhcp/options.js';
import type { BenchAddress, OfferedOption } from '../pack.js';
import { baseUrl, benchOptions } from './bench-values.js';

type Form = 'locator' | 'addresses' | 'routes' | 'vlan' | 'bytes' | 'seconds' | 'text';

const forms: ReadonlyMap<number, Form> = new Map<number, Form>([
  [2, 'seconds'],
  [3, 'addresses'],
  [6, 'addresses'],
  [7, 'addresses'],
  [15, 'text'],
  [42, 'addresses'],
  [43, 'bytes'],
  [66, 'locator'],
  [121, 'routes'],
  [125, 'bytes'],
  [150, 'addresses'],
  [159, 'locator'],
  [160, 'locator'],
]);

/** Facts 1.7: what `DHCP_VLAN_Option` may name. */
function formOf(code: number): Form | undefined {
  const vlan = (code >= 128 && code <= 149) || (code >= 151 && code <= 158) || (code >= 161 && code <= 254);
  return forms.get(code) ?? (vlan ? 'vlan' : undefined);
}

const misfits: Readonly<Record<Form, string>> = {
  locator: 'recipe.dhcp-locator',
  addresses: 'recipe.dhcp-addresses',
  routes: 'recipe.dhcp-routes',
  vlan: 'recipe.dhcp-vlan',
  bytes: 'recipe.dhcp-bytes',
  seconds: 'recipe.dhcp-seconds',
  text: 'recipe.dhcp-text',
};

/** RFC 2132 section 2: one option, and no more than a phone is sure to take whole. */
const longest = 255;

/** The options for a phone of this model: the pack's own, and what the recipe says instead, also, or (empty) leaves out. */
export function offeredOptions(bench: BenchAddress, transport: Transport, recipe?: Recipe, model?: string): readonly OfferedOption[] {
  const own = benchOptions(bench, transport);
  const wishes = wishesOf(recipe, model);
  if (wishes.size === 0) return own;
  const said = [...wishes].flatMap(([code, written]): OfferedOption[] => {
    const bytes = bytesOf(code, filled(written, bench, transport));
    return bytes === undefined || bytes.length === 0 ? [] : [{ code, bytes, from: 'recipe' }];
  });
  return [...own.filter(({ code }) => !wishes.has(code)), ...said];
}

/** What is wrong with the `dhcp` parts of a recipe; for every phone, and by model. */
export function checkOptions(recipe: Recipe): readonly Problem[] {
  return [
    ...checkPart(recipe, recipe.dhcp ?? {}, []),
    ...Object.entries(recipe.models).flatMap(([model, { dhcp = {} }]) => checkPart(recipe, dhcp, ['models', model])),
  ];
}

function wishesOf(recipe: Recipe | undefined, model: string | undefined): ReadonlyMap<number, string> {
  const own = model === undefined || recipe === undefined || !Object.hasOwn(recipe.models, model) ? {} : recipe.models[model]?.dhcp;
  return new Map(Object.entries({ ...recipe?.dhcp, ...own }).map(([code, written]) => [Number(code), written]));
}

function checkPart(recipe: Recipe, options: Readonly<Record<string, string>>, within: readonly string[]): Problem[] {
  const path = [...within, 'dhcp', 'options'].join('.');
  return Object.entries(options).flatMap(([written, value]) => {
    const note = (severity: Problem['severity'], code: string, params: Problem['params'] = {}): Problem =>
      recipeProblem(severity, code, `${path}.${written}`, recipe.lines, { option: written, ...params });
    const code = /^[1-9]\d{0,2}$/.test(written) ? Number(written) : 0;
    const form = formOf(code);
    if (form === undefined) return [note('error', 'recipe.dhcp-option')];
    if (value === '') return [];
    // Any bench will do to see whether the value fits its form.
    const sample: BenchAddress = { address: '192.168.255.254', ports: { tftp: 65_535, http: 65_535, syslog: 514 } };
    if (bytesOf(code, filled(value, sample, 'http')) === undefined) return [note('error', misfits[form])];
    const leads = form === 'locator' || code === 150;
    if (leads && !value.startsWith('hex:') && !/\{\{\s*(?:bench|url)\s*\}\}/.test(value)) return [note('warning', 'recipe.dhcp-elsewhere')];
    return [];
  });
}

function filled(written: string, bench: BenchAddress, transport: Transport): string {
  return written.replaceAll(/\{\{\s*bench\s*\}\}/g, bench.address).replaceAll(/\{\{\s*url\s*\}\}/g, baseUrl(bench, transport));
}

/** The bytes of a value; undefined where it does not fit the form of its option. */
function bytesOf(code: number, value: string): Uint8Array | undefined {
  const bytes = value.startsWith('hex:') ? hexBytes(value.slice(4)) : formed(formOf(code), value.trim());
  if (bytes === undefined || bytes.length > longest) return undefined;
  return code === 125 && bytes.length > 0 && option.enterprises.read(new Map([[code, bytes]])) === undefined ? undefined : bytes;
}

function formed(form: Form | undefined, value: string): Uint8Array | undefined {
  switch (form) {
    case 'addresses': {
      const all = value.split(/[,;\s]+/).filter((each) => each !== '');
      return all.every((each) => parseAddress(each) !== undefined) ? Buffer.concat(all.map(addressBytes)) : undefined;
    }
    case 'routes':
      return routesOf(value);
    case 'vlan':
      return /^[1-9]\d{0,3}$/.test(value) && Number(value) <= 4094 ? Buffer.from(value) : undefined;
    case 'seconds': {
      if (!/^-?\d{1,5}$/.test(value)) return undefined;
      const bytes = Buffer.alloc(4);
      bytes.writeInt32BE(Number(value));
      return bytes;
    }
    case 'locator':
      // Facts 1.2: a path that ends in a slash is joined to `//`.
      return /^[\x21-\x7e]+$/.test(value) && !/\{\{|\/$/.test(value) ? Buffer.from(value) : undefined;
    case 'text':
      return /^[\x20-\x7e]+$/.test(value) && !value.includes('{{') ? Buffer.from(value) : undefined;
    default:
      return undefined; // bytes, which are written hex:
  }
}

function routesOf(value: string): Uint8Array | undefined {
  const all = value
    .split(/[,;]/)
    .map((each) => /^(?<network>[\d.]+)\/(?<prefix>\d|[12]\d|3[0-2])\s+(?<router>[\d.]+)$/.exec(each.trim())?.groups);
  const routes = all.flatMap((groups) => {
    const { network: destination = '', prefix = '', router = '' } = groups ?? {};
    return parseAddress(destination) === undefined || parseAddress(router) === undefined
      ? []
      : [{ destination, prefix: Number(prefix), router }];
  });
  return routes.length === all.length ? option.classlessRoutes.write(routes)[1] : undefined;
}

function hexBytes(text: string): Uint8Array | undefined {
  const digits = text.replaceAll(/[\s:-]/g, '');
  return digits.length % 2 === 0 && /^[0-9a-f]*$/i.test(digits) ? Buffer.from(digits, 'hex') : undefined;
}
