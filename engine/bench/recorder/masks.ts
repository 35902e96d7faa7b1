/**
 * Takes secrets out of recorded bytes: the row's own, however they are written (UTF-8, UTF-16, hex, base64, in a URL), what calls itself a
 * password, and the HTTP fields that carry credentials.
 */
import { maskCredentials } from '../../protocols/http/credentials.js';
import { redact } from '../redact.js';

const star = 0x2a;

/** The bytes as they may be shown. Secrets become as many asterisks, so that lengths inside of a message stay true where they can. */
export function maskBytes(payload: Uint8Array, protocol: string, secrets: readonly string[]): Buffer {
  const bytes = Buffer.from(payload);
  for (const needle of secrets.flatMap(needlesOf)) cover(bytes, needle);
  if (protocol !== 'http' && protocol !== 'syslog') return bytes;
  const text = bytes.toString('latin1');
  return Buffer.from(redact(protocol === 'http' ? maskCredentials(text) : text), 'latin1');
}

/** All ways a secret is likely to be written in. */
function needlesOf(secret: string): Buffer[] {
  const utf8 = Buffer.from(secret, 'utf8');
  const little = Buffer.from(secret, 'utf16le');
  const big = Buffer.from(little).swap16();
  const forms = [utf8, little, big];
  const texts = forms.flatMap((form) => {
    const hex = form.toString('hex');
    return [hex, hex.toUpperCase(), ...base64Forms(form)];
  });
  const url = encodeURIComponent(secret);
  return [...forms, ...texts.map((text) => Buffer.from(text, 'latin1')), ...(url === secret ? [] : [Buffer.from(url, 'latin1')])];
}

/** What of base64 is the same wherever in a longer text the bytes begin: three alignments, without the characters shared with neighbours. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const whole = Math.floor(((before + bytes.length) * 8) / 6);
    const own = text.slice(Math.ceil((before * 8) / 6), whole);
    return own.length < 4 ? [] : [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function cover(bytes: Buffer, needle: Buffer): void {
  for (let at = bytes.indexOf(needle); at !== -1; at = bytes.indexOf(needle, at + needle.length)) bytes.fill(star, at, at + needle.length);
}
