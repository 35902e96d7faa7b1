/**
 * Text that somebody on the network chose: host names, User-Agents, syslog, paths. It is only ever shown as text; here it also
 * loses its power over the screen. Control characters and those that reorder or hide text become their numbers.
 */

/** Unicode's bidirectional controls (UAX 9) and characters that take no room. */
const hidden = /[\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;
/** Control characters, and the pictures the engine already made of them: few fonts have those. */
const control = /[\p{Cc}\u2400-\u2421]/gu;
const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** The text with everything in it visible; where it runs from right to left it is isolated, so that it moves nothing beside it. */
export function harmless(text: string): string {
  const shown = text.toWellFormed().replaceAll(control, numbered).replaceAll(hidden, numbered);
  return rightToLeft.test(shown) ? `\u2068${shown}\u2069` : shown;
}

/** The first characters of a text; never half of one. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function numbered(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const meant = code === 0x2421 ? 0x7f : code >= 0x2400 && code < 0x2421 ? code - 0x2400 : code;
  return `⟦U+${meant.toString(16).toUpperCase().padStart(4, '0')}⟧`;
}
