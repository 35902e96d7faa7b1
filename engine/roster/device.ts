/** A device as the bench knows it: what the journal of its observations folds into. */
import type { Evidence, State } from '../contract/evidence.js';
import type { Mac } from '../contract/mac.js';
import type { SharedPart } from '../contract/observation.js';
import type { Params } from '../contract/problem.js';
import { type Contradiction, verdict, type Verdict } from './verdict.js';

/** What the hand-off of this phone's recipe means for proving it (fixed when the row is bound). */
type Terms = {
  /** False when its waiting parameters end reading: then delivery of the hand-off suffices. */
  readonly readableAfter: boolean;
  /** True when it leaves an absolute `Profile_Rule`: the phone then never asks for a bootstrap again. */
  readonly leavesBench: boolean;
  /** Files it shares with others that it has to be given beside its own; none unless its recipe wants them. */
  readonly parts?: readonly SharedPart[];
};

export type Device = {
  readonly mac: Mac;
  readonly row: number | null;
  /** The revision of the job its verdict belongs to. */
  readonly revision: number;
  readonly model: string | null;
  readonly address: string | null;
  /** The firmware it says it runs; absent while it has not said so. */
  readonly firmware?: string;
  /** Parameters of its row that this firmware does not know: what was proven is proven without them. */
  readonly ignored?: readonly string[];
  readonly terms: Terms;
  readonly evidence: Evidence;
  readonly contradiction?: { readonly kind: Contradiction; readonly params: Params };
  /** The last thing that went wrong without speaking against the phone: why a read-back gave nothing, say. */
  readonly trouble?: { readonly code: string; readonly params: Params };
  readonly overdue: boolean;
  readonly bootstrapAsked: boolean;
  readonly deviceAsked: boolean;
  /** Its own file was delivered once more after it had said that a resync failed: a success from now on is of that file. */
  readonly deliveredSinceFailure?: true;
  /** Shared files it was given since it booted. */
  readonly partsTaken?: readonly SharedPart[];
  /** It was given its own without them once: so it goes in the pass that brings its key, and never again. */
  readonly partsLacked?: true;
  /** When it got the file that puts a key into it; a phone keeps its key over a restart. */
  readonly installed?: string;
  /** Number of the keys it is to have, and of those it has proven last; over restarts and revisions, for it keeps them. The first are 0. */
  readonly keyTurn?: number;
  readonly provenTurn?: number;
  /** Its hand-off is on its way: it may be gone with it before the bench knows. */
  readonly handOffAsked?: true;
  /** When its hand-off file was delivered; the evidence before it then stands. */
  readonly handOffDelivered?: string;
  /** How often it said that a resync failed since it last came further: each earns it time for the retry it announces. */
  readonly failures: number;
  /** When it last came a step further, ISO 8601; deadlines count from here. */
  readonly since: string;
  /** When it was last seen at all; null while it is only expected. */
  readonly lastSeen: string | null;
};

/** A phone the rows name, or one that just appeared. */
export function newDevice(mac: Mac, at: string): Device {
  return {
    mac,
    row: null,
    revision: 1,
    model: null,
    address: null,
    terms: { readableAfter: true, leavesBench: false },
    evidence: {},
    overdue: false,
    bootstrapAsked: false,
    deviceAsked: false,
    failures: 0,
    since: at,
    lastSeen: null,
  };
}

/** Where the phone is in its life. */
export function stateOf(device: Device): State {
  const { evidence } = device;
  if (evidence.handOff !== undefined) return 'handedOff';
  if (isProven(device)) return 'handOff';
  if (evidence.delivery !== undefined) return 'verify';
  if (device.deviceAsked) return 'device';
  if (device.bootstrapAsked) return 'bootstrap';
  return evidence.lease === undefined ? 'expected' : 'leased';
}

/** It has shown that it has the keys it is to have. */
export function hasItsKeys({ keyTurn = 0, provenTurn }: Device): boolean {
  return provenTurn === keyTurn;
}

/** It has got its last file, or is getting it: it no longer listens to this bench. */
export function isLeaving(device: Device): boolean {
  return device.handOffAsked === true || device.handOffDelivered !== undefined || device.evidence.handOff !== undefined;
}

/** Everything but the hand-off is proven: the phone may be handed off. */
export function isProven({ evidence }: Device): boolean {
  return evidence.lease !== undefined && evidence.delivery !== undefined && evidence.word !== undefined && evidence.readBack !== undefined;
}

export function verdictOf(device: Device): Verdict {
  return verdict({
    evidence: device.evidence,
    overdue: device.overdue,
    ...(device.contradiction === undefined ? {} : { contradiction: device.contradiction.kind }),
  });
}

/** What a person should be told of this phone, if anything: a stable code and its parameters. */
export function problemOf(device: Device): { readonly code: string; readonly params: Params } | null {
  const judged = verdictOf(device);
  if (judged.kind === 'pass') return ignoring(device);
  if (judged.kind === 'pending' && device.trouble === undefined) return null;
  if (judged.kind === 'fail') {
    if (device.contradiction !== undefined) return { code: `phone.${device.contradiction.kind}`, params: device.contradiction.params };
    const telling = device.trouble !== undefined && causes.has(device.trouble.code) ? device.trouble : undefined;
    return telling ?? { code: `phone.${judged.because}`, params: { state: stateOf(device) } };
  }
  if (device.trouble !== undefined) return device.trouble;
  return judged.kind === 'unverified' ? { code: 'phone.unproven', params: { missing: judged.missing.join(', ') } } : null;
}

/** A phone that is ready, but for what its firmware does not know. */
function ignoring({ ignored = [], firmware = '' }: Device): ReturnType<typeof problemOf> {
  return ignored.length === 0 ? null : { code: 'phone.ignores', params: { tags: ignored.join(', '), firmware } };
}

/** Troubles that say why a phone fell silent; others are only what happened on the way. */
const causes: ReadonlySet<string> = new Set([
  'identity.disagrees',
  'file.not-its-own',
  'file.wrong-account',
  'file.part-missing',
  'dhcp.pool-exhausted',
]);

/** No more is to be expected of it: it passed, its time is over, or nothing it does can mend it. */
export function isSettled(device: Device): boolean {
  const judged = verdictOf(device);
  if (judged.kind === 'pass' || judged.kind === 'unverified') return true;
  return judged.kind === 'fail' && (device.overdue || isFinal(judged.because));
}

/** A contradiction that neither time nor retries clear. */
export function isFinal(kind: Contradiction): boolean {
  return final.has(kind);
}

const final: ReadonlySet<Contradiction> = new Set(['wrong-image', 'other-model', 'second-phone-with-this-mac', 'reset-after-hand-off']);
