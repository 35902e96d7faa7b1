import { parseMac, spellMac } from '../engine/contract/mac.js';

/** The command line; the only place that reads arguments and sets the exit code. */
const [command, ...rest] = process.argv.slice(2);
if (command === 'mac') {
  const mac = parseMac(rest.join(' '));
  process.stdout.write(mac === undefined ? 'not a MAC\n' : `${spellMac(mac)}\n`);
  process.exitCode = mac === undefined ? 2 : 0;
} else {
  process.stderr.write('usage: benchtone <command>\n');
  process.exitCode = 2;
}
