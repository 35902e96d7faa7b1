/** Uploads kept in memory, with the limits a test wants. */
import type { UploadAbout, UploadStore } from '../../../../engine/services/files.js';

export type KeptUpload = UploadAbout & { readonly body: Uint8Array };

export class KeptUploads implements UploadStore {
  readonly kept: KeptUpload[] = [];
  dropped = 0;
  readonly #most: number;
  readonly #takes: (path: string) => boolean;

  constructor(most = 1024 * 1024, takes: (path: string) => boolean = () => true) {
    this.#most = most;
    this.#takes = takes;
  }

  async begin(about: UploadAbout) {
    if (!this.#takes(about.path)) return 404;
    if ((about.size ?? 0) > this.#most) return 413;
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    return {
      write: async (piece: Uint8Array) => {
        bytes += piece.length;
        pieces.push(Uint8Array.from(piece));
        return bytes > this.#most ? ('too-large' as const) : ('kept' as const);
      },
      keep: async () => {
        this.kept.push({ ...about, body: Buffer.concat(pieces) });
        return { file: `${this.kept.length}.xml`, bytes };
      },
      drop: async () => void (this.dropped += 1),
    };
  }
}
