/** The program of a writing thread: is told where it writes, then takes packets and answers each with how many files it wrote. */
import { parentPort } from 'node:worker_threads';
import { DeskWork } from './desk.js';
import type { Desk, Packet } from './packet.js';
import { practice } from './practice.js';

let desk: DeskWork | undefined;

parentPort?.on('message', (message: { readonly desk: Desk } | { readonly packet: Packet }) => {
  if ('desk' in message) desk = new DeskWork(message.desk);
  else parentPort?.postMessage(desk?.write(message.packet) ?? { files: 0 });
});

/** A program is slow until it has run for a while: it does while the list is still being read. */
const turns = practice();
const practise = (): void => {
  if (desk === undefined && turns.next().done !== true) setImmediate(practise);
};
practise();
