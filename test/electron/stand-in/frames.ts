/** The frames of a page and the worlds within them, as DevTools events tell. */
import type { Frame, World } from './cdp-events.js';
import { fromChromium } from './scheme.js';

/** What main sees of a frame (`WebFrameMain`). */
export type FrameFact = { readonly url: string; readonly origin: string; readonly parent: FrameFact | null };

export const isolatedWorld = 'Electron Isolated Context';

export class Frames {
  readonly #frames = new Map<string, Frame>();
  /** Worlds of preloads, by their id and by their frame. */
  readonly #worlds = new Map<number, string>();

  attached(frameId: string, parentFrameId: string): void {
    this.#frames.set(frameId, { id: frameId, parentId: parentFrameId, url: 'about:blank' });
  }

  navigated(frame: Frame): void {
    this.#frames.set(frame.id, { ...frame, url: fromChromium(frame.url) });
  }

  /** An address that changed without a load. */
  moved(id: string, url: string): void {
    const frame = this.#frames.get(id);
    if (frame !== undefined) this.navigated({ ...frame, url });
  }

  detached(frameId: string): void {
    this.#frames.delete(frameId);
  }

  worldMade({ id, name, auxData }: World): void {
    if (name === isolatedWorld) this.#worlds.set(id, auxData.frameId);
  }

  worldGone(id?: number): void {
    if (id === undefined) this.#worlds.clear();
    else this.#worlds.delete(id);
  }

  /** The preload's world in a frame. */
  worldOf(frameId: string): number | undefined {
    return [...this.#worlds].findLast(([, frame]) => frame === frameId)?.[0];
  }

  /** The frame a world belongs to; null once it was navigated or removed. */
  frameOfWorld(world: number): FrameFact | null {
    const frame = this.#frames.get(this.#worlds.get(world) ?? '');
    return frame === undefined ? null : this.#fact(frame);
  }

  /** What main sees of a frame. */
  fact(frameId: string): FrameFact | null {
    const frame = this.#frames.get(frameId);
    return frame === undefined ? null : this.#fact(frame);
  }

  #fact({ url, parentId }: Frame): FrameFact {
    const parent = parentId === undefined ? undefined : this.#frames.get(parentId);
    return {
      url,
      origin: /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i.exec(url)?.[0] ?? 'null',
      parent: parent === undefined ? null : this.#fact(parent),
    };
  }
}
