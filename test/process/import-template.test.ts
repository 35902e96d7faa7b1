/** A kit as it is bought, to a recipe that serves a list, by the built program. */
import { expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { zipOf } from '../engine/profiles/importing/zip-of.js';
import { options, Scratch } from './programs.js';

const profile = `<?xml version="1.0"?>
<flat-profile>
  <Proxy_1_>%BWHOST-1%</Proxy_1_>
  <user_id_1_>%BWLINEPORT-1%</user_id_1_>
  <Password_1_ ua="na">%BWAUTHPASSWORD-1%</Password_1_>
  <Admin_Password>Kit!Pass-1234</Admin_Password>
</flat-profile>
`;

it('says what is open, makes a recipe of the decisions, and lets no password through', async () => {
  await using scratch = new Scratch();
  const kit = scratch.write(
    'kit.zip',
    zipOf([
      { name: 'a/8851.xml', content: profile },
      { name: 'readme.txt', content: 'Read me' },
      { name: '../x.xml', content: profile },
    ]),
  );
  const told: string[] = [];
  const run = async (...args: string[]) => {
    const program = scratch.benchtone(['import-template', kit, '--json', ...args]);
    const { code } = await program.end();
    expect(program.invalid).toEqual([]);
    told.push(program.stdout, program.stderr);
    return { code, program };
  };
  const many = await run();
  expect([many.code, many.program.of('refused')]).toMatchObject([2, [{ code: 'usage.choose', params: { files: 2 } }]]);
  expect(many.program.stderr).toContain('../x.xml');

  const first = await run('--choose', '8851.xml');
  expect([first.code, first.program.of('recipe')]).toMatchObject([1, [{ open: 4, text: null }]]);
  const wrong = await run('--choose', '8851.xml', '--map', '%BWHOSTS%=x');
  expect([wrong.code, wrong.program.of('refused')]).toMatchObject([2, [{ code: 'usage.no-tag' }]]);

  const out = scratch.path('acme.yaml');
  const made = await run('--choose', '8851.xml', '--accept', '--map', '%BWHOST-1%=sip.acme.example', '--name', 'Acme', '--out', out);
  expect([made.code, made.program.of('recipe')]).toMatchObject([0, [{ open: 0, path: out }]]);
  expect(readFileSync(out, 'utf8')).toContain('  Proxy_1_: sip.acme.example\n  User_ID_1_: "{{user}}"\n');
  const again = await run('--choose', '8851.xml', '--accept', '--map', '%BWHOST-1%=x', '--out', out);
  expect([again.code, again.program.of('refused')]).toMatchObject([2, [{ code: 'usage.exists' }]]);
  expect(told.join('')).not.toContain('Kit!Pass');

  const csv = scratch.write(
    'a.csv',
    'mac,model,user,sip_password,admin_password\n00562b043615,8851,2001@acme,Chalk-Otter-41,Maple!Front-9\n',
  );
  const check = scratch.benchtone(['check', ...options({ csv, recipe: out, json: true })]);
  expect(await check.end(), check.told()).toEqual({ code: 0, signal: null });
});
