/** What `benchtone help` says, of everything or of one command. */
const about = 'Benchtone prepares IP phones in bulk on a bench, and proves which of them is ready to box.\n';
const form = 'usage: benchtone <command> [options]         (in the repository: npm run -s benchtone -- <command> [options])\n';

/** Each command: its options, then what it does. */
const commands: Readonly<Record<string, string>> = {
  demo: `  demo      [--phones 24] [--seed N] [--fault RATE] [--data DIR] [--json]
            a whole job on this computer alone, with virtual phones
`,
  check: `  check     --csv FILE [--recipe FILE] [--encoding NAME] [--columns WORD=HEADING,...] [--remember]
            [--data DIR] [--json]
            reads the list and the recipe, names every mistake, and says what each column was
            taken for; nothing is served. --remember writes --columns into the recipe
`,
  asks: `  asks      --csv FILE [--recipe FILE] [--row N] [--encoding NAME] [--columns WORD=HEADING,...] [--json]
            what each phone will ask for: on the bench, and once it stands with the customer
`,
  run: `  run       --csv FILE [--recipe FILE] --interface NAME [--address CIDR] [--pool FIRST-LAST]
            [--ports dhcp=67,tftp=69,http=80,syslog=514] [--data DIR] [--new-job] [--skip-bad]
            [--revise [--again MAC,...|all]]
            [--encoding NAME] [--columns WORD=HEADING,...] [--files DIR] [--unlisted ignore|phones|any] [--no-dhcp]
            [--despite-default-route NAME] [--until-done] [--timeout SECONDS] [--json]
            [--most-transfers N] [--file-memory MIB] [--record FILE]
            prepares real phones on the interface of the bench switch; --revise applies a changed
            list or recipe to the open job, --again prepares phones again that were handed off
`,
  profiles: `  profiles  (--csv FILE [--recipe FILE] [--encoding NAME] [--columns WORD=HEADING,...] | --job ID [--data DIR])
            --out DIR [--keys FILE [--passphrase FILE]] [--kinds device,handOff,install,production,parts] [--jobs N] [--json]
            writes each phone's profile to a folder, with manifest.csv; where the recipe encrypts them,
            their keys to a list of its own, under the passphrase in a file where one is named
            profiles --csv FILE [--recipe FILE] --row N [--explain] [--reveal] [--json]
            shows the files of one row, with --explain where each value comes from; passwords
            are masked unless --reveal is said
`,
  handoff: `  handoff   --csv FILE [--recipe FILE] [--encoding NAME] [--columns WORD=HEADING,...] [--row N] [--json]
            what is in a phone for the bench alone, and what stands in its place when it leaves
`,
  keys: `  keys      [--job ID] [--data DIR] (--out FILE [--passphrase FILE] | --rotate MAC,...|all) [--json]
            the key and the directory of each phone of a job, for the customer's server;
            --rotate gives phones new ones, also while a bench prepares them
`,
  'import-template': `  import-template FILE... [--choose NAME]... [--map %TAG%=TEXT]... [--rename OLD=NEW]...
            [--set TAG=TEXT]... [--drop TAG]... [--keep TAG]... [--accept] [--name NAME]
            [--out FILE] [--json]
            makes a recipe of a template you have: a profile, SPC text, or a kit (zip);
            --accept takes every proposal that is shown
`,
  parameters: `  parameters [NAME] [--json]
            what is known of a parameter of the phones, or of all whose name or help holds the words
`,
  report: `  report    [--job ID] [--data DIR] [--format csv|json]
            what happened to each phone; of the latest job unless one is named
`,
  doctor: `  doctor    [--interface NAME] [--address CIDR] [--ports ...] [--data DIR] [--json]
            [--repair ports|firewall [--undo]]
            what stops or hinders a bench on this computer, and what to do about it;
            --repair does it, once you agree as administrator, --undo takes it back
`,
  ui: `  ui        [--port N] [--data DIR] [--open]
            the window in a browser on this computer; prints the address to open (--open opens it)
`,
  phones: `  phones    (--interface NAME | --relay ADDR:PORT) [--csv FILE] [--count N] [--seed N]
            [--fault RATE] [--speed X] [--json]
            virtual phones, as a program of their own
`,
};

const ends = `exit codes: 0 all phones passed   1 some did not   2 wrong usage or input
            3 refused for safety  4 a port, a privilege or an address is missing
`;

/** The whole page, or the part of one command where there is one of that name. */
export function usageText(command = ''): string {
  const one = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (one !== undefined) return `${form}\n${one}\n${ends}`;
  const help = '  help      this page; help <command>: of one command\n';
  return `${about}\n${form}\n${Object.values(commands).join('')}${help}\n${ends}`;
}
