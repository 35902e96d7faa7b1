/**
 * Tags of a provisioning server in a value: `%BWLINEPORT-1%` of BroadWorks, and tags of its operator's own (`%SBC_ADDRESS%`), which are
 * written the same way. What a tag comes to on the server nobody here knows; for the well-known ones a column of the list is proposed.
 */

/** Three characters at least, so that `%AB%CD` of an address stays one. */
const form = /%(?<name>BW[A-Za-z0-9_.-]{1,62}|[A-Z][A-Z0-9_.-]{2,63})%/g;

/** The tags of a text, in order, as written. */
export function serverTagsIn(text: string): readonly string[] {
  return [...text.matchAll(form)].map(([tag]) => tag);
}

/** Puts texts in the place of tags; one that is not among them stays. No blanks stay behind at the ends where one was left out. */
export function replaceServerTags(text: string, texts: Readonly<Record<string, string>>): string {
  const replaced = text.replaceAll(form, (tag) => (Object.hasOwn(texts, tag) ? (texts[tag] ?? tag) : tag));
  return serverTagsIn(text).some((tag) => texts[tag] === '') ? replaced.trim() : replaced;
}

/** True where one was begun and never ended. */
export function hasBrokenTag(text: string): boolean {
  return /%BW/.test(text.replaceAll(form, ''));
}

/** True for a tag whose value is nobody's to read: it can become a column alone. */
export function isSecretTag(tag: string): boolean {
  return /PASSW|PWD|SECRET|PIN%$/i.test(tag);
}

/** By name without the number of the line. */
const columns: Readonly<Record<string, string>> = {
  BWMACADDRESS: 'mac',
  BWLINEPORT: 'user',
  BWAUTHUSER: 'auth_id',
  BWAUTHPASSWORD: 'sip_password',
  BWEXTENSION: 'extension',
  BWCLID: 'name',
  BWNAME: 'name',
  BWDISPLAYNAMELINEPORT: 'name',
  BWFIRSTNAME: 'first_name',
  BWLASTNAME: 'last_name',
  BWUSERID: 'user_id',
  BWPN: 'phone_number',
  BWE164: 'phone_number',
  'BWVOICE-PORTAL-NUMBER': 'voice_portal',
  BWDEVICEACCESSUSERNAME: 'device_user',
  BWDEVICEACCESSPASSWORD: 'device_password',
};

/** What a tag most likely is to become: `{{extension}}`, `{{extension_2}}` for a second line; null where only its owner knows. */
export function proposalFor(tag: string): string | null {
  const name = tag.slice(1, -1);
  const line = /^(?<base>.+)-(?<line>\d{1,2})$/.exec(name)?.groups;
  const base = line?.['base'] ?? name;
  const column = Object.hasOwn(columns, base) ? columns[base] : undefined;
  if (column !== undefined) return `{{${column}${line === undefined || Number(line['line']) === 1 ? '' : `_${Number(line['line'])}`}}}`;
  return isSecretTag(tag) ? `{{${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}}}` : null;
}
