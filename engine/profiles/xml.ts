/**
 * XML 1.0 out: a small typed serializer, because phones' parsers are fussy and order, quoting, line ends and encoding must be ours.
 *
 * Writes UTF-8 without byte-order mark, LF, one child element a line, attributes in the order given, all five entities escaped.
 * Characters that XML 1.0 cannot hold (production [2] Char: most control characters, lone surrogates) are refused, never written.
 */
export type Element = {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly content?: string | readonly Element[];
};

export type WrittenXml =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly code: 'forbidden-character' | 'bad-name'; readonly element: string };

/** XML 1.0 section 2.3, without the colon that namespaces have taken, within ASCII. */
const nameForm = /^[A-Za-z_][\w.-]{0,127}$/;
const special = /[&<>"'\r\n\t]/;
const bent = /[\r\n\t]/;

export type WrittenElement = { readonly ok: true; readonly text: string } | Exclude<WrittenXml, { ok: true }>;

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Writes a document; the same value always gives the same bytes. */
export function writeXml(root: Element): WrittenXml {
  const written = writeElement(root, '');
  return written.ok ? { ok: true, bytes: Buffer.from(declaration + written.text, 'utf8') } : written;
}

/** Writes an element and its line end, as `writeXml` would at this indent: for documents whose parts are used again. */
export function writeElement(element: Element, indent: string): WrittenElement {
  return findBad(element) ?? { ok: true, text: write(element, indent) };
}

/** A document of elements that are written already, each at the indent of a child. */
export function documentOf(root: string, children: string): string {
  return children === '' ? `${declaration}<${root}/>\n` : `${declaration}<${root}>\n${children}</${root}>\n`;
}

/** True when a text can stand in XML 1.0 at all (section 2.2). */
export function isXmlText(text: string): boolean {
  if (plainText.test(text)) return true;
  if (!text.isWellFormed()) return false;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if ((point < 0x20 && point !== 0x09 && point !== 0x0a && point !== 0x0d) || point === 0xfffe || point === 0xffff) return false;
  }
  return true;
}

/** True for a name an element may have here. */
export function isElementName(name: string): boolean {
  if (goodNames.has(name)) return true;
  if (!nameForm.test(name)) return false;
  if (goodNames.size < mostNames) goodNames.add(name);
  return true;
}

/** Names found good before: profiles by the thousand have the same ones. */
const goodNames = new Set<string>();
const mostNames = 10_000;
/** Characters of the Basic Multilingual Plane that need no second look. */
const plainText = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd]*$/;

function findBad({ name, attributes, content = '' }: Element): Exclude<WrittenXml, { ok: true }> | undefined {
  if (!isElementName(name)) return { ok: false, code: 'bad-name', element: name.slice(0, 128) };
  for (const attribute in attributes) {
    if (!isElementName(attribute)) return { ok: false, code: 'bad-name', element: name };
    if (!isXmlText(attributes[attribute] ?? '')) return { ok: false, code: 'forbidden-character', element: name };
  }
  if (typeof content === 'string') return isXmlText(content) ? undefined : { ok: false, code: 'forbidden-character', element: name };
  for (const child of content) {
    const bad = findBad(child);
    if (bad !== undefined) return bad;
  }
  return undefined;
}

function write({ name, attributes, content = '' }: Element, indent: string): string {
  let head = `${indent}<${name}`;
  for (const key in attributes) head += ` ${key}="${escapeXml(attributes[key] ?? '')}"`;
  if (content.length === 0) return `${head}/>\n`;
  if (typeof content === 'string') return `${head}>${escapeXml(content)}</${name}>\n`;
  let inside = '';
  for (const child of content) inside += write(child, `${indent}  `);
  return `${head}>\n${inside}${indent}</${name}>\n`;
}

/** A text as it stands in an element or between quotes. */
export function escapeXml(text: string): string {
  if (!special.test(text)) return text;
  let written = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  written = written.replaceAll("'", '&apos;'); // one character after the other takes half the time of all at once
  // A bare CR would be read back as LF (section 2.11); tab and line ends in attributes as blanks (section 3.3.3).
  return bent.test(written) ? written.replaceAll(/[\r\n\t]/g, (c) => `&#${c.charCodeAt(0)};`) : written;
}
