/** What a phone's problem is, and what to do. */
export const phoneTexts = {
  'phone.resync-failed':
    'the phone says it could not take its profile ({error}); it tries again by itself. If it stays so, unplug it and plug it in again',
  'phone.marker-differs': 'the phone holds another profile than the one it was sent. Unplug it and plug it in again',
  'phone.parameter-differs': 'the phone did not take {tags}. Check these values in the recipe',
  'phone.wrong-image': 'this phone runs firmware of another kind ({sign}) and takes no profile. Set it aside',
  'phone.other-model': 'the list says {expected}, the phone is a {seen}. Check the MAC and the model in the list',
  'phone.second-phone-with-this-mac': 'two phones show the same MAC, at {addresses}. Set both aside',
  'phone.reset-after-hand-off': 'the phone was reset after it was ready. It has to be prepared again, in a new job',
  'phone.silent-before-delivery': 'the phone fell silent before it took its profile. Check cable and power, then plug it in again',
  'phone.unproven': 'time ran out before it was proven; missing: {missing}. Plug it in again',
  'readBack.unauthorized':
    'the phone refuses the admin password of the list, so it cannot be checked. Reset it to factory settings and plug it in again',
  'readBack.unreachable': 'the phone’s web page does not answer. Check the cable',
  'readBack.timeout': 'the phone’s web page is too slow to answer; trying again',
  'readBack.http-status': 'the phone’s web page answers with status {status}',
  'readBack.not-a-configuration': 'what the phone’s web page shows is no configuration',
  'readBack.not-yet': 'the phone has not applied its profile yet',
  'handOff.incomplete': 'the hand-off is not complete: still there {left}, not as it should be {tags}',
  'file.reset': 'the phone broke off the transfer of {path}; it tries again',
  'file.timeout': 'the transfer of {path} stalled; the phone tries again',
  'file.error': 'the transfer of {path} failed; the phone tries again',
  'file.not-its-own': 'it asked for the profile of another phone ({path}) and was refused',
  'file.outside': 'it asked for a file outside the folder ({path}) and was refused',
  'file.write': 'it tried to write {path} and was refused',
  'identity.disagrees': 'it says it is another phone than its address belongs to ({claims}). Look at the label',
} as const;
