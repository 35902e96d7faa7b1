/** Where the window opens: where it was, if a screen still shows enough of it to be taken hold of. Pure. */
import type { WindowBounds } from './memory.js';

type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export const smallest = { width: 960, height: 640 } as const;
const usual = { width: 1280, height: 800 } as const;
/** Pixels of the title bar that have to be on a screen. */
const grip = { width: 120, height: 40 } as const;

export type Placement = { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number };

export function placeWindow(was: WindowBounds | undefined, screens: readonly Area[]): Placement {
  if (was === undefined) return usual;
  const size = { width: Math.max(was.width, smallest.width), height: Math.max(was.height, smallest.height) };
  const visible = screens.some(
    (screen) =>
      overlap(was.x, size.width, screen.x, screen.width) >= grip.width &&
      was.y >= screen.y &&
      was.y + grip.height <= screen.y + screen.height,
  );
  return visible ? { ...size, x: was.x, y: was.y } : size;
}

function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
}
