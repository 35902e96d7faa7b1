/**
 * What the bench writes for its own sake, and takes back at the hand-off; the URLs and DHCP options that lead a phone to it.
 */
import type { Transport } from '../../contract/observation.js';
import { Secret } from '../../contract/secret.js';
import type { BenchAddress, OfferedOption, Parameter } from '../pack.js';

/** Holds the marker in the device file. */
export const markerTag = 'GPP_P';

/** Seconds between two resyncs on the bench; the factory's 3600 would be a coffee break. */
const benchPeriod = '30';

/** Written by the bootstrap (`Resync_Periodic` again by the device file); nothing else may set them before the hand-off. */
export const benchTags = [
  'Syslog_Server',
  'Log_Request_Msg',
  'Log_Success_Msg',
  'Log_Failure_Msg',
  'Peer_Firmware_Sharing',
  'Report_Rule',
  'Report_To_Server',
  'Resync_Periodic',
  'Profile_Rule_B',
  markerTag,
] as const;

/** Written too where files come in parts: the bootstrap is the first, and of the rules behind it the last names the phone's own. */
export const partTags = ['Profile_Rule_C', 'Profile_Rule_D'] as const;

/** The device file's own share of them, beside the marker. */
export const deviceShare = { tag: 'Resync_Periodic', value: benchPeriod } as const;

/**
 * The values by tag, in the order of the file; `rule` is where the phone goes next. The log texts are the factory's, written out because an emptied one is silent;
 * reports go over HTTP always, for TFTP can't take them.
 */
export function benchValues(bench: BenchAddress, rule: string): ReadonlyMap<string, string> {
  const { address, ports } = bench;
  return new Map<string, string>([
    ['Syslog_Server', ports.syslog === 514 ? address : `${address}:${ports.syslog}`],
    ['Log_Request_Msg', '$PN $MAC -- Requesting resync $SCHEME://$SERVIP:$PORT$PATH'],
    ['Log_Success_Msg', '$PN $MAC -- Successful resync $SCHEME://$SERVIP:$PORT$PATH'],
    ['Log_Failure_Msg', '$PN $MAC -- Resync failed: $ERR'],
    ['Peer_Firmware_Sharing', 'No'], // a phone that fetches from its neighbour shows the bench nothing
    ['Report_Rule', `${baseUrl(bench, 'http')}/report/$MA`],
    ['Report_To_Server', 'On Request'],
    ['Resync_Periodic', benchPeriod],
    ['Profile_Rule_B', rule],
  ]);
}

/** A value the bench writes for its own sake; a rule that tells a password is one itself. */
export function ruleParameter(tag: string, value: string, isSecret: boolean): Parameter {
  return { tag, value: isSecret ? new Secret(value) : value, ua: 'na', origin: { from: 'bench', why: 'needs' } };
}

const defaultPorts = { http: 80, tftp: 69 } as const;

/** `http://10.0.0.1`, `tftp://10.0.0.1:6969`: without path, the port only where it is not the scheme's. */
export function baseUrl({ address, ports }: BenchAddress, transport: Transport): string {
  const port = ports[transport];
  return `${transport}://${address}${port === defaultPorts[transport] ? '' : `:${port}`}`;
}

/** 66 and 160 the same URL, 150 the address, for models and releases differ in which they try first; 42 and 7 for time and log. */
export function benchOptions(bench: BenchAddress, transport: Transport): readonly OfferedOption[] {
  const url = baseUrl(bench, transport);
  const addresses = [bench.address];
  return [
    { code: 66, text: url },
    { code: 160, text: url },
    { code: 150, addresses },
    { code: 42, addresses },
    { code: 7, addresses },
  ];
}
