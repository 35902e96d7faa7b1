/** DHCP options that have a name here (RFC 2132 and those of the phones). */
import { optionNames } from './en/looking.js';

export type OptionName = keyof typeof optionNames;

export function isOptionName(key: string): key is OptionName {
  return Object.hasOwn(optionNames, key);
}
