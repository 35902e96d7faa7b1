/**
 * Syslog messages: RFC 5424 section 6, RFC 3164 section 4.1, and whatever else devices send under that name.
 *
 *   RFC 5424  <PRI>1 TIME HOST APP PROCID MSGID SD [MSG]
 *   RFC 3164  <PRI>Mmm dd hh:mm:ss HOST TAG: CONTENT
 *   bare      CONTENT, with or without <PRI>, with or without a time
 *
 * What Cisco MPP phones put around their texts is not documented (fact sheet, section 5), so nothing is demanded and nothing is lost:
 * only PRI, a time stamp, and a complete RFC 5424 header are taken off the text. Host and tag of the older form cannot be told from
 * the beginning of a bare text ("CP-8851-3PCC 00:0e:..."), so they stay in it, and are named only where they look like it.
 */

export type Message = {
  /** Facility x 8 + severity, 0 to 191 (RFC 5424 section 6.2.1). */
  readonly priority?: number;
  /** As it was sent. */
  readonly time?: string;
  readonly host?: string;
  readonly app?: string;
  /** The whole message part. */
  readonly text: string;
};

const month = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
const priorityForm = /^<(?<priority>\d{1,3})>/;
const headerForm =
  /^1 (?<time>-|\d{4}-\d\d-\d\dT\S{1,40}) (?<host>\S{1,255}) (?<app>\S{1,48}) \S{1,128} \S{1,32} (?:-|(?:\[(?:[^\]"]|"(?:[^"\\]|\\.)*")*\])+)(?: |$)/s;
const timeForms = [
  new RegExp(`^(?<time>(?:${month}) [ \\d]\\d (?:\\d{4} )?\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?):? ?`),
  /^(?<time>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?):? ?/,
];
const tagForm = /^(?<host>[\w.:-]{1,255}) (?<app>[\w./-]{1,48})(?:\[\d{1,10}\])?: /;

/** Reads one datagram. Bytes that are no UTF-8 become U+FFFD; NULs and line ends at the end are no part of the text. */
export function decode(datagram: Uint8Array): Message {
  const whole = Buffer.from(datagram.buffer, datagram.byteOffset, datagram.byteLength)
    .toString('utf8')
    .replace(/[\0\r\n]+$/, '');
  const priority = priorityForm.exec(whole);
  const value = Number(priority?.groups?.['priority'] ?? Number.NaN);
  if (!priority || value > 191) return readOld(whole, {});
  const rest = whole.slice(priority[0].length);
  const header = headerForm.exec(rest);
  if (!header) return readOld(rest, { priority: value });
  const { time = '-', host = '-', app = '-' } = header.groups ?? {};
  // RFC 5424 section 6.4: MSG in UTF-8 may begin with a byte order mark.
  return {
    priority: value,
    ...named('time', time),
    ...named('host', host),
    ...named('app', app),
    text: rest.slice(header[0].length).replace(/^\ufeff/, ''),
  };
}

function readOld(rest: string, known: { readonly priority?: number }): Message {
  const stamp = timeForms.map((form) => form.exec(rest)).find((found) => found !== null);
  if (!stamp) return { ...known, text: rest };
  const text = rest.slice(stamp[0].length);
  const { host = '-', app = '-' } = tagForm.exec(text)?.groups ?? {};
  return { ...known, ...named('time', stamp.groups?.['time'] ?? '-'), ...named('host', host), ...named('app', app), text };
}

/** A field, unless it is the NILVALUE of RFC 5424 section 6. */
function named<K extends string>(name: K, value: string): { readonly [N in K]?: string } {
  return value === '-' ? {} : ({ [name]: value } as { readonly [N in K]?: string });
}
