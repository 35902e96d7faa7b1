/** What a person allows the serving of files: how many at a time, and how much memory. Kept with the settings, taken by the next bench. */
import { z } from 'zod';
import type { Output } from '../contract/calls.js';
import { fileMemoryUnlessSaid } from '../services/file-memory.js';
import type { Settings } from '../store/settings.js';

export type ServingLimits = Output<'serving.read'>;

const mebibyte = 1024 * 1024;
const names = { mostTransfers: 'serving.mostTransfers', fileMemory: 'serving.fileMemory' } as const;
const count = z.coerce.number().int().min(0);

/** The limits as set; where nothing was, or it can no longer be, no cap and the usual memory. */
export function readLimits(settings: Settings): ServingLimits {
  const stored = (name: keyof typeof names): number | undefined => {
    const text = settings.get(names[name]);
    const read = count.safeParse(text === '' ? undefined : text);
    return read.success ? read.data : undefined;
  };
  const mostTransfers = stored('mostTransfers');
  return {
    mostTransfers: mostTransfers === undefined || mostTransfers === 0 ? null : mostTransfers,
    fileMemory: stored('fileMemory') ?? fileMemoryUnlessSaid / mebibyte,
  };
}

export function writeLimits(settings: Settings, { mostTransfers, fileMemory }: ServingLimits): void {
  settings.set(names.mostTransfers, mostTransfers === null ? '' : String(mostTransfers));
  settings.set(names.fileMemory, String(fileMemory));
}

/** As a bench takes them. */
export function limitsForBench({ mostTransfers, fileMemory }: ServingLimits): { mostTransfers?: number; fileMemory: number } {
  return { ...(mostTransfers === null ? {} : { mostTransfers }), fileMemory: fileMemory * mebibyte };
}
