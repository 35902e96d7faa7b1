/**
 * One observation more: `advance(device, entry) -> device`, pure. Folding the journal with it gives the board, today and after a crash.
 *
 * A phone that boots again before its hand-off was delivered begins anew: what it proved was proven of a phone that is gone.
 * Once the hand-off is delivered the earlier evidence stands, for then the phone reboots by right and may not come back for it.
 */
import type { Evidence, EvidenceName } from '../contract/evidence.js';
import type { Fact, Journalled, Purpose, SharedPart } from '../contract/observation.js';
import { type Device, isFinal, isLeaving, isProven, newDevice, stateOf } from './device.js';
import type { Contradiction } from './verdict.js';

/** Folds one journal entry into its device. */
export function advance(device: Device, entry: Journalled): Device {
  const seen: Device = isFromPhone(entry.fact) ? { ...device, lastSeen: entry.at } : device;
  const next = fold(seen, entry);
  if (cameFurther(device, next)) return withoutOverdue({ ...next, since: entry.at, failures: 0 });
  return next.failures > device.failures && next.failures <= patientFailures ? { ...next, since: entry.at } : next;
}

/** A phone retries after a failure with growing pauses; so many of them are waited for. */
const patientFailures = 5;

function fold(device: Device, { at, fact }: Journalled): Device {
  switch (fact.kind) {
    case 'bound':
      return bound(device, fact, at);
    case 'unbound':
      return { ...anew(device, fact.revision, at), row: null };
    case 'keysRotated':
      return rotated(device, fact.turn);
    case 'recognised':
      return recognised(device, fact);
    case 'dhcpDiscover':
      return booted(device);
    case 'dhcpAck':
      return leased(fact.clientState === 'init-reboot' ? booted(device) : device, fact.address, at);
    case 'arpSeen':
      return leased(device, fact.address, at);
    case 'fileAsked':
      return asked(device, fact);
    case 'fileDelivered':
      return delivered(device, fact, at);
    case 'fileBroken':
      return troubled(fact.purpose === 'handOff' ? withoutLeaving(device) : device, fact);
    case 'word':
      return word(device, fact, at);
    case 'readBack':
      return readBack(device, fact, at);
    case 'wrongImage':
      return against(device, 'wrong-image', { sign: fact.sign });
    case 'secondPhone':
      return against(device, 'second-phone-with-this-mac', { addresses: fact.addresses.join(', ') });
    case 'overdue':
      return stateOf(device) === 'handedOff' ? device : { ...device, overdue: true };
    default:
      return troubled(device, fact);
  }
}

function troubled(device: Device, fact: Fact): Device {
  const trouble = troubleIn(fact);
  return trouble === undefined ? device : { ...(trouble.code === 'file.other-directory' ? withoutKey(device) : device), trouble };
}

/** What went wrong by a fact that speaks neither for nor against the phone. */
function troubleIn(fact: Fact): Device['trouble'] {
  switch (fact.kind) {
    case 'readBackFailed':
      return {
        code: `readBack.${fact.because}`,
        params: { stage: fact.stage, ...(fact.status === undefined ? {} : { status: fact.status }) },
      };
    case 'dhcpIgnored':
      return fact.because === 'pool-exhausted' ? { code: 'dhcp.pool-exhausted', params: {} } : undefined;
    case 'fileBroken':
      return fact.purpose === 'folder' ? undefined : { code: `file.${fact.because}`, params: { path: fact.path } };
    case 'fileMissing':
      return fact.wanted === undefined ? undefined : { code: 'file.firmware-missing', params: { path: fact.path } };
    case 'fileRefused':
      return fact.because === 'handed-off' ? undefined : { code: `file.${fact.because}`, params: { path: fact.path } };
    case 'askedByStranger':
      return { code: 'file.asked-by-stranger', params: { path: fact.path, address: fact.address } };
    case 'identityDisagrees': {
      const claims = fact.claims.map(({ source, mac }) => `${source} ${mac}`).join(', ');
      return { code: 'identity.disagrees', params: { by: fact.by, claims } };
    }
    default:
      return undefined;
  }
}

/** A row is its own now; what was proven before was proven without it, or of an earlier revision. */
function bound(device: Device, { row, model, terms, revision = 1 }: Fact & { kind: 'bound' }, at: string): Device {
  if (device.row !== null && revision > device.revision) return { ...anew(device, revision, at), row, model, terms };
  const unproven = withoutParts(withoutEvidence(device, ['delivery', 'word', 'readBack', 'handOff']));
  return { ...withoutKey(unproven), row, model, terms, revision };
}

/**
 * Everything is to be earned once more. A phone that was handed off has left: it is expected, as if never seen. Any other stands on the
 * bench with its address and fetches what is new, its key first: how files are encrypted may be new, too, and a key of another form opens none.
 */
function anew(device: Device, revision: number, at: string): Device {
  const { row, model, keyTurn, provenTurn } = device;
  const turns = { ...(keyTurn === undefined ? {} : { keyTurn }), ...(provenTurn === undefined ? {} : { provenTurn }) };
  const fresh = { ...newDevice(device.mac, at), revision, row, model, ...turns };
  if (device.evidence.handOff !== undefined || device.handOffDelivered !== undefined) return fresh;
  const { lease } = device.evidence;
  return {
    ...fresh,
    ...(device.firmware === undefined ? {} : { firmware: device.firmware }),
    address: device.address,
    evidence: lease === undefined ? {} : { lease },
    bootstrapAsked: device.bootstrapAsked,
    lastSeen: device.lastSeen,
  };
}

/**
 * It is to have other keys: what it proved was proven with the ones before. It keeps those, so it fetches what brings the new ones by
 * itself; a file that is on its way now is an old one and proves nothing. Known already, or too late, it changes nothing.
 */
function rotated(device: Device, turn: number): Device {
  if (turn <= (device.keyTurn ?? 0) || isLeaving(device)) return device;
  return { ...withoutTrouble(withoutEvidence(device, ['delivery', 'word', 'readBack'])), deviceAsked: false, keyTurn: turn };
}

/** The phone's own software came up: before the hand-off everything is to be earned again. */
function booted(standing: Device): Device {
  if (standing.handOffDelivered !== undefined || standing.evidence.handOff !== undefined) return standing;
  const device = withoutParts(withoutLeaving(standing));
  const forgotten = withoutTrouble(withoutEvidence(device, ['lease', 'delivery', 'word', 'readBack']));
  return device.bootstrapAsked || device.deviceAsked ? { ...forgotten, bootstrapAsked: false, deviceAsked: false } : forgotten;
}

function leased(device: Device, address: string, at: string): Device {
  const known = device.trouble?.code === 'dhcp.pool-exhausted' ? withoutTrouble(device) : device;
  const proven = proves(known, 'lease', at);
  return proven.address === address ? proven : { ...proven, address };
}

/** It does not know where its file lies, so it has not the key (any more): it gets it anew. */
function withoutKey(device: Device): Device {
  const { installed: _installed, ...rest } = device;
  return rest;
}

/** The hand-off did not come through. */
function withoutLeaving(device: Device): Device {
  if (device.handOffAsked === undefined) return device;
  const { handOffAsked: _broken, ...rest } = device;
  return rest;
}

function recognised(before: Device, { model, by, firmware }: Fact & { kind: 'recognised' }): Device {
  const device = firmware === undefined || firmware === before.firmware ? before : { ...before, firmware };
  if (device.model === null) return { ...device, model };
  const contrary = device.row !== null && device.model !== model && by !== 'fileName';
  return contrary ? against(device, 'other-model', { expected: device.model, seen: model }) : device;
}

function asked(device: Device, fact: Fact & { kind: 'fileAsked' }): Device {
  if (fact.purpose === 'device') return { ...device, deviceAsked: true };
  if (fact.purpose === 'handOff') return isProven(device) ? { ...device, handOffAsked: true } : device;
  if (fact.purpose !== 'bootstrap') return device;
  if (!device.terms.leavesBench) return { ...device, bootstrapAsked: true };
  // It should ask the customer's server by now. Handed off: it was reset since. Only delivered: it did not take it.
  if (device.evidence.handOff !== undefined) return against(device, 'reset-after-hand-off', {});
  if (device.handOffDelivered === undefined) return { ...device, bootstrapAsked: true };
  const { handOffDelivered: _taken, ...rest } = withoutEvidence(device, ['delivery', 'word', 'readBack']);
  return { ...rest, bootstrapAsked: true, deviceAsked: false };
}

function delivered(device: Device, fact: Fact & { kind: 'fileDelivered' }, at: string): Device {
  // What was asked for before the last boot was delivered to a phone that has forgotten it.
  if (fact.purpose === 'install') return withoutFileTrouble({ ...device, installed: at });
  if (fact.purpose === 'part' && fact.part !== undefined) return withPart(device, fact.part);
  if (fact.purpose === 'device') return device.deviceAsked ? deliveredWhole(device, at) : device;
  if (fact.purpose !== 'handOff' || !isProven(device)) return device;
  const after = withoutTrouble({ ...device, handOffDelivered: device.handOffDelivered ?? at });
  return device.terms.readableAfter ? after : proves(after, 'handOff', at);
}

/** Its configuration is delivered when the files it shares with others are, too: those come before its own in each of its passes. */
function deliveredWhole(device: Device, at: string): Device {
  const taken = device.partsTaken ?? [];
  const lacks = (device.terms.parts ?? []).filter((part) => !taken.includes(part));
  if (lacks.length === 0) return withoutFileTrouble(proves(sinceFailure(device), 'delivery', at));
  const again = device.partsLacked === true;
  return {
    ...device,
    partsLacked: true,
    ...(again ? { trouble: { code: 'file.part-missing', params: { parts: lacks.join(', ') } } } : {}),
  };
}

function withPart(device: Device, part: SharedPart): Device {
  const taken = device.partsTaken ?? [];
  return taken.includes(part) ? device : { ...device, partsTaken: [...taken, part] };
}

function withoutParts(device: Device): Device {
  if (device.partsTaken === undefined && device.partsLacked === undefined) return device;
  const { partsTaken: _taken, partsLacked: _lacked, ...rest } = device;
  return rest;
}

function sinceFailure(device: Device): Device {
  return device.contradiction?.kind === 'resync-failed' ? { ...device, deliveredSinceFailure: true } : device;
}

function word(device: Device, fact: Fact & { kind: 'word' }, at: string): Device {
  if (fact.step !== 'resync' || device.row === null || device.handOffDelivered !== undefined) return device;
  if (fact.outcome === 'failed') {
    const { deliveredSinceFailure: _older, ...before } = device;
    const failed = against(before, 'resync-failed', fact.error === undefined ? {} : { error: fact.error });
    return { ...withoutEvidence(failed, ['word']), failures: device.failures + 1 };
  }
  if (fact.outcome !== 'successful' || (fact.purpose !== undefined && notTheDeviceFile.has(fact.purpose))) return device;
  if (!device.deviceAsked) return device; // a copy of an old line: nothing was fetched since it booted
  // The line of a whole pass may name the file after its own: then it counts for what was delivered with no failure since (design, section 5).
  const named = fact.purpose === 'device';
  const failed = device.contradiction?.kind === 'resync-failed' && device.deliveredSinceFailure === undefined;
  if (!named && (device.evidence.delivery === undefined || failed)) return device;
  return proves(cleared(device, ['resync-failed']), 'word', at);
}

const notTheDeviceFile: ReadonlySet<Purpose> = new Set(['bootstrap', 'install', 'part', 'folder']);

function readBack(device: Device, fact: Fact & { kind: 'readBack' }, at: string): Device {
  const tags = { tags: fact.differing.join(', ') };
  if (fact.stage === 'handOff') {
    if (device.handOffDelivered === undefined) return device;
    if (fact.left.length === 0 && fact.differing.length === 0) return proves(withoutTrouble(device), 'handOff', at);
    return { ...device, trouble: { code: 'handOff.incomplete', params: { left: fact.left.join(', '), ...tags } } };
  }
  if (device.handOffDelivered !== undefined || device.evidence.delivery === undefined) return device;
  if (fact.marker === 'equal' && fact.differing.length === 0) {
    const { ignored: _before, ...proven } = proves(
      withoutTrouble(cleared(device, ['marker-differs', 'parameter-differs'])),
      'readBack',
      at,
    );
    const known = { ...proven, provenTurn: device.keyTurn ?? 0 };
    return fact.ignored === undefined ? known : { ...known, ignored: fact.ignored };
  }
  const without = withoutEvidence(device, ['readBack']);
  // Until it says so itself, it may not have applied the file yet.
  if (device.evidence.word === undefined) return { ...without, trouble: { code: 'readBack.not-yet', params: tags } };
  return fact.marker === 'equal'
    ? against(without, 'parameter-differs', tags)
    : against(without, 'marker-differs', { marker: fact.marker });
}

function proves(device: Device, name: EvidenceName, at: string): Device {
  return device.evidence[name] === undefined ? { ...device, evidence: { ...device.evidence, [name]: { at } } } : device;
}

function withoutEvidence(device: Device, names: readonly EvidenceName[]): Device {
  if (!names.some((name) => device.evidence[name] !== undefined)) return device;
  const kept = Object.entries(device.evidence).filter(([name]) => !names.some((dropped) => dropped === name));
  return { ...device, evidence: Object.fromEntries(kept) satisfies Evidence };
}

/** A contradiction that nothing clears stays; others give way to the newer. */
function against(device: Device, kind: Contradiction, params: Readonly<Record<string, string | number>>): Device {
  const stays = device.contradiction !== undefined && isFinal(device.contradiction.kind);
  return stays ? device : { ...device, contradiction: { kind, params } };
}

function cleared(device: Device, kinds: readonly Contradiction[]): Device {
  if (device.contradiction === undefined || !kinds.includes(device.contradiction.kind)) return device;
  const { contradiction: _cleared, ...rest } = device;
  return rest;
}

function withoutTrouble(device: Device): Device {
  if (device.trouble === undefined) return device;
  const { trouble: _trouble, ...rest } = device;
  return rest;
}

/** A file that came after all: earlier broken transfers are forgotten, what a read-back told is not. */
function withoutFileTrouble(device: Device): Device {
  return device.trouble?.code.startsWith('file.') === true ? withoutTrouble(device) : device;
}

function withoutOverdue(device: Device): Device {
  return device.overdue ? { ...device, overdue: false } : device;
}

/** A step further, or back to the start: either way its time begins anew. */
function cameFurther(before: Device, after: Device): boolean {
  return (
    stateOf(before) !== stateOf(after) ||
    before.handOffDelivered !== after.handOffDelivered ||
    (before.installed === undefined && after.installed !== undefined) ||
    (before.lastSeen === null && after.lastSeen !== null)
  );
}

/** Facts the phone itself caused, as opposed to the clock's and the bench's own. */
function isFromPhone(fact: Fact): boolean {
  return (
    fact.kind !== 'bound' &&
    fact.kind !== 'unbound' &&
    fact.kind !== 'secretsShown' &&
    fact.kind !== 'keysRotated' &&
    fact.kind !== 'overdue' &&
    fact.kind !== 'resyncAsked' &&
    fact.kind !== 'readBackFailed' &&
    fact.kind !== 'askedByStranger'
  );
}
