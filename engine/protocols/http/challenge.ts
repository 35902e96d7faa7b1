/**
 * What a server asks for in `WWW-Authenticate` (RFC 9110 section 11.6.1): a list of challenges, each a scheme and its parameters.
 *
 *   Digest realm="phone", nonce="5f", qop="auth,auth-int", algorithm=MD5, Basic realm="phone"
 *
 * Read leniently, as embedded servers write it: any case, blanks anywhere, unquoted values, an unterminated quotation.
 */

/** `scheme` and the names of parameters are lower case. */
export type Challenge = { readonly scheme: string; readonly params: ReadonlyMap<string, string> };

const token = String.raw`[!#$%&'*+.^_|~\w\x60-]+`;
const parameter = new RegExp(String.raw`^[\s,]*(?<name>${token})\s*=\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"?|(?<plain>[^\s,"]*))`, 's');
const scheme = new RegExp(String.raw`^[\s,]*(?<name>${token})(?=[\s,]|$)`);

/** Longer ones are no challenge but an attack. */
const most = 4_096;

/** The challenges of one or several header values; what cannot be read is left out. Never throws. */
export function readChallenges(values: readonly string[]): Challenge[] {
  return values.flatMap((value) => readOne(value.slice(0, most)));
}

function readOne(value: string): Challenge[] {
  const challenges: { scheme: string; params: Map<string, string> }[] = [];
  for (let rest = value; rest !== '';) {
    const asParameter = parameter.exec(rest);
    const current = challenges.at(-1);
    const asScheme = asParameter ? null : scheme.exec(rest);
    if (asParameter && current) {
      const { name = '', quoted, plain = '' } = asParameter.groups ?? {};
      current.params.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/gs, '$1') ?? plain);
    } else if (asScheme) {
      challenges.push({ scheme: (asScheme.groups?.['name'] ?? '').toLowerCase(), params: new Map() });
    }
    rest = rest.slice(Math.max(1, (asParameter ?? asScheme)?.[0].length ?? 1));
  }
  return challenges;
}
