/** Calls that look into the running bench: its leases, what a phone was given and said, and what a site's own network has to know. */
import { z } from 'zod';
import { at, coded, jobId, mac, shortText } from './shapes.js';

const lease = z.strictObject({
  mac,
  address: z.string(),
  state: z.enum(['active', 'lapsed', 'offered', 'declined', 'conflict']),
  /** When it lapses, or for how long a declined or conflicting address is set aside. */
  until: at.nullable(),
  row: z.int().nullable(),
  name: z.string().nullable(),
  model: z.string().nullable(),
});

const givenOption = z.strictObject({
  /** RFC 2132 code. */
  code: z.int().min(0).max(255),
  /** The exact bytes of its value, lower-case hex. */
  hex: z.string(),
  /** The value as people write it. */
  text: z.string(),
  /** Why it is sent (`option.<reason>`). */
  why: coded,
});

const message = z.strictObject({
  seq: z.int(),
  at,
  protocol: z.enum(['dhcp', 'tftp', 'http', 'syslog']),
  /** Seen from the bench. */
  direction: z.enum(['in', 'out']),
  /** `address:port` of both ends. */
  from: z.string(),
  to: z.string(),
  /** One line: code `message.<protocol>…` with parameters. */
  summary: coded,
  /** Decoded parts in the order of the wire; secrets masked. */
  fields: z.array(z.strictObject({ name: z.string(), value: z.string() })),
});

const servingLimits = z.strictObject({
  mostTransfers: z.int().min(1).max(10_000).nullable(),
  fileMemory: z.int().min(0).max(1_000_000),
});

export const benchCalls = {
  /** RFC 4388-style look-up by any part of an address, MAC or name; an empty query gives all, 500 at most. */
  'dhcp.lookup': {
    input: z.strictObject({ query: shortText }),
    output: z.strictObject({
      leases: z.array(lease),
      /** Null without own DHCP. `free`: never given; `checking`: its conflict probe runs. */
      pool: z
        .strictObject({
          first: z.string(),
          last: z.string(),
          size: z.int(),
          leased: z.int(),
          free: z.int(),
          checking: z.int(),
          setAside: z.int(),
        })
        .nullable(),
    }),
  },
  /** What DHCP gives a phone of the running bench, byte for byte, and why; `serve` says why not, where it gives nothing. */
  'dhcp.explain': {
    input: z.strictObject({ mac }),
    output: z.strictObject({ serve: coded, address: z.string().nullable(), options: z.array(givenOption) }),
  },
  /** Own DHCP again after an interlock has stopped it, once nobody else answers (5 s). */
  'dhcp.restart': { input: z.strictObject({}), output: z.strictObject({}) },
  /** Without own DHCP: what to enter in the site's DHCP server so that its phones find this bench. */
  'site.settings': {
    input: z.strictObject({ interface: shortText, address: shortText.optional() }),
    output: z.strictObject({
      entries: z.array(z.strictObject({ models: z.array(z.string()), code: z.int(), name: z.string(), value: z.string(), why: coded })),
      /** The same for servers that read a configuration file. */
      snippets: z.array(z.strictObject({ server: z.enum(['dnsmasq', 'isc-dhcpd', 'kea', 'windows', 'cisco-ios']), text: z.string() })),
    }),
  },
  /** The newest messages of one phone, as the recorder of the running bench kept them, oldest first. */
  'phone.messages': {
    input: z.strictObject({ mac }),
    output: z.strictObject({ messages: z.array(message), /** Older ones that had to make room. */ forgotten: z.int() }),
  },
  /** What the recorder kept, of one phone or of all, as pcapng; secrets masked. */
  'phone.capture': {
    input: z.strictObject({ mac: mac.nullable() }),
    output: z.strictObject({ name: z.string(), base64: z.base64() }),
  },
  /** What a person allows the serving of files: TFTP transfers at a time (null: as many as come), MiB of memory for the folder's files. */
  'serving.read': { input: z.strictObject({}), output: servingLimits },
  /** Holds from the next start of a bench on. */
  'serving.write': { input: servingLimits, output: z.strictObject({}) },
  /** What a phone sent, by the name of the file in its fact (`fact.report`). Refused when it is gone, or too large to be handed over here. */
  'phone.report': {
    input: z.strictObject({ file: shortText }),
    output: z.strictObject({ name: z.string(), base64: z.base64() }),
  },
  /** The newest raw syslog lines of the running bench, oldest first, of one phone or of all. */
  'syslog.lines': {
    input: z.strictObject({ mac: mac.nullable(), limit: z.int().min(1).max(1000) }),
    output: z.strictObject({
      lines: z.array(
        z.strictObject({
          at,
          from: z.string(),
          mac: mac.nullable(),
          transport: z.enum(['udp', 'tcp']),
          parsed: z.boolean(),
          text: z.string(),
        }),
      ),
      /** Bytes the system gave for the receive buffer, and what was asked for; null while nothing runs. */
      buffer: z.strictObject({ asked: z.int(), granted: z.int() }).nullable(),
    }),
  },
  /** Sets one of the doctor's remedies, or takes it back. `done` false: the person has to run `command`, and `reason` says why. */
  'doctor.repair': {
    input: z.strictObject({ remedy: z.enum(['ports', 'firewall']), undo: z.boolean(), interface: shortText }),
    output: z.strictObject({ done: z.boolean(), command: z.string(), reason: coded.nullable() }),
  },
  /** Closes an open job that does not run: its days begin to count, after which its secrets are destroyed. */
  'jobs.close': { input: z.strictObject({ job: jobId }), output: z.strictObject({ /** When its secrets go. */ purged: at }) },
} as const;

export type DhcpFound = z.output<(typeof benchCalls)['dhcp.lookup']['output']>;
export type DhcpTold = z.output<(typeof benchCalls)['dhcp.explain']['output']>;
