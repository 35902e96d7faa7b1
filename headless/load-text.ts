/** How busy the bench is, as a line of text, said now and then while it changes. */
import type { Load } from '../engine/contract/calls.js';
import { counted } from '../engine/contract/english/counted.js';

/** How often it may be said, in milliseconds. */
const everyMs = 15_000;

/** Says it from now on, until disposed. */
export function sayLoad(load: () => Load, say: (text: string) => void): Disposable {
  let said = '';
  const timer = setInterval(() => {
    const text = loadText(load());
    if (text === '' || text === said) return;
    said = text;
    say(text);
  }, everyMs).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Empty where there is nothing to wait for. */
export function loadText({ transfers, waiting, queue, unfinished, secondsLeft, suggestRandomDelay }: Load): string {
  if (unfinished === 0) return '';
  const [next] = queue;
  return [
    `${counted(unfinished, 'phone')} not finished, ${timeLeft(secondsLeft)}`,
    transfers === 0 ? '' : `; ${counted(transfers, 'file')} being sent`,
    waiting === 0 ? '' : `, ${waiting} waiting their turn (next: ${next?.mac ?? next?.address ?? '?'})`,
    suggestRandomDelay === null
      ? ''
      : `. It could go more evenly: Resync_Random_Delay: ${suggestRandomDelay} under “bootstrap” of the recipe`,
  ].join('');
}

/** No more exact than anybody can know. */
function timeLeft(seconds: number | null): string {
  if (seconds === null) return 'time left: cannot be told yet';
  return seconds <= 45 ? 'less than a minute left' : `about ${Math.max(1, Math.round(seconds / 60))} min left`;
}
