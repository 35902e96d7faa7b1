/** A network with a DHCP server of its own: it is told what the bench says to enter there, and phones that follow it come and pass. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { siteSettings } from '../../engine/bench/site-settings.js';
import { packNamed } from '../../engine/phones/packs.js';
import { options, type Running, Scratch } from '../process/programs.js';
import { csvOf, phones, segmentRecipe } from '../process/work-orders.js';
import { type Lab, lab, type Namespace } from './namespaces.js';

let net: Lab;
let scratch: Scratch;

beforeEach(async () => {
  net = await lab();
  scratch = new Scratch();
});

afterEach(async () => {
  await scratch[Symbol.asyncDispose]();
  await net[Symbol.asyncDispose]();
});

const colons = (mac: string): string => mac.replaceAll(/(..)(?=.)/g, '$1:');
/** One phone by HTTP and one by TFTP, each at a plug of its own, for a plug has one MAC. */
const listed = phones(2);

it('phones led here by the site’s own server are known by the ARP table and pass; the bench hands out no address', async () => {
  const [bench, site] = [await net.namespace('bench'), await net.namespace('site')];
  const desks: Namespace[] = [];
  for (const { mac } of listed) desks.push(await net.namespace(mac.slice(-4)));
  await net.segment(
    { in: bench, as: 'eth1', address: '10.77.0.1/24' },
    { in: site, as: 'eth1', address: '10.77.0.254/24' },
    ...desks.map((desk, i) => ({ in: desk, as: 'eth1', mac: colons(listed[i]!.mac) })),
  );
  await bench.ip('route', 'add', 'default', 'via', '10.77.0.254'); // an office, as it is

  const bench77 = { address: '10.77.0.1', ports: { tftp: 69, http: 80, syslog: 514 } };
  const snippet = siteSettings({ pack: packNamed('cisco-mpp')!, bench: bench77 }).snippets.find(({ server }) => server === 'dnsmasq');
  const conf = scratch.write('site.conf', snippet?.text ?? '');
  const server = ['--no-daemon', `--conf-file=${conf}`, '--port=0', '--user=root', '--bind-interfaces', '--interface=eth1', '--no-ping'];
  const range = '--dhcp-range=10.77.0.100,10.77.0.150,255.255.255.0,1h';
  await site.spawn('dnsmasq', [...server, range, `--dhcp-leasefile=${scratch.path('leases')}`]).line(/DHCP, IP range/);

  const csv = scratch.write('phones.csv', csvOf(listed));
  const job = { csv, recipe: scratch.write('recipe.yaml', segmentRecipe), data: scratch.path('data') };
  const given = { ...job, interface: 'eth1', 'no-dhcp': true, 'until-done': true, timeout: 100, json: true } as const;
  const running = scratch.benchtone(['run', ...options(given)], bench);
  const { ports } = await running.ready();
  expect(ports).toEqual({ tftp: 69, http: 80, syslog: 514 });
  const capture = await bench.capture('eth1', 'udp src port 67');
  const virtual = listed.map(({ mac, model }, i): Running => {
    const one = scratch.write(`one-${i}.csv`, `mac,model\n${mac},${model}\n`);
    return scratch.benchtone(['phones', ...options({ interface: 'eth1', csv: one, seed: 4, speed: 20, json: true })], desks[i]);
  });
  expect(await running.end(), running.told()).toEqual({ code: 0, signal: null });
  for (const each of virtual) each.signal('SIGTERM');
  expect(running.of('summary')).toEqual([expect.objectContaining({ devices: 2, pass: 2 })]);
  for (const { address } of running.latest('device').values()) expect(address).toMatch(/^10\.77\.0\.1[0-5]\d$/); // of the site's range
  const answers = await capture.stop();
  expect(answers.length).toBeGreaterThan(0);
  expect(answers.filter((line) => !line.includes('10.77.0.254.67 >'))).toEqual([]);
  expect(running.stderr).toMatch(/option 66 +tftp-server-name +http:\/\/10\.77\.0\.1\n/);
});
