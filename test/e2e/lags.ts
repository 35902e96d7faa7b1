/** How long after its packet a phone's move is on screen, as a person sees it: in the row of the board, after a frame. */
import { availableParallelism, loadavg } from 'node:os';
import type { OpenWindow } from './window.js';

/** Milliseconds, one figure a move of a row in view, until all phones have passed. The clocks of engine and page are one machine's. */
export function measureLags({ page }: OpenWindow, phones: number): Promise<number[]> {
  return page.evaluate(`new Promise((done) => {
    const lags = [];
    const known = new Map();
    const waiting = new Map();
    let passed = 0;
    const hear = (event) => {
      if (event.kind !== 'batch') return;
      passed = event.counts.pass;
      for (const { mac, state, lastWords } of event.devices) {
        if (lastWords === null || known.get(mac) === state) continue;
        known.set(mac, state);
        waiting.set(mac, { state, at: waiting.get(mac)?.at ?? Date.parse(lastWords.at) });
      }
    };
    const stop = window.bench?.on(hear);
    const source = stop === undefined ? new EventSource('/api/events') : null;
    if (source !== null) source.onmessage = ({ data }) => hear(JSON.parse(data));
    const look = () => {
      for (const [mac, { state, at }] of waiting) {
        const row = document.querySelector('[role=row][data-mac="' + mac + '"]');
        if (row === null) waiting.delete(mac); // scrolled out of view
        else if (row.dataset.state === state) {
          waiting.delete(mac);
          lags.push(Date.now() - at);
        }
      }
      if (passed < ${phones} || waiting.size > 0) return requestAnimationFrame(look);
      stop?.();
      source?.close();
      done(lags);
    };
    requestAnimationFrame(look);
  })`);
}

/** Whether this machine has nothing else to do: with more work than processors it is late itself. */
export function isQuiet(): boolean {
  return (loadavg()[0] ?? 0) < 1.5 * availableParallelism();
}
