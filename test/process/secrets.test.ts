/** Passwords are planted wherever a work order can hold one, and looked for wherever the bench writes. */
import { statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runUntilAllPass } from './loopback-run.js';
import { filesBelow, options, type Running, Scratch } from './programs.js';

const count = 4;
const tags = ['Password_1_', 'Password_2_', 'User_Password', 'LDAP_Password', 'XMPP_Password', 'GPP_SA'];
const macs = ['c4c603aa0001', 'c4c603aa0002', '00562baa0003', 'f8a5c5aa0004'];
/** No two alike, none a part of another, and strong enough that nothing else is to be said of them. */
const planted = (place: string, number: number): string => `Plant!${place.replaceAll('_', '')}-7${number}qZ`;
const places = [...tags, 'adminColumn', 'voicemail', 'doorCode'];
const inCsv = macs.flatMap((_, row) => places.map((place) => planted(place, row)));
const inRecipe = ['ACS', 'handOffSip', 'handOffKey'].map((place) => planted(place, 9));
const words = [...inCsv, ...inRecipe];

const recipe = `benchtone: 1
name: Planted
phones: cisco-mpp
delivery: { transport: http }
models:
  "7841": { delivery: { transport: tftp } }
bootstrap:
  Web_Server_Port: "10080"
parameters:
  Admin_Password: "{{adminColumn}}"
  Voice_Mail_Number: "5000"
  XML_Password: "{{voicemail}}"
  ACS_Password: "${planted('ACS', 9)}"
handOff:
  Profile_Rule: "[--key ${planted('handOffKey', 9)}]https://prov.example.com/$MA.xml"
  SIP_Password: "${planted('handOffSip', 9)}"
  Web_Server_Port: "10080"
`;

function csv(): string {
  const lines = macs.map((mac, row) => [mac, row % 2 === 0 ? '8851' : '7841', ...places.map((place) => planted(place, row))].join(','));
  return `${[['mac', 'model', ...places].join(','), ...lines].join('\n')}\n`;
}

it('planted passwords are in the profiles alone, in no file of the data folder and in nothing any command says', async () => {
  await using scratch = new Scratch();
  const files = { csv: scratch.write('phones.csv', csv()), recipe: scratch.write('recipe.yaml', recipe) };
  const { bench, virtual } = await runUntilAllPass(scratch, { ...files, count, third: 253 });
  const data = scratch.path('data');
  const looked = (): string[] => filesBelow(data).map(({ path }) => path.slice(data.length + 1));
  expect(looked()).toEqual(expect.arrayContaining(['benchtone.sqlite', 'benchtone.sqlite-wal', 'syslog/000001.log']));
  expect(found(data)).toEqual([]);

  bench.signal('SIGTERM');
  virtual.signal('SIGTERM');
  await Promise.all([bench.end(5000), virtual.end(5000)]);
  const job = options(files);
  const spoken = [bench]; // not the phones: their own record says where they were sent
  const perform = async (args: readonly string[], code: number): Promise<Running> => {
    const command = scratch.benchtone(args);
    expect(await command.end(), command.told()).toEqual({ code, signal: null });
    spoken.push(command);
    return command;
  };
  await perform(['check', ...job], 0);
  await perform(['check', ...job, '--json'], 0);
  await perform(['profiles', ...job, '--out', scratch.path('profiles')], 0);
  for (const format of ['csv', 'json']) await perform(['report', '--data', data, '--format', format], 0);
  const doctor = scratch.benchtone(['doctor', '--data', data, '--interface', 'lo', '--json']);
  await doctor.end();
  spoken.push(doctor);

  expect(spoken.flatMap(({ stdout, stderr }) => said(stdout + stderr))).toEqual([]);
  expect(found(data)).toEqual([]);
  expect(found(scratch.path('key'))).toEqual([]);
  // They were there to be found: in the profiles, all but the column nothing asks for, and in no other file beside them.
  const profiles = filesBelow(scratch.path('profiles'));
  const written = profiles.map(({ bytes }) => bytes.toString('utf8')).join('\n');
  expect(words.filter((word) => !written.includes(word)).sort()).toEqual(macs.map((_, row) => planted('doorCode', row)).sort());
  expect(profiles.filter(({ path }) => !path.endsWith('.xml')).map(({ path }) => path.slice(-12))).toEqual(['manifest.csv']);
  expect(profiles.filter(({ path, bytes }) => path.endsWith('.csv') && said(bytes.toString('utf8')).length > 0)).toEqual([]);
  expect(profiles.filter(({ path }) => (statSync(path).mode & 0o777) !== 0o600)).toEqual([]);
});

it('a password that cannot be written is told by its place, never by what it is', async () => {
  await using scratch = new Scratch();
  const head = 'benchtone: 1\nname: Bad\nphones: cisco-mpp\nparameters:\n';
  const bad = `Plant!${'long'.repeat(40)}`;
  const byColumn = options({
    csv: scratch.write('phones.csv', `mac,model,User_Password,adminColumn\nc4c603aa0001,8851,${bad},${bad}\n`),
    recipe: scratch.write('column.yaml', `${head}  Admin_Password: "{{adminColumn}}"\n`),
  });
  const literal = options({
    csv: scratch.write('others.csv', 'mac,model\nc4c603aa0001,8851\n'),
    recipe: scratch.write('literal.yaml', `${head}  Admin_Password: "${bad}"\n`),
  });
  for (const job of [byColumn, literal]) {
    for (const command of [
      ['check', ...job, '--json'],
      ['check', ...job],
      ['run', ...job, '--interface', 'lo', '--address', '127.0.0.1/8', '--json'],
    ]) {
      const ran = scratch.benchtone(command);
      expect((await ran.end()).code).toBeGreaterThan(0);
      expect(ran.stdout + ran.stderr).toContain('Admin_Password');
      expect(ran.stdout + ran.stderr).not.toContain('Plant!');
    }
  }
});

/** Planted words in files, by any spelling bytes can have, each with the file it is in. */
function found(folder: string): string[] {
  return filesBelow(folder).flatMap(({ path, bytes }) =>
    words.filter((word) => spellings(word).some((each) => bytes.includes(each))).map((word) => `${word} in ${path}`),
  );
}

function spellings(word: string): Buffer[] {
  const plain = Buffer.from(word);
  return [plain, Buffer.from(word, 'utf16le'), Buffer.from(plain.toString('hex')), Buffer.from(plain.toString('base64').slice(0, -4))];
}

function said(text: string): string[] {
  return words.filter((word) => spellings(word).some((each) => text.includes(each.toString('latin1'))));
}
