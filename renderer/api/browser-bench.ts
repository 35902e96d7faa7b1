/** The contract over HTTP: calls as POST, events as server-sent events. It reconnects by itself. */
import type { Answer, BenchApi, CallName, Event, Input } from '../../engine/contract/calls.js';
import type { Link, LinkNews } from './link.js';

const retryAfter = 1000; // ms
const unreachable = { ok: false, error: { code: 'window.unreachable', params: {} } } as const;
const ended = { ok: false, error: { code: 'window.ended', params: {} } } as const;

export function browserBench(): Link {
  const linkListeners = new Set<(news: LinkNews) => void>();
  const tell = (news: LinkNews): void => linkListeners.forEach((listener) => listener(news));

  async function call<Name extends CallName>(name: Name, input: Input<Name>): Promise<Answer<Name>> {
    try {
      const response = await fetch('/api/call', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-benchtone': '1' },
        body: JSON.stringify({ name, input }),
      });
      if (response.status === 401) {
        tell('ended');
        return ended;
      }
      return (await response.json()) as Answer<Name>;
    } catch {
      return unreachable;
    }
  }

  function on(listener: (event: Event) => void): () => void {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let broken = false;

    const open = (): void => {
      source = new EventSource('/api/events');
      // At the first opening too: what happened between the first snapshot and now was not heard.
      source.addEventListener('open', () => {
        broken = false;
        tell('back');
      });
      source.addEventListener('message', ({ data }) => listener(JSON.parse(String(data)) as Event));
      source.addEventListener('error', () => {
        if (!broken) tell('lost');
        broken = true;
        // A browser gives up for good when the answer is no event stream; whether the page has ended, a call will say.
        if (source?.readyState === EventSource.CLOSED) timer = setTimeout(() => void reopen(), retryAfter);
      });
    };
    const reopen = async (): Promise<void> => {
      const answer = await call('app.info', {});
      if (answer.ok || answer.error.code !== ended.error.code) open();
    };

    open();
    return () => {
      clearTimeout(timer);
      source?.close();
    };
  }

  const bench: BenchApi = { host: 'browser', call, on };
  return {
    bench,
    onLink: (listener) => {
      linkListeners.add(listener);
      return () => linkListeners.delete(listener);
    },
  };
}
