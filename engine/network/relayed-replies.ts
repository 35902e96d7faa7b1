/**
 * What our own server sent to relay agents lately. A relay may put its own address in the place of the server's (RFC 5107), so that
 * its copy of our answer looks like another server's; the transaction and the address that it gives tell it.
 *
 *   RFC 2131 section 2:   xid at byte 4, yiaddr at byte 16, giaddr at byte 24
 */
const at = { xid: 4, yiaddr: 16, giaddr: 24, end: 28 };
/** More clients than are between two messages at one moment. */
const most = 4096;

export class RelayedReplies {
  readonly #sent = new Map<number, number>();

  /** Remembers a reply of ours, the oldest forgotten for it; one that goes to no relay agent is left out. */
  note(reply: Uint8Array): void {
    const message = view(reply);
    if (message === undefined || message.getUint32(at.giaddr) === 0) return;
    const xid = message.getUint32(at.xid);
    this.#sent.delete(xid);
    this.#sent.set(xid, message.getUint32(at.yiaddr));
    if (this.#sent.size <= most) return;
    const [oldest] = this.#sent.keys();
    if (oldest !== undefined) this.#sent.delete(oldest);
  }

  /** Whether a reply that was heard is one of them. */
  has(reply: Uint8Array): boolean {
    const message = view(reply);
    return (
      message !== undefined &&
      message.getUint32(at.giaddr) !== 0 &&
      this.#sent.get(message.getUint32(at.xid)) === message.getUint32(at.yiaddr)
    );
  }
}

function view(reply: Uint8Array): DataView | undefined {
  return reply.byteLength < at.end ? undefined : new DataView(reply.buffer, reply.byteOffset, reply.byteLength);
}
