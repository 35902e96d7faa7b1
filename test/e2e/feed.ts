/**
 * A thousand phones changing ten times a second, from a feed: how long frames take and how much memory the window holds.
 * Frames as the page itself sees them (requestAnimationFrame) and tasks as Chromium's trace records them; memory after a collection.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { Browser, CDPSession } from 'playwright-core';
import { hostRenderer } from './renderer-host.js';
import { rail } from './screens.js';

export type FeedFigures = {
  readonly phones: number;
  readonly seconds: number;
  readonly batches: number;
  /** Longest time between two frames, ms. */
  readonly longestFrame: number;
  readonly framesOver50: number;
  readonly frames: number;
  /** Longest task of the page's main thread, ms: by the clock, and as time the processor spent on it. */
  readonly longestTask: number;
  readonly longestTaskCpu: number;
  /** JavaScript heap after ten seconds, with what is garbage and without, MB. */
  readonly heapUsed: number;
  readonly heapKept: number;
  /** What the page's process holds for itself (Linux), MB; null where it cannot be read. */
  readonly processMemory: number | null;
};

const every = 100; // ms
const warmUp = 4000; // ms

export async function measureFeed(browser: Browser, phones: number, seconds: number): Promise<FeedFigures> {
  const host = await hostRenderer({ scene: 'feed', phones, language: 'en', theme: 'light' });
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  let batches = 0;
  const timer = setInterval(() => {
    host.bench.beat();
    batches += 1;
  }, every);
  try {
    const page = await context.newPage();
    await page.goto(host.url);
    await rail('board')(page);
    await page.locator('[role="row"][data-mac]').first().waitFor();
    await page.waitForTimeout(warmUp);
    const cdp = await context.newCDPSession(page);
    batches = 0;
    const trace = await traced(cdp, async () => {
      await page.evaluate(countFrames(seconds * 1000));
    });
    const sent = batches;
    const frames = (await page.evaluate('window.frameTimes')) as number[];
    const heapUsed = await heapOf(cdp);
    const processMemory = await largestRenderer(browser);
    await cdp.send('HeapProfiler.collectGarbage');
    return {
      phones,
      seconds,
      batches: sent,
      longestFrame: Math.round(Math.max(...frames) * 10) / 10,
      framesOver50: frames.filter((each) => each > 50).length,
      frames: frames.length,
      longestTask: longestTask(trace, 'dur'),
      longestTaskCpu: longestTask(trace, 'tdur'),
      heapUsed,
      heapKept: await heapOf(cdp),
      processMemory,
    };
  } finally {
    clearInterval(timer);
    await context.close();
    await host.close();
  }
}

/** Notes the time between frames in `window.frameTimes`; a promise that ends when the time is over. */
function countFrames(milliseconds: number): string {
  return `new Promise((done) => {
    const times = (window.frameTimes = []);
    const began = performance.now();
    let before = began;
    const next = (now) => {
      times.push(now - before);
      before = now;
      if (now - began < ${milliseconds}) requestAnimationFrame(next);
      else done(undefined);
    };
    requestAnimationFrame(next);
  })`;
}

type TraceEvent = {
  readonly name?: string;
  readonly dur?: number;
  readonly tdur?: number;
  readonly pid?: number;
  readonly tid?: number;
  readonly args?: { readonly name?: string };
};

async function traced(cdp: CDPSession, run: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...(value as TraceEvent[])));
  const complete = new Promise<void>((resolve) => cdp.once('Tracing.tracingComplete', () => resolve()));
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    categories: 'devtools.timeline,disabled-by-default-devtools.timeline,toplevel',
  });
  await run();
  await cdp.send('Tracing.end');
  await complete;
  return events;
}

function longestTask(events: readonly TraceEvent[], measure: 'dur' | 'tdur'): number {
  const main = new Set(
    events.flatMap(({ name, args, pid, tid }) => (name === 'thread_name' && args?.name === 'CrRendererMain' ? [`${pid} ${tid}`] : [])),
  );
  const lengths = events.flatMap((event) =>
    event.name === 'RunTask' && main.has(`${event.pid} ${event.tid}`) ? [event[measure] ?? 0] : [],
  );
  return Math.round(lengths.reduce((most, each) => Math.max(most, each), 0) / 100) / 10;
}

/** Anonymous memory of the largest of Chromium's page processes, as the kernel counts it. */
async function largestRenderer(browser: Browser): Promise<number | null> {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  await cdp.detach();
  const sizes = processInfo.flatMap(({ type, id }) => {
    const status = `/proc/${id}/status`;
    if (type !== 'renderer' || !existsSync(status)) return [];
    const kilobytes = /RssAnon:\s+(?<size>\d+) kB/.exec(readFileSync(status, 'utf8'))?.groups?.['size'];
    return kilobytes === undefined ? [] : [Math.round(Number(kilobytes) / 1000)];
  });
  return sizes.length === 0 ? null : Math.max(...sizes);
}

async function heapOf(cdp: CDPSession): Promise<number> {
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return Math.round(usedSize / 1e5) / 10;
}
