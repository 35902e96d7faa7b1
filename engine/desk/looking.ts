/** The calls that look into the running bench. Without one there is nothing to look into, and they say so. */
import { plainSettings } from '../bench/site-settings.js';
import type { Bench } from '../bench.js';
import type { Output } from '../contract/calls.js';
import type { Mac } from '../contract/mac.js';
import { findPlace } from '../network/places.js';
import type { Runner } from './runner.js';
import { done, failed, type Handlers, refused, type Reply } from './reply.js';

type Looking = Pick<
  Handlers,
  'dhcp.lookup' | 'dhcp.explain' | 'dhcp.restart' | 'site.settings' | 'phone.messages' | 'phone.capture' | 'syslog.lines'
>;

export function looking(runner: Runner): Looking {
  const none = (): ReturnType<typeof failed> => failed('bench.none');
  return {
    'dhcp.lookup': ({ query }) => (runner.bench === undefined ? none() : done(runner.bench.lookUp(query))),
    'dhcp.explain': ({ mac }) => (runner.bench === undefined ? none() : done(runner.bench.explainDhcp(mac as Mac))),
    'dhcp.restart': async () => {
      const started = await runner.bench?.standing.startDhcp();
      return started === undefined ? none() : started.ok ? done({}) : refused(started.refusal);
    },
    'site.settings': ({ interface: name, address }) => settingsFor(runner.bench, name, address),
    'phone.messages': ({ mac }) => (runner.bench === undefined ? none() : done(messagesOf(runner.bench, mac as Mac))),
    'phone.capture': ({ mac }) => (runner.bench === undefined ? none() : done(captureOf(runner.bench, mac as Mac | null))),
    'syslog.lines': ({ mac, limit }) => (runner.bench === undefined ? none() : done(runner.bench.syslogLines(mac as Mac | null, limit))),
  };
}

/** By the job of the running bench; before there is one, for a bench as it would stand there. */
function settingsFor(bench: Bench | undefined, name: string, address: string | undefined): Reply<Output<'site.settings'>> {
  if (bench !== undefined && bench.place.interface === name && (address === undefined || address === bench.place.address))
    return done(bench.siteSettings());
  const place = findPlace(name, address);
  return place.ok ? done(plainSettings(place.value.address)) : refused(place.refusal);
}

function messagesOf(bench: Bench, mac: Mac): Output<'phone.messages'> {
  const { messages, forgotten } = bench.messages(mac);
  return { messages: [...messages], forgotten };
}

function captureOf(bench: Bench, mac: Mac | null): Output<'phone.capture'> {
  return { name: `${mac ?? bench.job.id}.pcapng`, base64: Buffer.from(bench.capture(mac)).toString('base64') };
}
