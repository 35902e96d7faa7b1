/**
 * The file in a form that is sent as multipart (RFC 7578, RFC 2046 section 5.1.1), taken out of the stream as it comes.
 *
 *   --boundary CRLF
 *   Content-Disposition: form-data; name="prt"; filename="prt-….tar.gz" CRLF  CRLF
 *   <bytes> CRLF --boundary--
 *
 * The first part with a file name is the file; where none has one, the first part is. Names are read for that alone.
 */

/** The boundary of a multipart content type; undefined for every other type and for a boundary that is none. */
export function boundaryOf(contentType: string): string | undefined {
  const [, quoted, plain] =
    /^\s*multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))(?=\s*(?:;|$))/i.exec(contentType) ?? [];
  return quoted ?? plain;
}

const mostHead = 4096;
const mostParts = 32;

export class FormFile {
  readonly #delimiter: Buffer;
  #rest: Buffer = Buffer.from('\r\n'); // the first boundary may stand at the very beginning
  #state: 'preamble' | 'head' | 'file' | 'other' | 'end' | 'bad' = 'preamble';
  #parts = 0;
  #found = false;

  constructor(boundary: string) {
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  }

  /** The file came with its end. */
  get isWhole(): boolean {
    return this.#found && this.#state !== 'file' && this.#state !== 'bad';
  }

  get isBad(): boolean {
    return this.#state === 'bad';
  }

  /** Takes the next bytes of the content; gives those of the file. */
  push(bytes: Uint8Array): Uint8Array[] {
    const file: Uint8Array[] = [];
    this.#rest = Buffer.concat([this.#rest, bytes]);
    while (this.#step(file));
    if (this.#state === 'end' || this.#state === 'bad') this.#rest = Buffer.alloc(0);
    return file;
  }

  #step(file: Uint8Array[]): boolean {
    if (this.#state === 'end' || this.#state === 'bad') return false;
    return this.#state === 'head' ? this.#readPartHead() : this.#readUntilBoundary(file);
  }

  #readUntilBoundary(file: Uint8Array[]): boolean {
    const at = this.#rest.indexOf(this.#delimiter);
    // What could be the beginning of a boundary waits for the rest of it.
    const content = at === -1 ? Math.max(0, this.#rest.length - this.#delimiter.length + 1) : at;
    if (this.#state === 'file' && content > 0) file.push(this.#rest.subarray(0, content));
    this.#rest = this.#rest.subarray(content);
    if (at === -1 || this.#rest.length < this.#delimiter.length + 2) return false;
    const after = this.#rest.toString('latin1', this.#delimiter.length, this.#delimiter.length + 2);
    this.#rest = this.#rest.subarray(this.#delimiter.length);
    this.#parts += 1;
    if (this.#state === 'file' || after === '--') this.#state = 'end'; // nothing behind the file is wanted
    else if (this.#parts > mostParts) this.#state = 'bad';
    else this.#state = 'head';
    return this.#state === 'head';
  }

  #readPartHead(): boolean {
    const end = this.#rest.indexOf('\r\n\r\n');
    if (end === -1 || end > mostHead) {
      if (this.#rest.length > mostHead) this.#state = 'bad';
      return false;
    }
    const head = this.#rest.toString('latin1', 0, end);
    this.#rest = this.#rest.subarray(end + 2); // its last line end may already belong to the next boundary
    const isFile = /filename\*?=/i.test(head);
    this.#state = isFile ? 'file' : 'other';
    if (isFile) this.#rest = this.#rest.subarray(2);
    if (isFile) this.#found = true;
    return true;
  }
}
