/** Readings of lists, made up: sound ones, lists with everything wrong, and one whose letters nobody can be sure of. */
import type { Input, Output } from '../../engine/contract/calls.js';
import { macOf } from './fake-phones.js';

type Reading = Output<'draft.check'>;

const draftHandle = 'draft-0123456789abcdef';

/** What a list is depends on its name here: `trouble…`, `letters…`, `fatal…`, `template…`; anything else is sound. */
export function readingOf(
  name: string,
  encoding: string | undefined,
  recipeName: string | null,
  columns: Input<'draft.check'>['columns'] = {},
): Reading {
  const sound: Reading = {
    draft: draftHandle,
    recipeName,
    columns: (['mac', 'model', 'name', 'extension', 'sip_password'] as const).map((word) => ({
      heading: word,
      word,
      by: 'heading',
      use: 'recipe',
      looks: null,
    })),
    rows: Array.from({ length: name.startsWith('many') ? 2000 : 24 }, (_, index) => ({
      row: index + 1,
      line: index + 2,
      mac: index % 11 === 5 ? null : macOf(index),
      macText: null,
      model: index % 2 === 0 ? '8851' : '7841',
      name: index % 3 === 0 ? `受付 ${index + 1}` : `Desk ${2001 + index}`,
      extension: String(2001 + index),
    })),
    problems: [],
    badLines: [],
    fatal: false,
    openJobs: [],
    readings: [],
  };
  if (name.startsWith('second'))
    return {
      ...sound,
      openJobs: [
        { job: '20261120-aa11bb22', name: 'Acme head office', created: '2026-11-20T09:00:00.000Z', revision: 1, shared: 22, likely: true },
      ],
    };
  if (name.startsWith('columns')) return unnamedColumns(sound, columns);
  if (name.startsWith('trouble')) return troubled(sound);
  if (name.startsWith('fatal'))
    return { ...sound, rows: [], fatal: true, problems: [problem(null, 'model', 'csv.heading-missing', 'error')] };
  if (name.startsWith('template'))
    return {
      ...sound,
      rows: [],
      fatal: true,
      problems: [problem(7, 'template', 'recipe.template-missing', 'error', { file: 'recipe', name: 'acme-lobby.xml' })],
    };
  if (name.startsWith('letters') && encoding === undefined) return unsure(sound);
  return name.startsWith('letters') ? { ...sound, readings: unsure(sound).readings } : sound;
}

/** Headings that do not say what they are; what the person says of them is believed. */
function unnamedColumns(sound: Reading, said: NonNullable<Input<'draft.check'>['columns']>): Reading {
  const role = (
    heading: string,
    word: 'mac' | 'model' | 'name' | 'extension' | 'sip_password',
    by: 'spelling' | null,
    looks: 'mac' | 'model' | null,
  ) => {
    const isSaid = said[word] === heading;
    return {
      heading,
      word: isSaid || by !== null ? word : null,
      by: isSaid ? ('said' as const) : by,
      use: 'recipe' as const,
      looks: isSaid ? null : looks,
    };
  };
  const missing = (['mac', 'model'] as const).filter((word) => said[word] === undefined);
  return {
    ...sound,
    columns: [
      role('Hardware', 'mac', null, 'mac'),
      role('機種コード', 'model', null, 'model'),
      role('Full name', 'name', 'spelling', null),
      role('Ext.', 'extension', 'spelling', null),
      role('secret', 'sip_password', 'spelling', null),
      { heading: 'Notes', word: null, by: null, use: null, looks: null },
    ],
    rows: missing.length > 0 ? [] : sound.rows,
    fatal: missing.length > 0,
    problems: missing.map((word) =>
      problem(1, word === 'mac' ? 'Hardware' : '機種コード', word === 'mac' ? 'csv.column-like-mac' : 'csv.column-like-model', 'error'),
    ),
  };
}

/** What a second list changes of the job `20261120-aa11bb22`. */
export const secondListChanges: Output<'draft.changes'> = {
  revision: 1,
  same: 19,
  changes: [
    {
      kind: 'changed',
      row: 1,
      line: 2,
      mac: macOf(0),
      model: '8851',
      name: '受付 1',
      extension: '2001',
      standing: 'handedOff',
      parameters: [
        { tag: 'User_ID_1_', before: '2001', after: '2101' },
        { tag: 'Password_1_', before: '********', after: '********' },
      ],
    },
    {
      kind: 'changed',
      row: 2,
      line: 3,
      mac: macOf(1),
      model: '7841',
      name: 'Desk 2002',
      extension: '2002',
      standing: 'underWay',
      parameters: [{ tag: 'Station_Display_Name', before: 'Desk 2', after: 'Desk 2002' }],
    },
    {
      kind: 'added',
      row: null,
      line: 25,
      mac: macOf(23),
      model: '8851',
      name: 'Desk 2024',
      extension: '2024',
      standing: 'notSeen',
      parameters: [],
    },
    {
      kind: 'removed',
      row: 9,
      line: null,
      mac: macOf(8),
      model: '8851',
      name: 'Desk 2009',
      extension: '2009',
      standing: 'handedOff',
      parameters: [],
    },
    { kind: 'removed', row: 11, line: null, mac: null, model: '8851', name: null, extension: null, standing: 'notSeen', parameters: [] },
  ],
};

function troubled(sound: Reading): Reading {
  return {
    ...sound,
    rows: sound.rows.filter(({ line }) => line !== 9),
    badLines: [4, 6, 9, 13],
    problems: [
      problem(null, 'parameters.Proxy_1_', 'recipe.missing-column', 'warning', { file: 'recipe', column: 'proxy', tag: 'Proxy_1_' }),
      problem(4, 'mac', 'mac.scientific', 'error', { value: '5.62B+10' }),
      problem(4, 'model', 'model.unknown', 'error', { value: '8859' }, '8851'),
      problem(5, 'User_ID1', 'csv.column-close', 'warning', {}, 'User_ID_1_'),
      problem(6, 'mac', 'mac.length', 'error', { value: '00562b0436', digits: 10 }),
      problem(9, null, 'csv.too-few-fields', 'error', { fields: 3, headings: 5 }),
      problem(11, 'mac', 'mac.quotes', 'warning', { value: '00562b043615' }),
      problem(13, 'mac', 'mac.duplicate', 'error', { value: '00562b043615', line: 2 }),
      problem(15, 'sip_password', 'parameter.password-weak', 'warning', { tag: 'Password_1_' }),
    ],
  };
}

function unsure(sound: Reading): Reading {
  return {
    ...sound,
    rows: [],
    fatal: true,
    problems: [problem(null, null, 'csv.encoding', 'error')],
    readings: [
      {
        encoding: 'windows-1252',
        doubtful: true,
        lines: ['mac,model,name,extension', '00562b043615,8851,Žó•t ŽR“c,2001', '00562b043616,7841,‰ï‹cŽº,2002'],
      },
      {
        encoding: 'shift_jis',
        doubtful: false,
        lines: ['mac,model,name,extension', '00562b043615,8851,受付 山田,2001', '00562b043616,7841,会議室,2002'],
      },
    ],
  };
}

function problem(
  line: number | null,
  column: string | null,
  code: string,
  severity: 'error' | 'warning',
  params: Record<string, string | number> = {},
  suggestion: string | null = null,
): Reading['problems'][number] {
  return { line, column, code, severity, params, suggestion };
}

export const asked: Output<'draft.asks'> = [
  {
    stage: 'bench',
    tag: 'Profile_Rule',
    on: [],
    cases: [{ condition: null, url: 'http://192.168.77.1/8851-3PCC.xml', sets: [], options: [] }],
  },
  {
    stage: 'production',
    tag: 'Profile_Rule',
    on: [],
    cases: [{ condition: null, url: `https://prov.example.com/${macOf(0)}.xml`, sets: [], options: ['key'] }],
  },
  {
    stage: 'production',
    tag: 'Upgrade_Rule',
    on: ['SWVER'],
    cases: [
      { condition: '$SWVER < 12-0-7', url: 'http://prov.example.com/sip88xx.12-0-7MPP0101-52.loads', sets: [], options: [] },
      { condition: null, url: null, sets: ['Upgrade_Enable'], options: [] },
    ],
  },
];

export const recipeText =
  '# Acme\nbenchtone: 1\nname: Office, one line per phone\nphones: cisco-mpp\nparameters:\n  Proxy_1_: sip.example.com   # theirs\n';

type Preview = Output<'draft.preview'>;
type Parameter = Preview['files'][number]['parameters'][number];

/** As the engine tells it: served once before, with another name then. */
export function previewOf(revealed: boolean): Preview {
  const secret = (text: string): string => (revealed ? text : '********');
  const recipe = (path: string, columns = ''): Parameter['origin'] => ({ code: 'origin.recipe', params: { path, columns } });
  const needs: Parameter['origin'] = { code: 'origin.needs', params: {} };
  const parameter = (
    tag: string,
    value: string,
    origin: Parameter['origin'],
    change: Parameter['change'] = 'same',
    isSecret = false,
  ): Parameter => {
    return { tag, value, ua: 'na', secret: isSecret, origin, change };
  };
  const file = (
    name: Preview['files'][number]['file'],
    path: string,
    parameters: Parameter[],
    gone: string[] = [],
  ): Preview['files'][number] => ({
    file: name,
    path,
    text: `<?xml version="1.0" encoding="UTF-8"?>\n<flat-profile>\n${parameters.map(({ tag, value }) => `  <${tag} ua="na">${value}</${tag}>\n`).join('')}</flat-profile>\n`,
    packed: { gzip: name === 'device', encrypted: false },
    parameters,
    servedAt: name === 'bootstrap' ? null : '2026-11-21T16:40:00.000Z',
    gone,
  });
  return {
    revealed,
    files: [
      file('bootstrap', '/8851-3PCC.xml', [
        { ...parameter('Syslog_Server', '192.168.77.1', needs), change: null },
        { ...parameter('Resync_Periodic', '30', needs), change: null },
        { ...parameter('Profile_Rule_B', 'http://192.168.77.1/device/$MA.xml', needs), change: null },
      ]),
      file(
        'device',
        `/device/${macOf(0)}.xml`,
        [
          parameter('Station_Display_Name', '受付 1', recipe('parameters.Station_Display_Name', 'name'), 'changed'),
          parameter('User_ID_1_', '2001', recipe('parameters.User_ID_1_', 'extension')),
          parameter('Password_1_', secret('Chalk-Otter-41'), recipe('parameters.Password_1_', 'sip_password'), 'changed', true),
          parameter('Admin_Password', secret('Maple!Front-9'), { code: 'origin.row', params: { column: 'Admin_Password' } }, 'same', true),
          parameter('Admin_Passwd', secret('Maple!Front-9'), { code: 'origin.spelling', params: {} }, 'same', true),
          parameter('Proxy_1_', 'sip.example.com', recipe('models.8851.parameters.Proxy_1_'), 'new'),
          parameter('Resync_Periodic', '30', needs),
          { ...parameter('GPP_P', '', { code: 'origin.mark', params: {} }), change: null },
        ],
        ['Text_Logo'],
      ),
      file('handOff', `/handoff/${macOf(0)}.xml`, [
        parameter('Profile_Rule', 'https://prov.example.com/$MA.xml', recipe('handOff.Profile_Rule')),
        parameter('Syslog_Server', '', { code: 'origin.factory', params: {} }),
      ]),
    ],
  };
}
