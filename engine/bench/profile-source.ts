/**
 * Profiles on demand, and the interlock "only its own": what a request may have, by who asks and how far that phone is.
 *
 * A file with secrets goes only to the address leased to its MAC (without own DHCP: whose ARP entry is that MAC), and never
 * again once the phone is handed off. Profiles are rendered when asked for and not kept.
 */
import type { Mac } from '../contract/mac.js';
import type { Purpose } from '../contract/observation.js';
import type { Asked, BenchAddress, Compiled, Made, NextFile } from '../phones/pack.js';
import { type KeyPair, type PhoneKeys, pairsPossible } from '../profiles/phone-keys.js';
import { type Device, isProven, stateOf } from '../roster/device.js';
import type { Whereabouts } from '../roster/identity.js';
import type { FileAnswer, FileRequest, FileSource } from '../services/files.js';
import type { Order } from './order.js';

type Account = NonNullable<Compiled['account']>;

export type ProfileSourceOptions = {
  readonly order: Order;
  readonly bench: BenchAddress;
  readonly whereabouts: Whereabouts;
  readonly device: (mac: Mac) => Device | undefined;
  /** A phone that the network knows asks for its first file: what that holds depends on its row, so it gets one now where it may. */
  readonly arrives?: (mac: Mac, model: string | undefined) => void;
  /** The `--files` folder, asked for every name that is no profile. */
  readonly folder?: FileSource;
};

export function profileSource(options: ProfileSourceOptions): FileSource {
  const { order, folder, bench } = options;
  order.servedAt(bench);
  return {
    find(request) {
      const asked = order.readPath(request.path);
      if (asked === undefined || asked.purpose === 'firmware') return folder?.find(request) ?? Promise.resolve({ kind: 'missing' });
      return Promise.resolve(answer(options, request, asked));
    },
  };
}

function answer(options: ProfileSourceOptions, request: FileRequest, asked: Exclude<Asked, { purpose: 'firmware' }>): FileAnswer {
  switch (asked.purpose) {
    case 'bootstrap':
      return bootstrap(options, request, asked);
    case 'part':
      return part(options, request, asked);
    case 'install':
    case 'device':
    case 'handOff':
      return own(options, request, asked);
    case 'report':
    case 'wrong-image':
      return { kind: 'missing' };
  }
}

/** Goes to whoever asks, and holds no secret but, for the phone the network knows, its own account; what it points at depends on how far the phone is. */
function bootstrap(options: ProfileSourceOptions, request: FileRequest, asked: Asked & { purpose: 'bootstrap' }): FileAnswer {
  const { order, bench, whereabouts } = options;
  const holder = whereabouts.leased(request.from) ?? whereabouts.neighbour(request.from);
  if (holder !== undefined) options.arrives?.(holder, order.pack.readUserAgent(request.userAgent ?? '')?.model ?? asked.model);
  const { mac, device, model, recipe, encryption } = whoAsks(options, holder ?? asked.mac, asked.model);
  const compiled = holder === undefined ? undefined : order.of(holder)?.compiled;
  const next = nextOf(device, encryption !== undefined, compiled === undefined || !order.pack.joined(compiled));
  const account = accountOf(order, holder, request);
  const own = { ...(account === undefined ? {} : { account }), encryption, compiled };
  const made = order.pack.bootstrap(recipe, bench, order.transport(mac, model), next, own);
  return bytes(order.packed(made, model, recipe), 'bootstrap', mac);
}

/** What is known of whoever asks for a first file, by its MAC or by the name of the file alone. */
function whoAsks({ order, device: deviceOf }: ProfileSourceOptions, mac: Mac | undefined, named: string | undefined) {
  const device = mac === undefined ? undefined : deviceOf(mac);
  const model = named ?? device?.model ?? undefined;
  const recipe = (mac === undefined ? undefined : order.of(mac)?.recipe) ?? order.recipe;
  const encryption = order.pack.encryption(recipe, (mac === undefined ? undefined : order.modelOf(mac)) ?? model);
  return { mac, device, model, recipe, encryption };
}

/** Only over HTTP: a phone that came by TFTP is told on its next way, and what it asks for is not read by others meanwhile. */
function accountOf(order: Order, holder: Mac | undefined, { transport }: FileRequest): Account | undefined {
  return holder === undefined || transport !== 'http' ? undefined : order.of(holder)?.compiled.account;
}

/**
 * `encrypted`: its own files are, so that it needs a key before it can read any, and knows from the start where its hand-off will be.
 * `moves`: where they are not, a rule is moved to the hand-off.
 */
function nextOf(device: Device | undefined, encrypted: boolean, moves: boolean): NextFile {
  const first = encrypted && device?.installed === undefined ? 'install' : 'device';
  if (device === undefined) return first;
  if (stateOf(device) === 'handedOff') return 'nothing';
  if (device.handOffDelivered !== undefined) return device.terms.leavesBench ? first : 'nothing'; // it comes back: the hand-off did not take
  return isProven(device) && moves && !encrypted ? 'handOff' : first;
}

/**
 * What phones share, without a secret: for each phone of the job what its own row leaves to it, until it has left. Whoever has nothing here
 * gets an empty profile and never a 404, which would stop the rules behind it (facts section 2.2); a phone whose files are encrypted gets
 * that, too, under its own key.
 */
function part(
  { order, whereabouts, device: deviceOf }: ProfileSourceOptions,
  request: FileRequest,
  asked: Asked & { purpose: 'part' },
): FileAnswer {
  const holder = whereabouts.leased(request.from) ?? whereabouts.neighbour(request.from);
  const prepared = holder === undefined ? undefined : order.of(holder);
  const device = holder === undefined ? undefined : deviceOf(holder);
  if (prepared?.compiled.parts === undefined) return bytes(order.packed(order.pack.empty(), undefined), 'empty', holder);
  const { compiled, recipe } = prepared;
  const pair = pairIn(compiled.keys, asked.directory, device);
  if (pair === 'none') return { kind: 'refused', because: 'other-directory' };
  if (device?.handOffDelivered !== undefined) return bytes(order.packed(order.pack.empty(), compiled.model, recipe, pair), 'empty', holder);
  const made = asked.model === undefined || asked.model === compiled.model ? order.pack.part(compiled, asked.part) : order.pack.empty();
  return bytes(order.packed(made, compiled.model, recipe, pair), 'part', holder);
}

function own(
  { order, bench, whereabouts, device: deviceOf }: ProfileSourceOptions,
  request: FileRequest,
  asked: Asked & { purpose: 'install' | 'device' | 'handOff' },
): FileAnswer {
  const holder = whereabouts.leased(request.from) ?? whereabouts.neighbour(request.from);
  if (holder !== asked.mac) return { kind: 'refused', because: 'not-its-own' };
  const device = deviceOf(asked.mac);
  if (device !== undefined && stateOf(device) === 'handedOff') return { kind: 'refused', because: 'handed-off' };
  const prepared = order.of(asked.mac);
  if (prepared === undefined || device === undefined) return bytes(order.pack.empty(), 'empty', asked.mac);
  const { recipe } = prepared;
  const { model, keys, account } = prepared.compiled;
  if (asked.purpose === 'install')
    return bytes(order.packed(order.pack.install(prepared.compiled, bench), model, recipe), 'install', asked.mac);
  // No other transport can ask for the account.
  if (account !== undefined && request.transport !== 'http') return { kind: 'refused', because: 'wrong-account' };
  const pair = pairIn(keys, asked.directory, device);
  if (pair === 'none') return { kind: 'refused', because: 'other-directory' };
  const packed = (made: Made): Made => order.packed(made, model, recipe, pair);
  const guarded = account === undefined ? {} : { account };
  if (asked.purpose === 'device' && !(isProven(device) && order.pack.joined(prepared.compiled))) {
    // A phone that fetched it since it booted may be told that it is still the same; before that, 304 would leave nothing to prove.
    const revalidates = device.evidence.delivery !== undefined;
    return { ...bytes(packed(order.deviceFile(prepared)), 'device', asked.mac), revalidates, ...guarded };
  }
  const [made, purpose] = isProven(device)
    ? [order.pack.handOff(prepared.compiled), 'handOff' as const]
    : [order.pack.empty(), 'empty' as const];
  return { ...bytes(packed(made), purpose, asked.mac), ...guarded };
}

/** The pair whose directory is named, of those it may have. A phone with keys gets nothing in the clear, one without knows no directory. */
function pairIn(keys: PhoneKeys | undefined, directory: string | undefined, device: Device | undefined): KeyPair | undefined | 'none' {
  if (keys === undefined) return directory === undefined ? undefined : 'none';
  return pairsPossible(keys, device?.provenTurn).find((pair) => pair.directory.reveal() === directory) ?? 'none';
}

function bytes(
  { bytes: content, contentType, contentEncoding }: Made,
  purpose: Exclude<Purpose, 'folder'>,
  subject: Mac | undefined,
): Extract<FileAnswer, { kind: 'bytes' }> {
  return {
    kind: 'bytes',
    bytes: content,
    contentType,
    ...(contentEncoding === undefined ? {} : { contentEncoding }),
    purpose,
    ...(subject === undefined ? {} : { subject }),
  };
}
