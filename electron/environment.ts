/** The environment a child of the shell is given: without what would change how Node, Electron or the loader of the system work. */
const dangerous = /^(?:NODE_|ELECTRON_|LD_|DYLD_|SSLKEYLOGFILE$)/i;

export function scrubbed(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !dangerous.test(entry[0]),
  );
  return Object.fromEntries(entries);
}
