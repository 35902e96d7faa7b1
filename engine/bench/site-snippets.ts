/**
 * A site's DHCP settings in the language of its server. Many phones do not ask for the options they look at, so where a server can be
 * told to send an option unasked, it is. Text that would need escaping is written as bytes.
 */
import type { Output } from '../contract/calls.js';
import { addressText } from '../protocols/dhcp/ipv4.js';

/** One option for the models named; for all where none is. */
export type SiteOption = {
  readonly models: readonly string[];
  readonly code: number;
  readonly bytes: Uint8Array;
  readonly fromRecipe: boolean;
};

type Snippet = Output<'site.settings'>['snippets'][number];
type Value = { readonly text: string } | { readonly addresses: readonly string[] } | { readonly hex: string };

/** Names of the options in RFC 2132 and RFC 5859, as servers' manuals have them. */
const names: ReadonlyMap<number, string> = new Map([
  [2, 'time-offset'],
  [3, 'routers'],
  [6, 'domain-name-servers'],
  [7, 'log-servers'],
  [15, 'domain-name'],
  [42, 'ntp-servers'],
  [43, 'vendor-encapsulated-options'],
  [66, 'tftp-server-name'],
  [125, 'vivso'],
  [150, 'tftp-server-address'],
]);

export function optionName(code: number): string {
  return names.get(code) ?? `option-${code}`;
}

/** The forms by code; everything else is bytes. */
const addressCodes: ReadonlySet<number> = new Set([3, 6, 7, 42, 150]);
const textCodes: ReadonlySet<number> = new Set([15, 66, 159, 160]);
/** Codes for which Windows, Kea and dhcpd know name and form by themselves. */
const standard: ReadonlySet<number> = new Set([2, 3, 6, 7, 15, 42, 43, 66]);

export function snippets(options: readonly SiteOption[]): Snippet[] {
  return [
    { server: 'dnsmasq', text: dnsmasq(options) },
    { server: 'isc-dhcpd', text: iscDhcpd(options) },
    { server: 'kea', text: kea(options) },
    { server: 'windows', text: windows(options) },
    { server: 'cisco-ios', text: ciscoIos(options) },
  ];
}

function valueOf({ code, bytes }: SiteOption): Value {
  const buffer = Buffer.from(bytes);
  if (addressCodes.has(code) && buffer.length > 0 && buffer.length % 4 === 0)
    return { addresses: Array.from({ length: buffer.length / 4 }, (_, i) => addressText(buffer.readUInt32BE(i * 4))) };
  const text = buffer.toString('latin1');
  return textCodes.has(code) && /^[\x20-\x7e]+$/.test(text) && !/["'\\,]/.test(text) ? { text } : { hex: buffer.toString('hex') };
}

/** For all models first; those of single models after a line that says so, where the server takes no condition here. */
function split(options: readonly SiteOption[]): { readonly all: readonly SiteOption[]; readonly single: readonly SiteOption[] } {
  return { all: options.filter(({ models }) => models.length === 0), single: options.filter(({ models }) => models.length > 0) };
}

/** What the others can only be told in words: which models need another value. */
function remarks(options: readonly SiteOption[], mark: string): string[] {
  return split(options).single.map((option) => {
    const value = valueOf(option);
    const words = 'text' in value ? value.text : 'hex' in value ? value.hex : value.addresses.join(', ');
    return `${mark} Only for ${option.models.join(', ')} (a class or policy of its own): option ${option.code} ${words}`;
  });
}

function lines(...all: readonly (readonly string[])[]): string {
  return `${all.flat().join('\n')}\n`;
}

/** `pairs('0a1b', ':')` is `0a:1b`. */
function pairs(hex: string, between: string): string {
  return (hex.match(/../g) ?? []).join(between);
}

/** dnsmasq(8): `dhcp-option-force` sends unasked; a tag is set by a part of the vendor class, which holds the model. */
function dnsmasq(options: readonly SiteOption[]): string {
  const models = [...new Set(options.flatMap(({ models }) => models))];
  const written = (option: SiteOption, tag: string): string => {
    const value = valueOf(option);
    const right = 'text' in value ? `"${value.text}"` : 'hex' in value ? pairs(value.hex, ':') : value.addresses.join(',');
    return `dhcp-option-force=${tag}${option.code},${right}`;
  };
  return lines(
    models.map((model) => `dhcp-vendorclass=set:m${model},${model}`),
    options.flatMap((option) =>
      (option.models.length === 0 ? [''] : option.models.map((model) => `tag:m${model},`)).map((tag) => written(option, tag)),
    ),
  );
}

/** dhcp-options(5), dhcp-eval(5): options nobody asked for are sent when they are added to the list of those asked for. */
function iscDhcpd(options: readonly SiteOption[]): string {
  const { all } = split(options);
  const form = (value: Value): string => ('text' in value ? 'text' : 'hex' in value ? 'string' : 'array of ip-address');
  const own = all.filter(({ code }) => !standard.has(code));
  return lines(
    own.map((option) => `option ${optionName(option.code)} code ${option.code} = ${form(valueOf(option))};`),
    ['# in the subnet or pool of the phones:'],
    all.map((option) => {
      const value = valueOf(option);
      const right = 'text' in value ? `"${value.text}"` : 'hex' in value ? pairs(value.hex, ':') : value.addresses.join(', ');
      return `option ${optionName(option.code)} ${right};`;
    }),
    ['if exists dhcp-parameter-request-list {'],
    [
      `  option dhcp-parameter-request-list = concat(option dhcp-parameter-request-list, ${all.map(({ code }) => code.toString(16)).join(', ')});`,
    ],
    ['}'],
    remarks(options, '#'),
  );
}

/** Kea's administrator manual, "dhcp4-std-options-list" and "always-send". */
function kea(options: readonly SiteOption[]): string {
  const { all } = split(options);
  const definitions = all
    .filter(({ code }) => !standard.has(code))
    .map((option) => {
      const value = valueOf(option);
      const type = 'text' in value ? 'string' : 'hex' in value ? 'binary' : 'ipv4-address';
      return JSON.stringify({ name: optionName(option.code), code: option.code, space: 'dhcp4', type, array: 'addresses' in value });
    });
  const data = all.map((option) => {
    const value = valueOf(option);
    const right = 'text' in value ? value.text : 'hex' in value ? value.hex : value.addresses.join(', ');
    return JSON.stringify({ code: option.code, 'csv-format': !('hex' in value), data: right, 'always-send': true });
  });
  return lines(
    remarks(options, '#'),
    ['# in "Dhcp4":', '"option-def": ['],
    definitions.map((each, index) => `  ${each}${index === definitions.length - 1 ? '' : ','}`),
    ['],', '"option-data": ['],
    data.map((each, index) => `  ${each}${index === data.length - 1 ? '' : ','}`),
    [']'],
  );
}

/** The DhcpServer module of PowerShell; single quotes, for in double ones `$MA` would be a variable. */
function windows(options: readonly SiteOption[]): string {
  const { all } = split(options);
  const type = (value: Value): string => ('text' in value ? 'String' : 'hex' in value ? 'BinaryData' : 'IPv4Address');
  return lines(
    ['# $Scope is the network of the phones, as 192.168.1.0'],
    all
      .filter(({ code }) => !standard.has(code))
      .map((option) => {
        const value = valueOf(option);
        const multi = 'addresses' in value ? ' -MultiValued' : '';
        return `Add-DhcpServerv4OptionDefinition -OptionId ${option.code} -Name '${optionName(option.code)}' -Type ${type(value)}${multi}`;
      }),
    all.map((option) => {
      const value = valueOf(option);
      const right =
        'text' in value
          ? `'${value.text}'`
          : 'hex' in value
            ? `0x${pairs(value.hex, ',0x')}`
            : value.addresses.map((each) => `'${each}'`).join(',');
      return `Set-DhcpServerv4OptionValue -ScopeId $Scope -OptionId ${option.code} -Value ${right}`;
    }),
    remarks(options, '#'),
  );
}

/** Cisco IOS, "ip dhcp pool": `option CODE {ascii|hex|ip} VALUE`. */
function ciscoIos(options: readonly SiteOption[]): string {
  return lines(
    ['! the pool of the phones, by its own name', 'ip dhcp pool PHONES'],
    split(options).all.map((option) => {
      const value = valueOf(option);
      const right = 'text' in value ? `ascii "${value.text}"` : 'hex' in value ? `hex ${value.hex}` : `ip ${value.addresses.join(' ')}`;
      return ` option ${option.code} ${right}`;
    }),
    remarks(options, '!'),
  );
}
