/** What a phone gets, shown: the files, where each value comes from, what changed. */
const origins = {
  'origin.row': 'The list, column “{column}”',
  'origin.recipe': 'The recipe, {path}[, with {columns} of the list]',
  'origin.builder': 'The recipe, {path} ({builder})[, with {columns} of the list]',
  'origin.factory': 'The bench’s own value is taken back: this is the factory’s',
  'origin.spelling': 'Written beside Admin_Password, for phones that spell it so',
  'origin.needs': 'The bench needs it while it works, and takes it back',
  'origin.mark': 'The bench’s mark: it tells whether the phone has exactly this file. It is made when the bench starts',
  'origin.key': 'Made by the bench for this phone',
} as const;

const window = {
  'preview.files': 'Files',
  'preview.view': 'Show',
  'preview.view.origins': 'Where it comes from',
  'preview.view.text': 'The file itself',
  'preview.file.bootstrap': 'First file',
  'preview.file.install': 'Key',
  'preview.file.model': 'Model',
  'preview.file.customer': 'Customer',
  'preview.file.device': 'Profile',
  'preview.file.handOff': 'Hand-off',
  'preview.reveal': 'Show passwords…',
  'preview.reveal.sure': 'Everybody who sees this screen can then read them. That they were shown goes into the journal of the phone.',
  'preview.reveal.yes': 'Show them',
  'preview.hide': 'Hide passwords',
  'preview.gzip': 'sent compressed',
  'preview.encrypted': 'sent encrypted',
  'preview.never': 'This file was never sent to this phone.',
  'preview.same': 'The same as it was served {time}.',
  'preview.since': 'Since it was served {time}: {changed} changed, {added} new[; no longer written: {gone}]. Marked below.',
  'preview.change.changed': 'changed',
  'preview.change.new': 'new',
  'preview.column.tag': 'Parameter',
  'preview.column.value': 'Value',
  'preview.column.origin': 'From',
  'preview.empty': 'empty',
  'preview.ua.ro': 'the user sees it',
  'preview.ua.rw': 'the user may change it',
} as const;

export const previews = { ...origins, ...window } as const;
