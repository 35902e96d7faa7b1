/** What a pack reads out of an observation: the MACs a file name or User-Agent claims, the model, the sign of a wrong image. */
import type { Mac } from '../contract/mac.js';
import type { Claim, Fact, Observation } from '../contract/observation.js';
import type { Asked, Pack } from '../phones/pack.js';

/** The observation with its claims, and the facts that follow from it. */
export type Enriched = { readonly observation: Observation; readonly follows: readonly Fact[] };

/** What names mean to a bench, and the family that knows it. */
type Reading = { readonly pack: Pack; readPath(path: string): Asked | undefined };

export function enrich(reading: Reading, observation: Observation): Enriched {
  const { pack } = reading;
  const { fact, sender } = observation;
  switch (fact.kind) {
    case 'dhcpDiscover':
    case 'dhcpAck':
      return { observation, follows: sender.mac === undefined ? [] : fromDhcp(pack, sender.mac, fact) };
    case 'fileDelivered':
      return { observation: claimedByPath(reading, withItsPart(reading, observation, fact), fact.path), follows: [] };
    case 'fileBroken':
    case 'word':
      return { observation: fact.path === undefined ? observation : claimedByPath(reading, observation, fact.path), follows: [] };
    case 'fileAsked':
    case 'fileMissing':
    case 'fileRefused':
      return fromRequest(reading, observation, fact.path, 'userAgent' in fact ? fact.userAgent : undefined);
    default:
      return { observation, follows: [] };
  }
}

function fromDhcp(pack: Pack, mac: Mac, { vendorClass, hostName }: { readonly vendorClass?: string; readonly hostName?: string }): Fact[] {
  const recognised = pack.recognise({
    mac,
    ...(vendorClass === undefined ? {} : { vendorClass }),
    ...(hostName === undefined ? {} : { hostName }),
  });
  if (recognised.kind === 'wrong-image') return [{ kind: 'wrongImage', sign: recognised.sign }];
  return recognised.kind === 'phone' && recognised.model !== undefined
    ? [{ kind: 'recognised', model: recognised.model, by: 'vendorClass' }]
    : [];
}

/** Which of the shared files it was. */
function withItsPart(reading: Reading, observation: Observation, fact: Fact & { kind: 'fileDelivered' }): Observation {
  const asked = fact.purpose === 'part' ? reading.readPath(fact.path) : undefined;
  return asked?.purpose === 'part' ? { ...observation, fact: { ...fact, part: asked.part } } : observation;
}

/** The MAC a path names is the phone it is about: a line or a transfer that names another phone is not this one's. */
function claimedByPath(reading: Reading, observation: Observation, path: string): Observation {
  const asked = reading.readPath(path);
  if (asked === undefined || !('mac' in asked) || asked.mac === undefined) return observation;
  const claims: Claim[] = [...(observation.sender.claims ?? []), { source: 'fileName', mac: asked.mac }];
  return { ...observation, sender: { ...observation.sender, claims } };
}

function fromRequest(reading: Reading, observation: Observation, path: string, userAgent: string | undefined): Enriched {
  const asked = reading.readPath(path);
  const agent = userAgent === undefined ? undefined : reading.pack.readUserAgent(userAgent);
  const claims: Claim[] = [...(observation.sender.claims ?? [])];
  if (agent?.mac !== undefined) claims.push({ source: 'userAgent', mac: agent.mac });
  if (asked !== undefined && 'mac' in asked && asked.mac !== undefined) claims.push({ source: 'fileName', mac: asked.mac });
  const follows: Fact[] = [];
  if (asked?.purpose === 'wrong-image') follows.push({ kind: 'wrongImage', sign: asked.sign });
  else if (agent !== undefined) follows.push({ kind: 'recognised', model: agent.model, by: 'userAgent', firmware: agent.version });
  else if (asked?.purpose === 'bootstrap' && asked.model !== undefined)
    follows.push({ kind: 'recognised', model: asked.model, by: 'fileName' });
  const { fact, sender } = observation;
  // That a rule of the recipe names it makes a file that is not there something a person should know of.
  const known: Fact = fact.kind === 'fileMissing' && asked?.purpose === 'firmware' ? { ...fact, wanted: 'firmware' } : fact;
  return { observation: { ...observation, sender: { ...sender, claims }, fact: known }, follows };
}
