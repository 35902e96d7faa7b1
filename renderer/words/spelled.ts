/** Addresses as people read them. */

/** `00562b043615` as on labels: `00:56:2B:04:36:15`. */
export function spellMac(mac: string): string {
  return mac.toUpperCase().replaceAll(/(..)(?!$)/g, '$1:');
}

/** True for a MAC as the contract writes it. */
export function isMac(text: string): boolean {
  return /^[0-9a-f]{12}$/.test(text);
}
