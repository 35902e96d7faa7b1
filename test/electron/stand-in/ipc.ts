/** `ipcMain`, and what happens to a message from a page. */
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { FrameFact } from './frames.js';

type Listener = Parameters<typeof Electron.ipcMain.handle>[1];
type Sender = object;
type FromPage = { readonly kind: 'invoke' | 'send'; readonly id: number; readonly channel: string; readonly args: unknown[] };

const handlers = new Map<string, Listener>();

class IpcMain extends EventEmitter {
  handle(channel: string, listener: Listener): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, listener);
  }

  removeHandler(channel: string): void {
    handlers.delete(channel);
  }
}

export const ipcMain: Pick<typeof Electron.ipcMain, 'handle' | 'removeHandler'> & EventEmitter = new IpcMain();

/** Hands a message on; an `invoke` is answered with a value or, as Electron does, with the words of what was thrown. */
export async function receive(
  message: FromPage,
  sender: Sender,
  senderFrame: FrameFact | null,
): Promise<{ value?: unknown; error?: string } | undefined> {
  const event = { sender, senderFrame, processId: 1, frameId: 1, type: 'frame' };
  if (message.kind === 'send') return void ipcMain.emit(message.channel, event, ...message.args);
  const handler = handlers.get(message.channel);
  const prefix = `Error invoking remote method '${message.channel}'`;
  if (handler === undefined) return { error: `${prefix}: Error: No handler registered for '${message.channel}'` };
  try {
    return { value: await handler(event as unknown as Electron.IpcMainInvokeEvent, ...message.args) };
  } catch (error) {
    return { error: `${prefix}: ${String(error)}` };
  }
}
