import { expect, test } from 'vitest';
import { type Frame, whyRefused } from '../../electron/sender.js';

const top = (url: string): Frame => ({ url, parent: null });
const isOurs = (id: number): boolean => id === 1;

test.each([
  ['our page', 1, top('app://bench/'), undefined],
  ['our page, further in', 1, top('app://bench/index.html?x#y'), undefined],
  ['a frame that is gone', 1, null, 'sender.gone'],
  ['a window that is not ours', 2, top('app://bench/'), 'sender.window'],
  ['a frame within our page', 1, { url: 'app://bench/', parent: top('app://bench/') }, 'sender.subframe'],
  ['another host of our scheme', 1, top('app://elsewhere/'), 'sender.origin'],
  ['a host that begins like ours', 1, top('app://bench.evil/'), 'sender.origin'],
  ['our host with a user', 1, top('app://bench@evil/'), 'sender.origin'],
  ['a port at our host', 1, top('app://bench:81/'), 'sender.origin'],
  ['the web', 1, top('https://bench/'), 'sender.origin'],
  ['a file', 1, top('file:///bench/'), 'sender.origin'],
  ['data', 1, top('data:text/html,app://bench/'), 'sender.origin'],
  ['nothing yet', 1, top(''), 'sender.origin'],
])('%s', (_, id, senderFrame, why) => {
  expect(whyRefused({ senderFrame, sender: { id } }, isOurs)).toBe(why);
});
