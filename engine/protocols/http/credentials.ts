/**
 * What a client sends in `Authorization` (RFC 9110 section 11.6.2): Basic (RFC 7617), or Digest with its parameters (RFC 7616).
 */

export type Credentials =
  | { readonly scheme: 'basic'; readonly user: string; readonly password: string }
  | { readonly scheme: 'digest'; readonly params: ReadonlyMap<string, string> };

/** Longer ones are no credentials but an attack. */
const most = 4_096;
const parameter = /\s*([!#$%&'*+.^_`|~\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]*))\s*(?:,|$)/gsy;

/** Reads the value of the field; undefined for another scheme and for what cannot be read. Never throws. */
export function readCredentials(value: string): Credentials | undefined {
  if (value.length > most) return undefined;
  const [, scheme = '', rest = ''] = /^\s*(\S+)\s+(.*)$/s.exec(value) ?? [];
  if (scheme.toLowerCase() === 'basic') return readBasic(rest.trim());
  return scheme.toLowerCase() === 'digest' ? readDigest(rest) : undefined;
}

function readBasic(token: string): Credentials | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(token)) return undefined;
  const text = Buffer.from(token, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? undefined : { scheme: 'basic', user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Everything or nothing: a parameter given twice, or one that cannot be read, leaves no credentials. */
function readDigest(text: string): Credentials | undefined {
  const params = new Map<string, string>();
  let at = 0;
  while (at < text.length) {
    parameter.lastIndex = at;
    const found = parameter.exec(text);
    if (found === null) return undefined;
    const [matched, name = '', quoted, plain = ''] = found;
    if (params.has(name.toLowerCase())) return undefined;
    params.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/gs, '$1') ?? plain);
    at += matched.length;
  }
  return { scheme: 'digest', params };
}

/** The head of a message as it may be kept: what `Authorization` says is masked, a scheme that is known stays. Latin-1 in and out. */
export function maskCredentials(head: string): string {
  return head.replaceAll(credentialField, (_, name: string, scheme: string = '') => `${name}${scheme}********`);
}

const credentialField = /^((?:proxy-)?authorization[ \t]*:[ \t]*)((?:basic|digest|bearer)[ \t]+)?[^\r\n]*/gim;
