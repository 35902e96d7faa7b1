/** The only thing a page gets of Electron: `bench`, the contract's transport. Sandboxed; one CommonJS file without dependencies. */
import { contextBridge, ipcRenderer } from 'electron';
import type { BenchApi, CallName, Event } from '../engine/contract/calls.js';
import { callChannel, eventChannel } from './origin.js';

/** Written in at build time: the names of the contract's calls, and nothing else may pass. */
declare const callNames: readonly CallName[];
const allowed: ReadonlySet<string> = new Set(callNames);

contextBridge.exposeInMainWorld('bench', {
  host: 'desktop',
  call(name, input) {
    if (!allowed.has(name)) return Promise.reject(new Error('call.unknown'));
    return ipcRenderer.invoke(callChannel, name, input);
  },
  on(listener) {
    const hear = (_: unknown, event: Event): void => listener(event);
    ipcRenderer.on(eventChannel, hear);
    return () => {
      ipcRenderer.off(eventChannel, hear);
    };
  },
} satisfies BenchApi);
