/** The program of a writing thread: takes batches, answers each with how many files it wrote. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Batch, writeBatch, type Writing } from './batch.js';

const writing = workerData as Writing; // given by `write` alone

const shared = new Set<string>();

parentPort?.on('message', (batch: Batch) => parentPort?.postMessage(writeBatch(writing, batch, shared)));
