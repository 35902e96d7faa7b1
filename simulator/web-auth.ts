/** How the phone's web server asks who is there: Basic (RFC 7617) or Digest (RFC 7616, MD5, qop=auth). The account is `admin`. */
import { createHash, randomBytes } from 'node:crypto';

export interface Door {
  /** Whether the header opens it. */
  opens(authorization: string | undefined, method: string, uri: string, password: string): boolean;
  /** A fresh WWW-Authenticate. */
  challenge(): string;
}

const account = 'admin';
const realm = 'Cisco MPP';
/** Nonces remembered; a reader uses one at once. */
const remembered = 32;

/** The door of one phone. */
export function doorOf(kind: 'basic' | 'digest'): Door {
  return kind === 'basic' ? basicDoor() : digestDoor();
}

function basicDoor(): Door {
  return {
    challenge: () => `Basic realm="${realm}"`,
    opens: (authorization, _method, _uri, password) => {
      const credentials = /^Basic\s+(?<base64>\S+)$/i.exec(authorization ?? '')?.groups?.['base64'] ?? '';
      return Buffer.from(credentials, 'base64').toString('utf8') === `${account}:${password}`;
    },
  };
}

function digestDoor(): Door {
  const nonces: string[] = [];
  return {
    challenge: () => {
      const nonce = randomBytes(16).toString('hex');
      nonces.push(nonce);
      if (nonces.length > remembered) nonces.shift();
      return `Digest realm="${realm}", qop="auth", nonce="${nonce}", algorithm=MD5`;
    },
    opens: (authorization, method, uri, password) => {
      const fields = readFields(authorization ?? '');
      const value = (name: string): string => fields.get(name) ?? '';
      if (value('username') !== account || value('uri') !== uri || !nonces.includes(value('nonce'))) return false;
      const secret = md5(`${account}:${realm}:${password}`);
      const request = md5(`${method}:${uri}`);
      const rest = fields.has('qop') ? `${value('nonce')}:${value('nc')}:${value('cnonce')}:${value('qop')}` : value('nonce');
      return value('response') === md5(`${secret}:${rest}:${request}`);
    },
  };
}

function readFields(header: string): ReadonlyMap<string, string> {
  if (!/^Digest\s/i.test(header)) return new Map();
  const fields = header.matchAll(/(?<name>\w+)\s*=\s*(?:"(?<quoted>[^"]*)"|(?<bare>[^\s,]+))/g);
  return new Map(
    Array.from(fields, ({ groups }) => [(groups?.['name'] ?? '').toLowerCase(), groups?.['quoted'] ?? groups?.['bare'] ?? '']),
  );
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
