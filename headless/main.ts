/** The command line; the only place that reads arguments and environment and sets the exit code. */
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { isCommand, readArguments, usage } from './arguments.js';
import { asks } from './asks.js';
import { check } from './check.js';
import { demo } from './demo.js';
import { doctor } from './doctor.js';
import { exitCode } from './exit.js';
import { explain } from './explain.js';
import { importTemplate } from './import-template.js';
import { Output } from './output.js';
import { handOff } from './hand-off.js';
import { keys } from './keys.js';
import { parameters } from './parameters.js';
import { becomePhones } from './phones.js';
import { profiles } from './profiles.js';
import { report } from './report.js';
import { run } from './run.js';
import type { Surroundings } from './surroundings.js';
import { ui } from './ui.js';
import { usageText } from './words/usage.js';

/** How long after its work the process may live, in milliseconds. */
const endWithinMs = 1500;

process.stdout.on('error', () => undefined); // nobody reads any more: `ending` ends what is running
process.stderr.on('error', () => undefined);

const [name = '', ...argv] = process.argv.slice(2);
const surroundings: Surroundings = {
  environment: process.env,
  phonesProgram: join(import.meta.dirname, '../simulator/main.js'),
  windowFolder: join(import.meta.dirname, '../renderer'),
  version: packageJson.version,
};

if (name === 'phones' && !argv.includes('--help')) await becomePhones(surroundings.phonesProgram, argv);
else {
  process.exitCode = await main();
  setTimeout(() => process.exit(), endWithinMs).unref(); // whatever still holds the process: it has said all it had to say
}

async function main(): Promise<number> {
  const output = new Output(argv.includes('--json'));
  if (name === '' || name === 'help' || name === '--help' || argv.includes('--help')) {
    process.stdout.write(usageText(name === 'help' ? argv[0] : name));
    return name === '' ? exitCode.usage : exitCode.allPass;
  }
  if (!isCommand(name)) {
    output.refuse(usage('usage.command', { command: name }).refusal);
    return exitCode.usage;
  }
  const given = readArguments(name, argv);
  if (!given.ok) {
    output.refuse(given.refusal);
    return exitCode.usage;
  }
  const works = {
    run,
    demo,
    check,
    asks,
    profiles,
    handoff: handOff,
    keys,
    'import-template': importTemplate,
    report,
    doctor,
    ui,
    parameters,
  };
  const work = name === 'profiles' && given.value['row'] !== undefined ? explain : works[name];
  return work(given.value, output, surroundings);
}
