/**
 * Profiles on demand, and the interlock "only its own": what a request may have, by who asks and how far that phone is.
 *
 * A file with secrets goes only to the address leased to its MAC (without own DHCP: whose ARP entry is that MAC), and never
 * again once the phone is handed off. Profiles are rendered when asked for and not kept.
 */
import type { Mac } from '../contract/mac.js';
import type { Asked, BenchAddress, Compiled, Made } from '../phones/pack.js';
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
  /** The `--files` folder, asked for every name that is no profile. */
  readonly folder?: FileSource;
};

export function profileSource(options: ProfileSourceOptions): FileSource {
  const { order, folder } = options;
  return {
    find(request) {
      const asked = order.pack.readPath(request.path);
      if (asked === undefined) return folder?.find(request) ?? Promise.resolve({ kind: 'missing' });
      return Promise.resolve(answer(options, request, asked));
    },
  };
}

function answer(options: ProfileSourceOptions, request: FileRequest, asked: Asked): FileAnswer {
  switch (asked.purpose) {
    case 'bootstrap':
      return bootstrap(options, request, asked);
    case 'device':
    case 'handOff':
      return own(options, request, asked);
    case 'report':
    case 'wrong-image':
      return { kind: 'missing' };
  }
}

/** Goes to whoever asks, and holds no secret but, for the phone the network knows, its own account; what it points at depends on how far the phone is. */
function bootstrap(
  { order, bench, whereabouts, device: deviceOf }: ProfileSourceOptions,
  request: FileRequest,
  asked: Asked & { purpose: 'bootstrap' },
): FileAnswer {
  const holder = whereabouts.leased(request.from) ?? whereabouts.neighbour(request.from);
  const mac = holder ?? asked.mac;
  const device = mac === undefined ? undefined : deviceOf(mac);
  const model = asked.model ?? device?.model ?? undefined;
  const made = order.pack.bootstrap(order.recipe, bench, order.transport(mac, model), nextOf(device), accountOf(order, holder, request));
  return bytes(order.packed(made, model), 'bootstrap', mac);
}

/** Only over HTTP: a phone that came by TFTP is told on its next way, and what it asks for is not read by others meanwhile. */
function accountOf(order: Order, holder: Mac | undefined, { transport }: FileRequest): Account | undefined {
  return holder === undefined || transport !== 'http' ? undefined : order.of(holder)?.compiled.account;
}

function nextOf(device: Device | undefined): 'device' | 'handOff' | 'nothing' {
  if (device === undefined) return 'device';
  if (stateOf(device) === 'handedOff') return 'nothing';
  if (device.handOffDelivered !== undefined) return device.terms.leavesBench ? 'device' : 'nothing'; // it comes back: the hand-off did not take
  return isProven(device) ? 'handOff' : 'device';
}

function own(
  { order, whereabouts, device: deviceOf }: ProfileSourceOptions,
  request: FileRequest,
  asked: Asked & { purpose: 'device' | 'handOff' },
): FileAnswer {
  const holder = whereabouts.leased(request.from) ?? whereabouts.neighbour(request.from);
  if (holder !== asked.mac) return { kind: 'refused', because: 'not-its-own' };
  const device = deviceOf(asked.mac);
  if (device !== undefined && stateOf(device) === 'handedOff') return { kind: 'refused', because: 'handed-off' };
  const prepared = order.of(asked.mac);
  if (prepared === undefined || device === undefined) return bytes(order.pack.empty(), 'empty', asked.mac);
  const packed = (made: Made): Made => order.packed(made, prepared.compiled.model);
  if (asked.purpose === 'device') {
    const { account } = prepared.compiled;
    // A phone that fetched it since it booted may be told that it is still the same; before that, 304 would leave nothing to prove.
    const revalidates = device.evidence.delivery !== undefined;
    return {
      ...bytes(packed(order.deviceFile(prepared)), 'device', asked.mac),
      revalidates,
      ...(account === undefined ? {} : { account }),
    };
  }
  return isProven(device)
    ? bytes(packed(order.pack.handOff(prepared.compiled)), 'handOff', asked.mac)
    : bytes(order.pack.empty(), 'empty', asked.mac);
}

function bytes(
  made: Made,
  purpose: 'bootstrap' | 'device' | 'handOff' | 'empty',
  subject: Mac | undefined,
): Extract<FileAnswer, { kind: 'bytes' }> {
  return { kind: 'bytes', bytes: made.bytes, contentType: made.contentType, purpose, ...(subject === undefined ? {} : { subject }) };
}
