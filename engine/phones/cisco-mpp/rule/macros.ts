/**
 * Macros in a rule (facts section 3.2): `$NAME`, `$(NAME)`, `$(NAME:from)`, `$(NAME:from:count)`, `$$` for `$`. Case-sensitive and
 * not recursive; a name the phone does not know stays as typed.
 */

/** Values by name (`MA`, `PSN`, `A`); a macro that is not there has a value nobody here can know. */
export type MacroValues = Readonly<Record<string, string>>;

/**
 * Every macro the documents name for rules; `n` in `UIDn` and the like stands for a line. `$VERSION` is filled in in
 * User-Agent texts alone, `$PROXY`, `$USER` and `$NOTIFY` in values of keys and lines: in a rule they stay as typed.
 */
const names: ReadonlySet<string> = new Set(
  [
    'MA MAU MAC PN PSN SN CCERT IP EXTIP SWVER HWVER PRVST UPGST PRVTMR UPGTMR REGTMR1 REGTMR2 UPGERR ERR SCHEME SERV SERVIP',
    'PORT PATH METH UPGCOND ISCUST MUID MPWD EMS INCOMINGNAME REMOTENUMBER ORIGTYPE AUTHSTATUS SERIAL_NUMBER',
    'SA SB SC SD A B C D E F G H I J K L M N O P',
  ].flatMap((line) => line.split(' ')),
);
const perLine = /^(?:UID|AUTHID|DISPLAYNAME|PROXY)(?:[1-9]|1[0-6])$/;

/** `$$`, a macro in parentheses, or one without. */
const macro = /\$(?:\$|\((?<inside>[A-Za-z0-9_]+)(?::(?<from>\d{1,4})(?::(?<count>\d{1,4}))?)?\)|(?<plain>[A-Za-z0-9_]+))/g;

export type Used = { readonly name: string; readonly known: boolean; readonly at: number };

/** The macros of a text, in order. */
export function macrosIn(text: string): readonly Used[] {
  return [...text.matchAll(macro)].flatMap(({ groups, index }) => {
    const written = groups?.['inside'] ?? groups?.['plain'];
    if (written === undefined) return []; // $$
    const name = groups?.['inside'] === undefined ? plainName(written) : written;
    return [{ name, known: isMacro(name), at: index }];
  });
}

export function isMacro(name: string): boolean {
  return names.has(name) || perLine.test(name);
}

/** `$SA` to `$SD`: what GPP_SA to GPP_SD hold, filled in after --key, --uid and --pwd alone. */
export function isSecretMacro(name: string): boolean {
  return /^S[A-D]$/.test(name);
}

/** The names there are, for suggestions. */
export function macroNames(): Iterable<string> {
  return names;
}

/** Puts values in the place of macros; what is not among them stays as typed, as the phone leaves it. */
export function expand(text: string, values: MacroValues): string {
  return text.replaceAll(macro, (whole: string, ...rest: unknown[]) => {
    if (whole === '$$') return '$';
    const { inside, from, count, plain } = rest.at(-1) as Record<string, string | undefined>;
    if (inside !== undefined) {
      const value = valueOf(values, inside);
      if (value === undefined) return whole;
      const begin = Number(from ?? 0);
      return value.slice(begin, count === undefined ? undefined : begin + Number(count));
    }
    const name = plainName(plain ?? '');
    const value = valueOf(values, name);
    return value === undefined ? whole : value + (plain ?? '').slice(name.length);
  });
}

function valueOf(values: MacroValues, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/**
 * The run of letters and digits, or what stands before one of its underscores (`$PSN_x` is `$PSN` and `_x`). No document says how a
 * phone reads `$MAx`: that is a name it does not know, and the parentheses of `$(MA)x` make it one.
 */
function plainName(written: string): string {
  for (let end = written.length; end > 0; end = written.lastIndexOf('_', end - 1))
    if (isMacro(written.slice(0, end))) return written.slice(0, end);
  return written;
}
