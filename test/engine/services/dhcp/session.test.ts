import { describe, expect, it } from 'vitest';
import { macBytes } from '../../../../engine/contract/mac.js';
import { option, read } from '../../../../engine/protocols/dhcp/options.js';
import { encode, type Packet } from '../../../../engine/protocols/dhcp/packet.js';
import { probe } from '../../../../engine/protocols/dhcp/probe.js';
import { openBindings } from '../../../../engine/services/dhcp/bindings.js';
import type { Origin } from '../../../../engine/services/dhcp/destination.js';
import { answer as judged, type Outcome, type Session } from '../../../../engine/services/dhcp/session.js';
import type { DhcpPolicy, Lease } from '../../../../engine/services/lease.js';
import { discoverOf8851, mac, packetOf, phone } from '../../protocols/dhcp/packets.js';
import { MemoryLeases } from './lease-store.js';

const broadcast: Origin = { address: '0.0.0.0', port: 68, cast: 'broadcast' };
const unicast: Origin = { address: '10.0.0.9', port: 68, cast: 'unicast' };
const url = 'http://10.0.0.1';
const serve: DhcpPolicy = () => ({
  serve: true,
  leaseSeconds: 600,
  options: [
    { code: 66, text: url },
    { code: 150, addresses: ['10.0.0.1'] },
    { code: 160, text: url },
  ],
});

function sessionWith(leases: readonly Lease[] = [], policy: DhcpPolicy = serve, last = '10.0.0.20') {
  const store = new MemoryLeases(leases);
  const bindings = openBindings({ range: { first: '10.0.0.1', last }, except: ['10.0.0.1'] }, store);
  const session: Session = { serverAddress: '10.0.0.1', prefix: 24, policy, bindings, bench: 'me' };
  return { session, store };
}

/** As the server does it: where there is a lease, it is bound. */
function answer(session: Session, packet: Packet, from: Origin, now: number): Outcome {
  const { lease, ...outcome } = judged(session, packet, from, now);
  if (lease !== undefined) session.bindings.bind(lease);
  return outcome;
}

type Wish = {
  readonly server?: string;
  readonly wanted?: string;
  readonly ciaddr?: string;
  readonly from?: Origin;
  readonly giaddr?: string;
};

function ask(
  { session }: { session: Session },
  { server, wanted, ciaddr = '0.0.0.0', from = broadcast, giaddr = '0.0.0.0' }: Wish,
  now = 0,
) {
  const options = [option.messageType.write('request'), option.vendorClass.write('CP-8851-3PCC')];
  if (server !== undefined) options.push(option.serverIdentifier.write(server));
  if (wanted !== undefined) options.push(option.requestedAddress.write(wanted));
  return answer(session, { ...packetOf(...options), ciaddr, giaddr }, from, now);
}

const typeOf = ({ reply }: Outcome) => (reply === undefined ? 'silent' : read(reply.packet, option.messageType));
const kinds = ({ facts }: Outcome) => facts.map(({ kind }) => kind);

describe('a DISCOVER', () => {
  it('is answered with an address and everything that leads the phone here, listed or not', () => {
    const outcome = answer(sessionWith().session, { ...discoverOf8851, options: discoverOf8851.options }, broadcast, 0);
    const { packet, to } = outcome.reply!;
    expect(to).toEqual({ address: '255.255.255.255', port: 68 });
    expect(packet).toMatchObject({ op: 'reply', xid: discoverOf8851.xid, yiaddr: '10.0.0.2', ciaddr: '0.0.0.0', siaddr: '0.0.0.0' });
    expect([...packet.options.keys()].sort((x, y) => x - y)).toEqual([1, 28, 51, 53, 54, 58, 59, 61, 66, 150, 160]);
    expect(read(packet, option.subnetMask)).toBe('255.255.255.0');
    expect(read(packet, option.broadcastAddress)).toBe('10.0.0.255');
    expect(read(packet, option.serverIdentifier)).toBe('10.0.0.1');
    expect([read(packet, option.leaseSeconds), read(packet, option.renewalSeconds), read(packet, option.rebindingSeconds)]).toEqual([
      600, 300, 525,
    ]);
    expect([read(packet, option.tftpServerName), read(packet, option.tftpServers), read(packet, option.provisioningUrl)]).toEqual([
      url,
      ['10.0.0.1'],
      url,
    ]);
    expect(packet.options.get(61)).toEqual(discoverOf8851.options.get(61)); // RFC 6842
    expect(outcome.facts).toEqual([
      { kind: 'dhcpDiscover', vendorClass: 'CP-8851-3PCC', hostName: 'SEP00562B043615', offered: '10.0.0.2' },
    ]);
  });

  it('stands on the wire byte for byte as the golden OFFER does', () => {
    const outcome = answer(sessionWith().session, discoverOf8851, broadcast, 0);
    const bytes = Buffer.from(encode(outcome.reply!.packet));
    expect(bytes.subarray(0, 44).toString('hex')).toBe(
      ['02010600', '12345678', '00000000', '00000000', '0a000002', '00000000', '00000000', '00562b04361500000000000000000000'].join(''),
    );
    expect(bytes.subarray(236).toString('hex')).toBe(
      [
        '63825363',
        '350102',
        '0104ffffff00',
        '1c040a0000ff',
        '330400000258',
        '36040a000001',
        '3a040000012c',
        '3b040000020d',
        '3d070100562b043615',
        '420f687474703a2f2f31302e302e302e31',
        '96040a000001',
        'a00f687474703a2f2f31302e302e302e31',
        'ff',
      ].join(''),
    );
  });

  it('of a client the policy leaves alone is seen and not answered', () => {
    const world = sessionWith([], () => ({ serve: false, because: 'not-a-phone' }));
    const outcome = answer(world.session, discoverOf8851, broadcast, 0);
    expect(outcome.reply).toBeUndefined();
    expect(outcome.facts).toEqual([{ kind: 'dhcpIgnored', because: 'not-a-phone', vendorClass: 'CP-8851-3PCC' }]);
  });

  it('finds the pool exhausted', () => {
    const world = sessionWith([{ mac: mac('00562b000001'), address: '10.0.0.2', expires: 99 }], serve, '10.0.0.2');
    const outcome = answer(world.session, discoverOf8851, broadcast, 0);
    expect(typeOf(outcome)).toBe('silent');
    expect(outcome.facts[1]).toMatchObject({ kind: 'dhcpIgnored', because: 'pool-exhausted' });
  });

  it('with texts without end is told of in 255 characters', () => {
    const packet = { ...packetOf([53, [1]], [60, Buffer.alloc(2000, 65)], [12, Buffer.alloc(2000, 66)]) };
    const [fact] = answer(sessionWith().session, packet, broadcast, 0).facts;
    expect(fact).toEqual({ kind: 'dhcpDiscover', vendorClass: 'A'.repeat(255), hostName: 'B'.repeat(255), offered: '10.0.0.2' });
  });
});

describe('a REQUEST', () => {
  it('that selects our offer gets it', () => {
    const world = sessionWith();
    answer(world.session, discoverOf8851, broadcast, 0);
    const outcome = ask(world, { server: '10.0.0.1', wanted: '10.0.0.2' }, 1000);
    expect(typeOf(outcome)).toBe('ack');
    expect(outcome.reply?.packet.yiaddr).toBe('10.0.0.2');
    expect(outcome.facts).toEqual([
      { kind: 'dhcpAck', address: '10.0.0.2', clientState: 'selecting', leaseSeconds: 600, vendorClass: 'CP-8851-3PCC' },
    ]);
    expect(world.store.all()).toEqual([{ mac: phone, address: '10.0.0.2', expires: 601_000 }]);
  });

  it('that selects another server is left alone, and the offer is free again', () => {
    const world = sessionWith();
    answer(world.session, discoverOf8851, broadcast, 0);
    const outcome = ask(world, { server: '10.0.0.200', wanted: '10.0.0.2' });
    expect(typeOf(outcome)).toBe('silent');
    expect(outcome.facts).toEqual([{ kind: 'dhcpIgnored', because: 'other-server', vendorClass: 'CP-8851-3PCC' }]);
    expect(world.session.bindings.reserve(mac('00562b000001'), '10.0.0.2', 1, 2)).toBe('10.0.0.2');
  });

  it('that selects what another has gets a NAK, broadcast', () => {
    const outcome = ask(sessionWith([{ mac: mac('00562b000001'), address: '10.0.0.5', expires: 9e9 }]), {
      server: '10.0.0.1',
      wanted: '10.0.0.5',
    });
    expect(typeOf(outcome)).toBe('nak');
    expect(outcome.reply?.to).toEqual({ address: '255.255.255.255', port: 68 });
    expect(outcome.reply?.packet.yiaddr).toBe('0.0.0.0');
    expect([...outcome.reply!.packet.options.keys()].sort((x, y) => x - y)).toEqual([53, 54, 56]);
    expect(outcome.facts).toEqual([{ kind: 'dhcpNak', address: '10.0.0.5', clientState: 'selecting' }]);
  });

  it('after a reboot: ours and right, ours and wrong, unknown, from another network', () => {
    const leases = [{ mac: phone, address: '10.0.0.7', expires: 1 }];
    expect(typeOf(ask(sessionWith(leases), { wanted: '10.0.0.7' }, 5000))).toBe('ack');
    expect(ask(sessionWith(leases), { wanted: '10.0.0.7' }).facts[0]).toMatchObject({ kind: 'dhcpAck', clientState: 'init-reboot' });
    expect(typeOf(ask(sessionWith(leases), { wanted: '10.0.0.8' }))).toBe('nak');
    expect(typeOf(ask(sessionWith(), { wanted: '10.0.0.7' }))).toBe('silent');
    expect(typeOf(ask(sessionWith(), { wanted: '192.168.1.7' }))).toBe('nak');
  });

  it('that renews goes back to the client alone; one that rebinds too', () => {
    const leases = [{ mac: phone, address: '10.0.0.9', expires: 1 }];
    const renewed = ask(sessionWith(leases), { ciaddr: '10.0.0.9', from: unicast });
    expect(renewed.facts[0]).toMatchObject({ kind: 'dhcpAck', clientState: 'renewing' });
    expect(renewed.reply?.to).toEqual({ address: '10.0.0.9', port: 68 });
    expect(renewed.reply?.packet).toMatchObject({ ciaddr: '10.0.0.9', yiaddr: '10.0.0.9' });
    const rebound = ask(sessionWith(leases), { ciaddr: '10.0.0.9', from: { ...broadcast, address: '10.0.0.9' } });
    expect(rebound.facts[0]).toMatchObject({ kind: 'dhcpAck', clientState: 'rebinding' });
    expect(ask(sessionWith(leases), { ciaddr: '10.0.0.9', from: unicast, giaddr: '10.0.0.3' }).facts[0]).toMatchObject({
      clientState: 'rebinding',
    });
  });

  it('that renews or rebinds without a record, or with another address than its own', () => {
    const leases = [{ mac: phone, address: '10.0.0.9', expires: 1 }];
    expect(typeOf(ask(sessionWith(), { ciaddr: '10.0.0.9', from: unicast }))).toBe('ack');
    expect(typeOf(ask(sessionWith(), { ciaddr: '10.0.0.9' }))).toBe('silent');
    expect(typeOf(ask(sessionWith(), { ciaddr: '10.0.0.77', from: unicast }))).toBe('nak');
    expect(typeOf(ask(sessionWith(leases), { ciaddr: '10.0.0.10', from: unicast }))).toBe('nak');
    const nak = ask(sessionWith(leases), { ciaddr: '10.0.0.10' });
    expect([typeOf(nak), nak.reply?.to.address]).toEqual(['nak', '255.255.255.255']);
  });

  it('without any address is no request, unless we have just made an offer', () => {
    const world = sessionWith();
    expect(ask(world, {})).toEqual({ facts: [] });
    answer(world.session, discoverOf8851, broadcast, 0);
    expect(ask(world, {}, 1000).facts[0]).toMatchObject({ kind: 'dhcpAck', address: '10.0.0.2', clientState: 'selecting' });
    expect(ask(world, { wanted: '0.0.0.0' }, 1000)).toEqual({ facts: [] });
  });
});

describe('through a relay agent', () => {
  const relayed = (type: 'discover' | 'request', information: readonly number[]): Packet => ({
    ...packetOf([82, information], option.messageType.write(type), option.requestedAddress.write('192.168.9.9')),
    giaddr: '10.0.0.3',
  });
  const from: Origin = { address: '10.0.0.3', port: 40_000, cast: 'unicast' };

  it('the answer goes to the agent, its information echoed last', () => {
    const { reply } = answer(sessionWith().session, relayed('discover', [1, 1, 7]), from, 0);
    expect(reply?.to).toEqual({ address: '10.0.0.3', port: 67 });
    expect(reply?.packet.giaddr).toBe('10.0.0.3');
    const bytes = Buffer.from(encode(reply!.packet));
    expect(bytes.subarray(240).includes(Buffer.from([82, 3, 1, 1, 7, 255]))).toBe(true);
  });

  it('to the port it sent from when it says so (RFC 8357), a NAK with the broadcast flag', () => {
    const { reply } = answer(sessionWith().session, relayed('request', [19, 0]), from, 0);
    expect(reply?.to).toEqual({ address: '10.0.0.3', port: 40_000 });
    expect(reply?.packet.broadcast).toBe(true);
    expect(read(reply!.packet, option.messageType)).toBe('nak');
  });
});

describe('the other messages', () => {
  const leases = [{ mac: phone, address: '10.0.0.9', expires: 9e9 }];

  it('a RELEASE frees the address, a stranger’s does not', () => {
    const world = sessionWith(leases);
    const release = packetOf(option.messageType.write('release'), option.serverIdentifier.write('10.0.0.1'));
    expect(answer(world.session, { ...release, ciaddr: '10.0.0.8' }, unicast, 0).facts).toEqual([]);
    expect(world.store.all()).toHaveLength(1);
    expect(answer(world.session, { ...release, ciaddr: '10.0.0.9' }, unicast, 0)).toEqual({
      mac: phone,
      facts: [{ kind: 'dhcpRelease', address: '10.0.0.9' }],
    });
    expect(world.store.all()).toEqual([]);
  });

  it('a DECLINE makes the address unusable, and the phone gets another', () => {
    const world = sessionWith(leases);
    const decline = packetOf(option.messageType.write('decline'), option.requestedAddress.write('10.0.0.9'));
    expect(answer(world.session, decline, broadcast, 0)).toEqual({ mac: phone, facts: [{ kind: 'dhcpDecline', address: '10.0.0.9' }] });
    expect(answer(world.session, discoverOf8851, broadcast, 1).reply?.packet.yiaddr).toBe('10.0.0.2');
    const other = packetOf(option.messageType.write('decline'), option.requestedAddress.write('10.0.0.10'));
    expect(answer(world.session, other, broadcast, 0)).toEqual({ facts: [] });
  });

  it('an INFORM is answered without a lease', () => {
    const inform = { ...packetOf(option.messageType.write('inform')), ciaddr: '10.0.0.30' };
    const { reply, facts } = answer(sessionWith().session, inform, unicast, 0);
    expect(reply?.to).toEqual({ address: '10.0.0.30', port: 68 });
    expect(reply?.packet.yiaddr).toBe('0.0.0.0');
    expect([...reply!.packet.options.keys()].sort((x, y) => x - y)).toEqual([1, 28, 53, 54, 66, 150, 160]);
    expect(facts).toEqual([]);
  });

  it('what is no client’s is nothing: answers, other hardware, groups, no type', () => {
    const { session } = sessionWith();
    const odd: Packet[] = [
      { ...discoverOf8851, op: 'reply' },
      { ...discoverOf8851, htype: 6 },
      { ...discoverOf8851, chaddr: new Uint8Array(8) },
      { ...discoverOf8851, chaddr: macBytes(mac('01005e000001')) },
      packetOf(),
      packetOf([53, [8, 8]]),
      packetOf(option.messageType.write('ack')),
    ];
    for (const packet of odd) expect(answer(session, packet, broadcast, 0)).toEqual({ facts: [] });
  });
});

describe('a bench’s probe', () => {
  it('is ours and left alone, or another’s and answered without keeping an address', () => {
    const world = sessionWith([], () => ({ serve: false, because: 'unlisted' }));
    expect(answer(world.session, probe('me', phone, 1), broadcast, 0)).toEqual({ facts: [] });
    const outcome = answer(world.session, probe('other', phone, 1), broadcast, 0);
    expect([typeOf(outcome), kinds(outcome)]).toEqual(['offer', []]);
    expect(read(outcome.reply!.packet, option.serverIdentifier)).toBe('10.0.0.1');
    expect(world.session.bindings.reservationOf(phone, 0)).toBeUndefined();
  });
});
