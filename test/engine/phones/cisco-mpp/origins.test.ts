import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../engine/contract/mac.js';
import { packNamed } from '../../../../engine/phones/packs.js';
import { readRecipe } from '../../../../engine/profiles/recipe.js';

const pack = packNamed('cisco-mpp')!;
const bench = { address: '192.0.2.1', ports: { tftp: 69, http: 80, syslog: 514 } };

function sheets(yaml: string, values: Record<string, string>, markerKey?: Uint8Array) {
  const { recipe, problems } = readRecipe(`benchtone: 1\nname: Acme\nphones: cisco-mpp\n${yaml}`, {
    readTemplate: () => '<flat-profile><Text_Logo>theirs</Text_Logo></flat-profile>',
  });
  if (recipe === undefined) throw new Error(JSON.stringify(problems));
  const { compiled } = pack.compile(recipe, { row: 1, line: 2, mac: '00562b043615' as Mac, model: '8851', values });
  return { compiled: compiled!, sheets: pack.sheets(recipe, compiled!, bench, markerKey), recipe };
}

describe('the origin of a value', () => {
  it('names the column, the place in the recipe, the pack or the bench', () => {
    const made = sheets(
      `template: t.xml
parameters: { Station_Name: "{{name}}", Admin_Password: "{{admin_password}}", Host_Name: fixed }
models: { "8851": { parameters: { Locale: ja-JP } } }
handOff: { Profile_Rule: https://prov.acme.example/$MA.xml }
bootstrap: { Web_Server_Port: "8080" }
`,
      { name: 'Reception', admin_password: 'Maple!Front-9', Domain: 'acme.example' },
    );
    const origins = made.sheets.map(({ file, parameters }) => [
      file,
      Object.fromEntries(parameters.map(({ tag, origin }) => [tag, origin])),
    ]);
    const fixed = (path: string) => ({ from: 'recipe', path, columns: [] });
    expect(Object.fromEntries(origins)).toMatchObject({
      bootstrap: { Syslog_Server: { from: 'bench', why: 'needs' }, Web_Server_Port: fixed('bootstrap.Web_Server_Port') },
      device: {
        Text_Logo: fixed('template.Text_Logo'),
        Station_Name: { from: 'recipe', path: 'parameters.Station_Name', columns: ['name'] },
        Admin_Password: { from: 'recipe', path: 'parameters.Admin_Password', columns: ['admin_password'] },
        Admin_Passwd: { from: 'pack', why: 'spelling' },
        Host_Name: fixed('parameters.Host_Name'),
        Locale: fixed('models.8851.parameters.Locale'),
        Domain: { from: 'row', column: 'Domain' },
        Resync_Periodic: { from: 'bench', why: 'needs' },
        GPP_P: { from: 'bench', why: 'mark' },
      },
      handOff: {
        Profile_Rule: fixed('handOff.Profile_Rule'),
        Syslog_Server: { from: 'pack', why: 'factory' },
        Web_Server_Port: { from: 'pack', why: 'factory' },
      },
    });
    for (const { parameters } of made.sheets) for (const { origin } of parameters) expect(origin).toBeDefined();
  });

  it('is told of exactly the files that are served', () => {
    const key = new Uint8Array(32).fill(7);
    const made = sheets('parameters: { Station_Name: "{{name}}" }\n', { name: 'Reception' }, key);
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
    expect(made.sheets.map(({ parameters }) => text(pack.write(parameters).bytes))).toEqual(
      [pack.bootstrap(made.recipe, bench, 'http', 'device'), pack.device(made.compiled, key), pack.handOff(made.compiled)].map(
        ({ bytes }) => text(bytes),
      ),
    );
  });

  it('keeps the rule that holds a password from being read', () => {
    const made = sheets('delivery: { account: { user: bench, password: "{{code}}" } }\n', { code: 'Blue-Harbour-4' });
    expect(JSON.stringify(made.sheets)).not.toContain('Blue-Harbour-4');
    expect(Buffer.from(pack.write(made.sheets[0]!.parameters).bytes).toString()).toContain('--pwd Blue-Harbour-4');
  });
});
