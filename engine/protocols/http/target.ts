/**
 * The path of a request target (RFC 9112 section 3.2): origin form `/path?query`, or absolute form `http://host/path` as proxies get it.
 *
 * Percent-decoded leniently (RFC 3986 section 2.1): an escape that is none stays as it is, bytes that are no UTF-8 become U+FFFD.
 */

/** The decoded path without its query; never throws. */
export function readPath(target: string): string {
  const origin = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  return decodePercent(origin.replace(/[?#].*$/s, ''));
}

function decodePercent(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}
