/** The calls that look into the running bench. Without one there is nothing to look into, and they say so. */
import type { Mac } from '../contract/mac.js';
import type { Runner } from './runner.js';
import { done, failed, type Handlers } from './reply.js';

type Looking = Pick<
  Handlers,
  'dhcp.lookup' | 'dhcp.explain' | 'site.settings' | 'phone.messages' | 'phone.capture' | 'syslog.lines' | 'doctor.repair' | 'jobs.close'
>;

export function looking(runner: Runner): Looking {
  const none = (): ReturnType<typeof failed> => failed('bench.none');
  return {
    'dhcp.lookup': ({ query }) => (runner.bench === undefined ? none() : done(runner.bench.lookUp(query))),
    'dhcp.explain': ({ mac }) => (runner.bench === undefined ? none() : done(runner.bench.explainDhcp(mac as Mac))),
    'site.settings': none,
    'phone.messages': none,
    'phone.capture': none,
    'syslog.lines': none,
    'doctor.repair': none,
    'jobs.close': none,
  };
}
