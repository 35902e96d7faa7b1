/** The columns of a list that the bench knows by a word of its own. */

/** What a row is about, as headings of our own. */
export const knownWords = [
  'mac',
  'model',
  'serial',
  'name',
  'extension',
  'user',
  'auth_id',
  'sip_password',
  'activation_code',
  'admin_password',
] as const;
export type KnownWord = (typeof knownWords)[number];
