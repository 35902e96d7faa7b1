/** The one source of files that TFTP and HTTP serve: profiles on demand and the folder of `--files`. */
import type { Mac } from '../contract/mac.js';
import type { Purpose, RefusedBecause, Transport } from '../contract/observation.js';

export type FileRequest = {
  readonly transport: Transport;
  /** As on the wire, percent-decoded for HTTP, at most 512 characters; may begin with `/` or not. */
  readonly path: string;
  /** IPv4 address it was asked from. */
  readonly from: string;
  readonly userAgent?: string;
};

export type FileAnswer =
  /** `subject`: the device the content belongs to, where it belongs to one. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly purpose: Purpose; readonly subject?: Mac; readonly contentType: string }
  | { readonly kind: 'file'; readonly file: string; readonly size: number; readonly purpose: 'folder' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly because: RefusedBecause };

export interface FileSource {
  /** Finds what a request may have. Never rejects; odd names are `missing` or `refused`. */
  find(request: FileRequest): Promise<FileAnswer>;
}

/** A configuration report a phone sent by POST or PUT (capped; the body is not kept). */
export type Report = { readonly path: string; readonly from: string; readonly userAgent?: string; readonly body: Uint8Array };
