/** The engine's process: opens the desk, answers calls, passes events on. All sockets and the database are here, so it crashes alone. */
import type { PhonesProgram } from '../engine/bench/virtual.js';
import { type Desk, openDesk } from '../engine/desk.js';
import type { Answer } from '../engine/contract/calls.js';
import type { Refusal, Result } from '../engine/contract/problem.js';
import { systemClock } from '../engine/services/service.js';
import type { FromEngine, OpenOptions, ToEngine } from './engine-link.js';

const port = process.parentPort;
const phones = new Map<number, () => void>();
let options: OpenOptions | undefined;
let desk: Promise<Result<Desk>> | undefined;
let lastPhones = 0;

// Since Electron 37 a utility process only warns; a bench in an unknown state must not go on serving.
process.on('unhandledRejection', (reason) => {
  process.stderr.write(`${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}\n`);
  process.exit(1);
});
port.on('message', ({ data }: { data: ToEngine }) => receive(data));

function tell(message: FromEngine): void {
  port.postMessage(message);
}

function receive(message: ToEngine): void {
  switch (message.kind) {
    case 'open':
      options = message.options;
      void open(options).then(() => tell({ kind: 'opened' }));
      break;
    case 'call':
      void answer(message);
      break;
    case 'phones-ended':
      phones.get(message.id)?.();
      phones.delete(message.id);
      break;
    case 'close':
      void close();
      break;
  }
}

/** Opens the desk, once; a refusal (another bench is at work in the folder, say) is not kept, for the reason may go away. */
async function open(given: OpenOptions): Promise<Result<Desk>> {
  desk ??= make(given);
  const opened = await desk;
  if (!opened.ok) desk = undefined;
  return opened;
}

async function make({ dataFolder, installationKey, version }: OpenOptions): Promise<Result<Desk>> {
  const opened = await openDesk({ dataFolder, installationKey, version, host: 'desktop', startPhones, clock: systemClock });
  if (opened.ok) opened.value.on((event) => tell({ kind: 'event', event }));
  return opened;
}

async function answer({ id, name, input }: Extract<ToEngine, { kind: 'call' }>): Promise<void> {
  if (options === undefined) return;
  const opened = await open(options);
  tell({ kind: 'answer', id, answer: opened.ok ? await opened.value.call(name, input) : refused(opened.refusal) });
}

function refused({ code, params }: Refusal): Answer {
  return { ok: false, error: { code, params: { ...params } } };
}

/** Virtual phones are a process of their own; only main may start one (fuse runAsNode is off, so there is no child_process.fork). */
function startPhones(args: readonly string[]): PhonesProgram {
  lastPhones += 1;
  const id = lastPhones;
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  phones.set(id, resolve);
  tell({ kind: 'start-phones', id, args });
  return {
    ended,
    stop: () => {
      tell({ kind: 'stop-phones', id });
      return ended;
    },
  };
}

async function close(): Promise<void> {
  const opened = await desk;
  if (opened?.ok === true) await opened.value[Symbol.asyncDispose]();
  process.exit(0);
}
