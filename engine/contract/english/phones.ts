/** What is wrong with a phone, and what to do; what it still lacks; where it is. */
import type { EvidenceName, State, VerdictKind } from '../evidence.js';

export const phoneTexts = {
  'phone.resync-failed':
    'the phone says that it could not take its profile[ ({error})]. It tries again by itself; if nothing changes, unplug it and plug it in again',
  'phone.marker-differs':
    'the phone holds another profile than the one it was sent. Unplug it and plug it in again. Twice the same: set it aside',
  'phone.parameter-differs':
    'the phone took its profile but not everything in it: {tags}. Plugging it in again seldom helps; show these names to whoever wrote the recipe',
  'phone.wrong-image':
    'the phone runs enterprise firmware (CUCM), which takes no profile of this kind. Set it aside: it has to be converted first',
  'phone.other-model': 'the list says {expected}, but the phone is a {seen}. Compare MAC and model in the list with its label',
  'phone.second-phone-with-this-mac': 'two phones show the same MAC, at {addresses}. Set both aside',
  'phone.reset-after-hand-off': 'the phone was ready, and was reset since. Prepare it again in a new job',
  'phone.silent-before-delivery':
    'the phone fell silent before it took its profile ({state}). Check cable and power; unplug it and plug it in again',
  'phone.ignores': 'ready to box, but its firmware {firmware} does not know {tags} and ignores it. Show this to whoever wrote the recipe',
  'phone.unproven': 'time ran out; what was not seen: {missing}. Unplug it and plug it in again. Twice the same: set it aside',
  'readBack.unauthorized':
    'the phone does not take the admin password of the list, so it cannot be checked. Reset it to factory settings and plug it in again',
  'readBack.unreachable':
    'the web page of the phone does not answer. It is asked again by itself; if it stays so, check its cable and plug it in again',
  'readBack.timeout':
    'the web page of the phone answers too slowly. It is asked again by itself; if it stays so, unplug it and plug it in again',
  'readBack.http-status': 'the web page of the phone refuses to show its settings[ (status {status})]. It is asked again by itself',
  'readBack.not-a-configuration': 'what the web page of the phone shows are not its settings. It is asked again by itself',
  'readBack.not-yet': 'the phone has not put its profile to use yet',
  'handOff.incomplete':
    'the phone was handed off, but not everything arrived.[ Of the bench, still there: {left}.][ Not as it should be: {tags}.] Unplug it and plug it in again',
  'file.reset': 'the phone broke off while fetching {path}. It tries again by itself; if it stays so, unplug it and plug it in again',
  'file.timeout': 'the phone stopped while fetching {path}. It tries again by itself; if it stays so, unplug it and plug it in again',
  'file.error': 'sending {path} to the phone failed. It tries again by itself; if it stays so, unplug it and plug it in again',
  'dhcp.pool-exhausted': 'there is no address left for it. Use a larger network for the bench',
  'file.asked-by-stranger': 'somebody at {address} asked for this phone’s file ({path}) and did not get it. See what is plugged in there',
  'file.not-its-own': 'it asked for the profile of another phone ({path}) and did not get it. Look at its label',
  'file.outside': 'it asked for a file that is not served ({path}) and did not get it',
  'file.write': 'it tried to write a file ({path}), which nobody may',
  'file.firmware-missing':
    'the recipe’s Upgrade_Rule leads the phone to {path}, which is not there. Put the load and the files beside it into the folder of --files',
  'file.part-missing':
    'the phone took its own file, but not yet what it shares with others ({parts}). It fetches all of them again by itself',
  'file.other-directory':
    'it asked for {path}, where its files do not lie: it has not got its key, or was reset since. It gets the key again by itself; wait',
  'file.wrong-account':
    'it asked for {path} with another user name or password than the recipe says, and did not get it. Unplug it and plug it in again',
  'file.handed-off': 'it asked for its profile again after it was ready, and did not get it. That is as it should be',
  'identity.disagrees': 'it says that it is another phone ({claims}) than the one its address belongs to. Look at its label',
} as const;

/** What a phone does in each state. */
export const stateWords: Readonly<Record<State, string>> = {
  expected: 'asks for an address',
  leased: 'has its address',
  bootstrap: 'asked for its first file',
  firmware: 'loads firmware',
  device: 'fetches its profile',
  verify: 'has its profile, is being checked',
  handOff: 'checked, is being handed off',
  handedOff: 'ready, unplug it and box it',
};

export const verdictWords: Readonly<Record<VerdictKind, string>> = { pass: 'PASS', unverified: 'UNPROVEN', fail: 'FAIL', pending: '' };

/** What each kind of evidence is, for a phone that lacks it. */
export const evidenceWords: Readonly<Record<EvidenceName, string>> = {
  lease: 'that it took an address',
  delivery: 'that it fetched its profile',
  word: 'its own word that it took it (does a firewall here block UDP 514?)',
  readBack: 'its settings as read back',
  handOff: 'its hand-off',
};
