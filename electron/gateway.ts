/**
 * The gateway: whatever a window asks passes here. Sender and input are checked before anything happens; what is not ours is refused
 * loudly, with a code. Calls of the shell's own (dialogs, information) are answered here, all others by the engine.
 */
import type { IpcMain } from 'electron';
import { type Answer, type CallName, calls } from '../engine/contract/calls.js';
import { failed } from './engine-process.js';
import type { Log } from './log.js';
import { callChannel } from './origin.js';
import { type Sender, whyRefused } from './sender.js';

export type Call = (name: CallName, input: unknown) => Promise<Answer>;

export type GatewayOptions = {
  readonly engine: Call;
  /** Calls that are answered by the shell itself; their input is parsed. */
  readonly own: Partial<Record<CallName, (input: never) => Promise<Answer>>>;
  readonly isOurs: (webContentsId: number) => boolean;
  /** Holds every output against the contract as well: in development and in tests. */
  readonly checkOutput: boolean;
  readonly log: Log;
};

/** Answers `bench:call` from now on. */
export function openGateway(ipc: Pick<IpcMain, 'handle'>, options: GatewayOptions): void {
  ipc.handle(callChannel, (event, name: unknown, input: unknown) => receive(event, name, input, options));
}

/** One call. Throws for a sender that is not ours, so that its promise is rejected: it gets no answer at all. */
export async function receive(event: Sender, name: unknown, input: unknown, options: GatewayOptions): Promise<Answer> {
  const why = whyRefused(event, options.isOurs);
  if (why !== undefined) {
    options.log('call.refused', { code: why, url: event.senderFrame?.url.slice(0, 200) ?? null });
    throw new Error(why);
  }
  if (typeof name !== 'string' || !Object.hasOwn(calls, name)) {
    options.log('call.refused', { code: 'call.unknown' });
    return failed('call.unknown', { name: String(name).slice(0, 100) });
  }
  const known = name as CallName;
  const parsed = calls[known].input.safeParse(input);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.') ?? '';
    options.log('call.refused', { code: 'call.invalid', name, path });
    return failed('call.invalid', { name, path });
  }
  const own = options.own[known] as ((input: unknown) => Promise<Answer>) | undefined;
  const answer = await (own === undefined ? options.engine(known, parsed.data) : own(parsed.data));
  return options.checkOutput ? checked(known, answer, options.log) : answer;
}

function checked(name: CallName, answer: Answer, log: Log): Answer {
  if (!answer.ok) return answer;
  const parsed = calls[name].output.safeParse(answer.value);
  if (parsed.success) return answer;
  const issue = parsed.error.issues[0];
  log('call.output', { name, path: issue?.path.join('.') ?? '', message: issue?.message ?? '' });
  return failed('call.output', { name, path: issue?.path.join('.') ?? '' });
}
