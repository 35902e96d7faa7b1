/** What may stand in a user name, a number and a label: a sign too many would end the value early, and the phone would not say so. */
import { shown } from '../../../profiles/problems.js';
import { error, type Finding } from '../findings.js';

/** RFC 3261 section 25.1, `user`, without `;` and `$`, which mean something to the phone. */
const userForm = /^[A-Za-z0-9_.!~*'()&=+,?/%-]{1,63}$/;
/** A user or number, and perhaps the server it is at; digits after a comma are dialled once the call is up. */
const numberForm = /^[A-Za-z0-9_.!~*'()&+,?/%#-]{1,63}(?:@[A-Za-z0-9._-]+(?::\d{1,5})?)?$/;

export function checkUser(text: string): Finding[] {
  return text === '' || userForm.test(text) ? [] : [error('parameter.user', { value: shown(text) })];
}

export function checkNumber(text: string): Finding[] {
  return text === '' || numberForm.test(text) ? [] : [error('parameter.number', { value: shown(text) })];
}

export function checkLabel(text: string): Finding[] {
  return /[;"$\p{Cc}]/u.test(text) ? [error('parameter.label', { value: shown(text) })] : [];
}

/** `2001` at the line's own server, `2001@pbx.example` at another. */
export function atProxy(number: string): string {
  return number.includes('@') ? number : `${number}@$PROXY`;
}
