/** The words of the board: states, evidence, verdicts (design: the life of one phone; observations, evidence, verdict). */

/** In the order in which a phone earns them. */
export const evidenceNames = ['lease', 'delivery', 'word', 'readBack', 'handOff'] as const;
export type EvidenceName = (typeof evidenceNames)[number];

/** When each was proven, ISO 8601; absent while it is not. */
export type Evidence = Readonly<Partial<Record<EvidenceName, { readonly at: string }>>>;

/** Where a phone is, in the order of its life. */
export const states = ['expected', 'leased', 'bootstrap', 'firmware', 'device', 'verify', 'handOff', 'handedOff'] as const;
export type State = (typeof states)[number];

export const verdictKinds = ['pass', 'unverified', 'fail', 'pending'] as const;
export type VerdictKind = (typeof verdictKinds)[number];
