/** One row's files on the terminal: as they are, or with the origin of every value; passwords to who asks. */
import { expect, it } from 'vitest';
import { options, Scratch } from './programs.js';

const recipe = `benchtone: 1
name: Acme
phones: cisco-mpp
parameters:
  Display_Name_1_: { value: "{{name}}", ua: ro }
  Password_1_: "{{sip_password}}"
  Admin_Password: "{{admin_password}}"
handOff: { Profile_Rule: "https://prov.acme.example/$MA.xml" }
`;
const csv = `mac,model,name,sip_password,admin_password,User_ID_1_
00562b043615,8851,Reception,Chalk-Otter-41,Maple!Front-9,2001
,7841,Meeting room,Dune-Anchor-58,Maple!Room-23,2003
`;

it('shows the files of a row, where each value comes from, and no password unless it is asked for', async () => {
  await using scratch = new Scratch();
  const files = { csv: scratch.write('a.csv', csv), recipe: scratch.write('a.yaml', recipe) };
  const run = async (...args: string[]) => {
    const program = scratch.benchtone(['profiles', ...options({ ...files, json: true }), ...args]);
    const { code } = await program.end();
    expect(program.invalid).toEqual([]);
    return { code, program };
  };
  const text = await run('--row', '1');
  expect(text.code, text.program.told()).toBe(0);
  expect(text.program.of('file').map(({ file, path }) => `${file} ${path}`)).toEqual([
    'bootstrap /8851-3PCC.xml',
    'device /device/00562b043615.xml',
    'handOff /handoff/00562b043615.xml',
  ]);
  expect(text.program.of('file')[1]?.text).toContain('<Display_Name_1_ ua="ro">Reception</Display_Name_1_>');
  const explained = await run('--row', '2', '--explain');
  expect(Object.fromEntries(explained.program.of('value').map(({ file, tag, origin }) => [`${file} ${tag}`, origin]))).toMatchObject({
    'device User_ID_1_': 'the list, column “User_ID_1_”',
    'device Display_Name_1_': 'the recipe, parameters.Display_Name_1_, with name of the list',
    'handOff Profile_Rule': 'the recipe, handOff.Profile_Rule',
  });
  for (const { program } of [text, explained]) expect(program.stdout + program.stderr).not.toMatch(/Otter|Anchor|Maple/);
  expect((await run('--row', '1', '--reveal')).program.of('file')[1]?.text).toContain('Chalk-Otter-41');
  const none = await run('--row', '3');
  expect([none.code, none.program.of('refused')]).toMatchObject([1, [{ code: 'usage.no-row', params: { row: 3, rows: 2 } }]]);
});
