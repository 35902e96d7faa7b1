/**
 * Where a phone looks for its profile: the values of DHCP options, and the rules A to D (Cisco MPP provisioning guide and conversion guide).
 *
 * Option value              requests, in order (model 8851)
 *   scheme://host/path        the URL; URL/8851-3PCC.xml; URL/Cisco/CP-8851-3PCC/<mac>.cfg
 *   scheme://host             /8851-3PCC.xml; /Cisco/CP-8851-3PCC/<mac>.cfg
 *   bare address              both by tftp, then by http, then by https
 *   A;B                       everything for A, then everything for B
 */
import { isIPv4 } from 'node:net';
import type { Identity } from './identity.js';

type Scheme = 'tftp' | 'http' | 'https';

/** `path` begins with `/`. */
export type Url = { readonly scheme: Scheme; readonly host: string; readonly port: number; readonly path: string };

export type Server = Omit<Url, 'path'>;

export const standardPort = { tftp: 69, http: 80, https: 443 } as const;

/** Reads `scheme://host[:port][/path]`; a missing path is ''. Undefined when it is no such thing. */
export function readUrl(text: string): Url | undefined {
  const found = /^(?<scheme>tftp|https?):\/\/(?<host>[^/:\s[\]]+)(?::(?<port>\d{1,5}))?(?<path>\/\S*)?$/i.exec(text)?.groups;
  if (found === undefined) return undefined;
  const scheme = found['scheme']?.toLowerCase();
  if (scheme !== 'tftp' && scheme !== 'http' && scheme !== 'https') return undefined;
  const port = found['port'] === undefined ? standardPort[scheme] : Number(found['port']);
  return port < 1 || port > 65_535 ? undefined : { scheme, host: found['host'] ?? '', port, path: found['path'] ?? '' };
}

/** The values of the options a phone looks at, in the order of `DHCP_Option_To_Use`. Options 60, 43 and 125 hold no profile URL anyone has documented. */
export function optionValues(order: string, options: ReadonlyMap<number, Uint8Array>): string[] {
  return order.split(',').flatMap((word) => {
    const code = Number(word.trim());
    const bytes = options.get(code);
    if (bytes === undefined) return [];
    if (code === 150) return addresses(bytes);
    return code === 66 || code === 160 || code === 159 ? Buffer.from(bytes).toString('latin1').replaceAll('\0', '').split(';') : [];
  });
}

/** The requests one option value leads to; `file` is the path that `Profile_Rule` gives, macros replaced. */
export function discoveryUrls(value: string, file: string, identity: Identity): Url[] {
  const text = value.trim();
  const names = [file, `/Cisco/${identity.product}/${identity.mac}.cfg`];
  if (text === '') return [];
  if (!text.includes('://')) {
    const [host = '', port] = text.split(':');
    return (['tftp', 'http', 'https'] as const).flatMap((scheme) =>
      names.map((path) => ({ scheme, host, port: port === undefined ? standardPort[scheme] : Number(port), path })),
    );
  }
  const url = readUrl(text);
  if (url === undefined) return [];
  const below = names.map((name) => withPath(url, `${url.path}${name}`)); // a trailing slash doubles: CSCvi50100
  return url.path === '' ? below : [url, ...below];
}

/** Whether the phone looks at DHCP options: only while `Profile_Rule` is a path. */
export function isDiscovered(profileRule: string): boolean {
  return profileRule.startsWith('/');
}

/** A rule with its macros replaced as a URL. Without a server it is the one DHCP led to; without a scheme it is TFTP. Conditions and options: not here. */
export function resolveRule(rule: string, found: Server | undefined): Url | undefined {
  const text = rule.trim();
  if (text.startsWith('/')) return found && withPath(found, text);
  const url = readUrl(text.includes('://') ? text : `tftp://${text}`);
  return url === undefined || url.path === '' ? undefined : url;
}

/** The options in front of a rule, `[--key "..." --uid ...]`, and the rest of it (provisioning guide, "Profile Rule"). */
export function splitOptions(rule: string): { readonly options: ReadonlyMap<string, string>; readonly rest: string } {
  const found = /^\s*\[(?<inside>(?:"[^"]*"|[^"\]])*)\](?<rest>[^]*)$/.exec(rule)?.groups;
  if (found === undefined) return { options: new Map(), rest: rule };
  const words = [...(found['inside'] ?? '').matchAll(/--(?<name>\w+)(?:\s+(?:"(?<quoted>[^"]*)"|(?<plain>(?!--)\S+)))?/g)];
  const options = words.map(({ groups }): [string, string] => [groups?.['name'] ?? '', groups?.['quoted'] ?? groups?.['plain'] ?? '']);
  return { options: new Map(options), rest: found['rest'] ?? '' };
}

/** A virtual phone asks no name server: only addresses lead anywhere. */
export function isReachableName(host: string): boolean {
  return isIPv4(host);
}

function withPath({ scheme, host, port }: Server, path: string): Url {
  return { scheme, host, port, path };
}

/** RFC 5859: four bytes an address. */
function addresses(bytes: Uint8Array): string[] {
  const list: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) list.push(bytes.subarray(at, at + 4).join('.'));
  return list;
}
