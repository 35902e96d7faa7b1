/** Where services show the messages they take and send, for the recorder: what a phone was told and said can be explained later. */
export type WireMessage = {
  readonly at: Date;
  readonly protocol: 'dhcp' | 'tftp' | 'http' | 'syslog';
  readonly transport: 'udp' | 'tcp';
  /** Seen from the bench. */
  readonly direction: 'in' | 'out';
  readonly local: { readonly address: string; readonly port: number };
  readonly remote: { readonly address: string; readonly port: number };
  /**
   * The payload of the datagram, or of HTTP the head of the request or response. Unless they are lasting, the bytes are the tap's only during the call.
   * Content of files is left out: of TFTP DATA the first 4 bytes suffice, of HTTP bodies nothing.
   */
  readonly payload: Uint8Array;
  /** Nobody writes to these bytes afterwards: they may be kept as they are. */
  readonly lasting?: true;
};

/** Called for each message; must not throw and must not keep a `payload` that is not lasting. */
export type WireTap = (message: WireMessage) => void;
