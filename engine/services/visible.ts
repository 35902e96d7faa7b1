/** Text from the network as it may be shown, journalled and printed on a terminal. */

/** At most `most` characters, control characters replaced by their pictures (U+2400 to U+2421) so that no terminal obeys them. */
export function visible(text: string, most: number): string {
  const cut = text.length > most ? text.slice(0, most) : text;
  return cut.toWellFormed().replaceAll(/\p{Cc}/gu, picture);
}

function picture(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}
