import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../engine/contract/mac.js';
import { reveal } from '../../../../engine/contract/secret.js';
import { packNamed } from '../../../../engine/phones/packs.js';
import type { Parameter } from '../../../../engine/phones/pack.js';
import { readRecipe } from '../../../../engine/profiles/recipe.js';

const pack = packNamed('cisco-mpp')!;
const head = 'benchtone: 1\nname: Acme\nphones: cisco-mpp\n';

const read = (yaml: string) => readRecipe(head + yaml, { year: 2026 });

/** What is wrong with a recipe: code, line, key path, suggestion. */
const wrong = (yaml: string) =>
  read(yaml).problems.map(
    ({ code, line, column, suggestion }) => `${code} ${line} ${column}${suggestion === null ? '' : ` -> ${suggestion}`}`,
  );

function compile(yaml: string, values: Record<string, string> = {}, model = '8851') {
  const { recipe, problems: ofRecipe } = read(yaml);
  if (recipe === undefined) throw new Error(JSON.stringify(ofRecipe));
  const { compiled, problems } = pack.compile(recipe, { row: 1, line: 2, mac: '00562b043615' as Mac, model, values });
  const plain = (parameters: readonly Parameter[] = []) =>
    Object.fromEntries(parameters.filter(({ tag }) => tag !== 'Resync_Periodic').map(({ tag, value }) => [tag, reveal(value)]));
  const told = problems.map(
    ({ code, line, column, suggestion }) => `${code} ${line} ${column}${suggestion === null ? '' : ` -> ${suggestion}`}`,
  );
  return { compiled, told, ofRecipe, device: plain(compiled?.device), handOff: plain(compiled?.handOff) };
}

describe('lines', () => {
  const line =
    '{ user: "{{extension}}", password: "{{pw}}", server: sip.acme.example, name: "{{name}}", label: "{{extension}}", transport: TLS }';

  it('are an account, and the key of the same number', () => {
    const { device, told, ofRecipe } = compile(`lines: { 1: ${line} }\n`, { extension: '2001', pw: 'Chalk-7', name: 'Ada; Ltd' });
    expect([...told, ...ofRecipe]).toEqual([]);
    expect(device).toEqual({
      User_ID_1_: '2001',
      Line_Enable_1_: 'Yes',
      Password_1_: 'Chalk-7',
      Display_Name_1_: 'Ada; Ltd',
      Proxy_1_: 'sip.acme.example',
      SIP_Transport_1_: 'TLS',
      Extension_1_: '1',
      Short_Name_1_: '2001',
    });
  });

  it('shared with other phones are shared at the line and at every key of theirs', () => {
    const yaml = 'lines: { 2: { user: "4000", server: s, shared: true } }\nkeys: { 3: { line: 2, name: Team }, 4: { line: 2 } }\n';
    expect(compile(yaml).device).toEqual({
      User_ID_2_: '4000',
      Line_Enable_2_: 'Yes',
      Proxy_2_: 's',
      Share_Ext_2_: 'Yes',
      Shared_User_ID_2_: '4000',
      Extension_3_: '2',
      Short_Name_3_: 'Team',
      Share_Call_Appearance_3_: 'shared',
      Extension_4_: '2',
      Share_Call_Appearance_4_: 'shared',
    });
  });

  it('are not written at all for a row that has no user for them, which is told once', () => {
    const { device, told } = compile(`lines: { 2: { user: "{{second}}", server: s, shared: true } }\n`, { second: '' });
    expect(told).toEqual(['csv.empty-value 2 second']);
    expect(device).toEqual({});
  });

  it.each([
    ['20 01', 'parameter.user 2 extension'],
    ['2001;lr', 'parameter.user 2 extension'],
    ['2001@pbx', 'parameter.user 2 extension'],
    ['x'.repeat(64), 'parameter.user 2 extension'],
  ])('refuse the user %s', (extension, problem) => {
    const { compiled, told } = compile('lines: { 1: { user: "{{extension}}", server: s } }\n', { extension });
    expect(compiled).toBeUndefined();
    expect(told).toContain(problem);
  });

  it('keep passwords secret, whatever they feed', () => {
    const { compiled } = compile(`lines: { 1: ${line} }\nparameters: { GPP_A: "{{pw}}" }\n`, { extension: '1', pw: 'Chalk-7', name: '' });
    expect(JSON.stringify(compiled)).not.toContain('Chalk-7');
  });

  it.each([
    ['lines: { 1: { user: "1" } }\n', ['recipe.line-server 4 lines.1']],
    ['lines: { 1: { user: "1" } }\nparameters: { Proxy_1_: s }\n', []],
    ['lines: { 1: { user: "1", server: s } }\nkeys: { 1: { blf: "2" } }\n', ['recipe.line-without-key 4 lines.1']],
    ['lines: { 1: { user: "1", server: s } }\nkeys: { 1: { blf: "2" }, 2: { line: 1 } }\n', []],
    ['lines: { 1: { user: "1", server: s, password: Geheim-1 } }\n', ['recipe.secret-inside 4 lines.1']],
    ['lines: { 1: { user: "1", server: s, usr: x } }\n', ['recipe.unknown-key 4 lines.1.usr -> user']],
    ['lines: { 0: { user: "1", server: s } }\n', ['recipe.form 4 lines.0']],
    ['lines: { 1: { user: "1", server: s } }\nparameters: { User_ID_1_: "2" }\n', ['recipe.builder-and-parameter 5 parameters.User_ID_1_']],
    ['lines: { 1: { user: "1", server: s } }\nparameters: { User_ID_1_: "1" }\n', []],
    [
      'lines: { 1: { user: "{{a}}", server: s } }\nhandOff: { Extension_1_: "2" }\n',
      ['recipe.builder-and-parameter 5 handOff.Extension_1_'],
    ],
  ])('%s', (yaml, problems) => expect(wrong(yaml)).toEqual(problems));
});

describe('keys', () => {
  it.each([
    ['{ speedDial: "2001", name: Reception }', 'fnc=sd;ext=2001@$PROXY;nme=Reception'],
    ['{ speedDial: 2001@pbx.example, via: 2 }', 'fnc=sd;ext=2001@pbx.example;vid=2'],
    ['{ blf: "2002", name: Desk }', 'fnc=blf+sd+cp;sub=2002@$PROXY;nme=Desk'],
    ['{ blf: "2002", pickup: no, dial: no }', 'fnc=blf;sub=2002@$PROXY'],
    ['{ blf: "2002", list: team, pickup: yes }', 'fnc=blf+sd+cp;sub=team@$PROXY;usr=2002@$PROXY'],
    ['{ function: fnc=dnd, name: 取込中 }', 'fnc=dnd;nme=取込中'],
    ['{ function: fnc=prk;sub=5001@$PROXY }', 'fnc=prk;sub=5001@$PROXY'],
  ])('%s', (key, value) => {
    expect(wrong(`keys: { 4: ${key} }\n`)).toEqual([]);
    expect(compile(`keys: { 4: ${key} }\n`).device).toEqual({ Extension_4_: 'Disabled', Extended_Function_4_: value });
  });

  it('can be off', () => expect(compile('keys: { 3: off }\n').device).toEqual({ Extension_3_: 'Disabled' }));

  it('take columns, and an empty cell leaves the key out', () => {
    const yaml = 'keys: { 2: { blf: "{{boss}}", name: "{{boss_name}}" } }\n';
    expect(compile(yaml, { boss: '2009', boss_name: '' }).device).toMatchObject({ Extended_Function_2_: 'fnc=blf+sd+cp;sub=2009@$PROXY' });
    expect(compile(yaml, { boss: '', boss_name: 'x' })).toMatchObject({
      told: ['csv.empty-value 2 boss'],
      device: { Extension_2_: 'Disabled' },
    });
  });

  it.each([
    [{ boss: '20;09', boss_name: 'Boss' }, 'parameter.number 2 keys.2'],
    [{ boss: '2009', boss_name: 'Boss;fnc=sd' }, 'parameter.label 2 keys.2'],
    [{ boss: '2009', boss_name: '$USER' }, 'parameter.label 2 keys.2'],
  ])('refuse what would break them: %o', (values, problem) => {
    const { compiled, told } = compile('keys: { 2: { blf: "{{boss}}", name: "{{boss_name}}" } }\n', values);
    expect(compiled).toBeUndefined();
    expect(told).toEqual([problem]);
  });

  it('are refused on a model that has not so many', () => {
    const yaml = 'keys: { 4: { blf: "2002" } }\n';
    expect(compile(yaml, {}, '7841').compiled).toBeDefined();
    expect(compile(yaml, {}, '7821')).toMatchObject({ compiled: undefined });
    expect(compile(yaml, {}, '7821').told.map((each) => each.replace(/^\S+/, ''))).toContain(' 2 keys.4');
  });

  it('may differ by model, key by key', () => {
    const yaml = 'keys: { 2: { blf: "1" }, 3: off }\nmodels: { "8851": { keys: { 2: { speedDial: "9;" } } } }\n';
    expect(wrong(yaml)).toEqual(['parameter.number 5 models.8851.keys.2']);
    expect(compile(yaml.replace('9;', '9')).device).toMatchObject({
      Extended_Function_2_: 'fnc=sd;ext=9@$PROXY',
      Extension_3_: 'Disabled',
    });
    expect(compile(yaml.replace('9;', '9'), {}, '8861').device).toMatchObject({ Extended_Function_2_: 'fnc=blf+sd+cp;sub=1@$PROXY' });
  });

  it.each([
    ['keys: { 2: { blf: "1", speedDial: "2" } }\n', ['recipe.key-two-meanings 4 keys.2']],
    ['keys: { 2: { name: x } }\n', ['recipe.key-empty 4 keys.2']],
    ['keys: { 2: { blf: "1" }, 2: off }\n', ['recipe.key-twice 4 null']],
    ['keys: { 2: { function: dnd } }\n', ['parameter.key-function 4 keys.2']],
    ['keys: { 2: { blf: "1", via: two } }\n', ['parameter.key-line 4 keys.2']],
    [
      'keys: { 2: { blf: "1" } }\nparameters: { Extended_Function_2_: fnc=dnd }\n',
      ['recipe.builder-and-parameter 5 parameters.Extended_Function_2_'],
    ],
    ['keys: { 2: { bfl: "1" } }\n', ['recipe.unknown-key 4 keys.2.bfl -> blf']],
  ])('%s', (yaml, problems) => expect(wrong(yaml)).toEqual(problems));

  it('and a column of the list for the same tag may not disagree', () => {
    const yaml = 'keys: { 2: { blf: "1" } }\n';
    expect(compile(yaml, { Extended_Function_2_: 'fnc=dnd' })).toMatchObject({
      compiled: undefined,
      told: ['parameter.column-and-builder 2 Extended_Function_2_'],
    });
    expect(compile(yaml, { Extension_2_: 'Disabled' }).told).toEqual([]);
  });
});

describe('expansion modules', () => {
  it('are keys of their own, and are counted', () => {
    const yaml = 'modules: { 1: { 1: { blf: "2002", name: Desk }, 2: { speedDial: "9" } }, 2: { 32: off } }\n';
    expect(wrong(yaml)).toEqual([]);
    expect(compile(yaml).device).toEqual({
      Unit_1_Key_1_: 'fnc=blf+sd+cp;sub=2002@$PROXY;nme=Desk',
      Unit_1_Key_2_: 'fnc=sd;ext=9@$PROXY',
      Unit_2_Key_32_: 'fnc=inert',
      Number_of_Units: '2',
    });
  });

  it('know no lines', () => expect(wrong('modules: { 1: { 1: { line: 1 } } }\n')).toEqual(['recipe.unknown-key 4 modules.1.1.line']));
});

describe('time', () => {
  it.each([
    ['Tokyo', { Time_Zone: 'GMT+09:00', Daylight_Saving_Time_Enable: 'No' }],
    [
      'Europe/Berlin',
      { Time_Zone: 'GMT+01:00', Daylight_Saving_Time_Enable: 'Yes', Daylight_Saving_Time_Rule: 'start=3/-1/7/2;end=10/-1/7/3;save=1' },
    ],
    [
      'new york',
      { Time_Zone: 'GMT-05:00', Daylight_Saving_Time_Enable: 'Yes', Daylight_Saving_Time_Rule: 'start=3/8/7/2;end=11/1/7/2;save=1' },
    ],
    [
      'Sydney',
      { Time_Zone: 'GMT+10:00', Daylight_Saving_Time_Enable: 'Yes', Daylight_Saving_Time_Rule: 'start=10/1/7/2;end=4/1/7/3;save=1' },
    ],
    ['London', { Time_Zone: 'GMT', Daylight_Saving_Time_Enable: 'Yes', Daylight_Saving_Time_Rule: 'start=3/-1/7/1;end=10/-1/7/2;save=1' }],
    ['Kolkata', { Time_Zone: 'GMT+05:30', Daylight_Saving_Time_Enable: 'No' }],
  ])('at %s', (place, device) => {
    expect(wrong(`time: { place: ${place} }\n`)).toEqual([]);
    expect(compile(`time: { place: ${place} }\n`).device).toEqual(device);
  });

  it('of a place by the row', () => {
    expect(compile('time: { place: "{{city}}" }\n', { city: '東京' }).device).toMatchObject({ Time_Zone: 'GMT+09:00' });
    expect(compile('time: { place: "{{city}}" }\n', { city: 'Tokio' })).toMatchObject({
      compiled: undefined,
      told: ['parameter.place-unknown 2 city -> Tokyo'],
    });
  });

  it('has servers, and is shown as people like it', () => {
    const yaml = 'time: { ntp: [ntp1.acme.example, 10.0.0.1], clock: 24hr, date: day/month }\n';
    expect(compile(yaml).device).toEqual({
      Primary_NTP_Server: 'ntp1.acme.example',
      Secondary_NTP_Server: '10.0.0.1',
      Time_Format: '24hr',
      Date_Format: 'day/month',
    });
  });

  it.each([
    ['time: { place: Berlni }\n', ['parameter.place-unknown 4 time.place -> Berlin']],
    ['time: { place: EST }\n', ['parameter.place-unknown 4 time.place']],
    ['time: { place: Gaza }\n', ['parameter.place-approximate 4 time.place']],
    ['time: { place: Lord Howe }\n', ['parameter.place-offset 4 time.place']],
    ['time: { ntp: http://ntp }\n', ['parameter.host 4 time.ntp']],
    ['time: { place: Tokyo }\nparameters: { Time_Zone: GMT+08:00 }\n', ['recipe.builder-and-parameter 5 parameters.Time_Zone']],
  ])('%s', (yaml, problems) => expect(wrong(yaml)).toEqual(problems));
});

describe('vlan', () => {
  it('waits for the hand-off, for the phone leaves the bench with it', () => {
    const { device, handOff, compiled } = compile('vlan: { phone: "{{vlan}}", pc: 30 }\n', { vlan: '20' });
    expect(device).toEqual({});
    expect(handOff).toMatchObject({ Enable_VLAN: 'Yes', VLAN_ID: '20', PC_Port_VLAN_ID: '30', Enable_PC_Port_VLAN_Tagging: 'Yes' });
    expect(compiled?.readableAfter).toBe(false);
  });

  it.each(['1', '0', '4095', '12a', '-3'])('is not %s', (vlan) => expect(wrong(`vlan: "${vlan}"\n`)[0]).toBe('parameter.vlan 4 vlan'));
});

describe('language', () => {
  const files = 'server: http://files.acme.example/locale, file: ja-JP_88xx-12.0.4.0002.xml';

  it.each(['Japanese', 'ja', 'ja-JP', '日本語'])('%s', (name) => {
    expect(compile(`language: { name: ${name}, ${files}, english: en.xml }\n`).device).toEqual({
      Language_Selection: 'Japanese',
      Locale: 'ja-JP',
      Dictionary_Server_Script: 'serv=http://files.acme.example/locale/;d0=English;x0=en.xml;d1=Japanese;x1=ja-JP_88xx-12.0.4.0002.xml',
    });
  });

  it('English needs no file, a country may be said', () =>
    expect(compile('language: en-GB\n').device).toEqual({ Language_Selection: 'English', Locale: 'en-GB' }));

  it.each([
    ['language: Japanese\n', ['parameter.language-file 4 language']],
    ['language: Japanes\n', ['parameter.language-unknown 4 language -> Japanese']],
    ['language: Japanese\nparameters: { Dictionary_Server_Script: serv=http://h/;d0=Japanese;x0=a.xml }\n', []],
    ['language: { name: French, server: files, file: fr.xml }\n', ['parameter.language-place 4 language']],
  ])('%s', (yaml, problems) => expect(wrong(yaml)).toEqual(problems));
});

describe('builders', () => {
  it('name the key of the recipe each value comes from', () => {
    const { compiled } = compile('keys: { 2: { blf: "{{boss}}" } }\ntime: { place: Tokyo }\n', { boss: '1' });
    const origins = Object.fromEntries(compiled!.device.map(({ tag, origin }) => [tag, origin]));
    expect(origins['Extended_Function_2_']).toEqual({ from: 'recipe', path: 'keys.2', columns: ['boss'], builder: 'blf' });
    expect(origins['Time_Zone']).toEqual({ from: 'recipe', path: 'time.place', columns: [], builder: 'place' });
  });

  it('say which column the list lacks', () => {
    const { recipe } = read('keys: { 2: { blf: "{{bos}}" } }\nhandOff: { Profile_Rule: "http://a.example/b.xml" }\n');
    expect(pack.checkColumns(recipe!, ['model', 'boss'], { model: 'model' })).toMatchObject([
      { code: 'recipe.missing-column', column: 'keys.2', suggestion: 'boss', params: { column: 'bos' } },
    ]);
  });
});
