/** The one source of files that TFTP and HTTP serve: profiles on demand and the folder of `--files`. */
import type { Mac } from '../contract/mac.js';
import type { Secret } from '../contract/secret.js';
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
  | {
      readonly kind: 'bytes';
      readonly bytes: Uint8Array;
      readonly purpose: Purpose;
      /** The device the content belongs to, where it belongs to one. */
      readonly subject?: Mac;
      readonly contentType: string;
      /** The content coding of the bytes (HTTP). */
      readonly contentEncoding?: string;
      /** What the phone has to know to be given it (HTTP). */
      readonly account?: { readonly user: string; readonly password: Secret };
      /** The phone is known to have got a file of this name: it may be told that nothing changed since (HTTP). */
      readonly revalidates?: boolean;
    }
  | { readonly kind: 'file'; readonly file: string; readonly size: number; readonly purpose: 'folder' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly because: RefusedBecause };

export interface FileSource {
  /** Finds what a request may have. Never rejects; odd names are `missing` or `refused`. */
  find(request: FileRequest): Promise<FileAnswer>;
}

/** Something a phone sends by POST or PUT: a configuration report, a problem report. */
export type UploadAbout = {
  readonly path: string;
  readonly from: string;
  readonly userAgent?: string;
  /** Bytes it says it will send. */
  readonly size?: number;
};

/** Where uploads are kept. */
export interface UploadStore {
  /** Begins one, or gives the HTTP status of the refusal. Never rejects. */
  begin(about: UploadAbout): Promise<Upload | number>;
}

/** One upload on its way; ends with `keep` or `drop`. None of these rejects. */
export interface Upload {
  /** Takes a piece once the one before is taken; `full`: there is no room for it at all. */
  write(bytes: Uint8Array): Promise<'kept' | 'too-large' | 'full' | 'failed'>;
  /** It is whole: keeps it under a name of ours. Undefined where that failed, and then nothing of it is left. */
  keep(): Promise<{ readonly file: string; readonly bytes: number } | undefined>;
  drop(): Promise<void>;
}
