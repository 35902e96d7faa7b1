/**
 * `cfg.xml` as a phone shows it -> values by tag. A scanner of our own, for the form differs by release: wrapped in `<device>` or not,
 * with attributes of every kind, sometimes not well-formed. It takes every element that holds text and lets the rest be.
 */

/** A real one is 60 to 100 KB. */
const lengthLimit = 4 << 20;

/** Values by tag, as the phone normalises them; the last of a repeated tag. Undefined when there is no `flat-profile` in it. Linear, never throws. */
export function readConfiguration(body: string): ReadonlyMap<string, string> | undefined {
  if (body.length > lengthLimit) return undefined;
  const values = new Map<string, string>();
  let isProfile = false;
  let nextClose = -1;
  const opening = /<(?:!--|!\[CDATA\[|[!?]|(?<name>[A-Za-z_][\w.-]*))/g;
  for (let found = opening.exec(body); found !== null; found = opening.exec(body)) {
    const name = found.groups?.['name'];
    if (name === undefined) {
      const end = found[0] === '<!--' ? '-->' : found[0] === '<![CDATA[' ? ']]>' : '>';
      const at = body.indexOf(end, opening.lastIndex);
      if (at === -1) break;
      opening.lastIndex = at + end.length;
      continue;
    }
    const end = tagEnd(body, opening.lastIndex);
    if (end === undefined) break;
    opening.lastIndex = end + 1;
    if (name === 'flat-profile') isProfile = true;
    else if (body[end - 1] === '/') values.set(name, '');
    else {
      if (nextClose <= end) nextClose = body.indexOf('</', end);
      if (nextClose === -1) break;
      if (closes(body, nextClose, name)) {
        values.set(name, normalise(unescape(withoutCdata(body.slice(end + 1, nextClose)))));
        opening.lastIndex = nextClose + 2 + name.length;
      }
    }
  }
  return isProfile ? values : undefined;
}

/** As the phone stores a text: line breaks become blanks, blanks at the ends go. */
export function normalise(value: string): string {
  return value.replaceAll(/\r\n|\r|\n/g, ' ').trim();
}

/** Index of the `>` that ends a tag, quoted ones in attributes skipped. */
function tagEnd(body: string, from: number): number | undefined {
  const delimiter = /[>"'<]/g;
  delimiter.lastIndex = from;
  for (let found = delimiter.exec(body); found !== null; found = delimiter.exec(body)) {
    if (found[0] === '>') return found.index;
    if (found[0] === '<') return found.index - 1; // the tag was never ended
    const close = body.indexOf(found[0], delimiter.lastIndex);
    if (close === -1 || close - found.index > 4096) continue; // a lone apostrophe
    delimiter.lastIndex = close + 1;
  }
  return undefined;
}

function closes(body: string, at: number, name: string): boolean {
  return body.startsWith(name, at + 2) && /^[\s>]?$/.test(body.charAt(at + 2 + name.length));
}

function withoutCdata(text: string): string {
  return text.replaceAll('<![CDATA[', '').replaceAll(']]>', '');
}

const named: Readonly<Record<string, string | undefined>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replaceAll(
    /&(?:#x(?<hex>[0-9a-f]{1,6})|#(?<decimal>\d{1,7})|(?<name>[a-z]{2,4}));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? whole;
      const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}
