/** Where the command line says in its own words what to do: it has options where the window has buttons. */
export const ways = {
  'csv.encoding':
    'the letters of the list cannot be read[ as {encoding}]. Save it as "CSV UTF-8", or say how it was saved: --encoding windows-1252 (western Europe), --encoding shift_jis (Japan)',
  'csv.encoding-ignored': '--encoding {encoding} was not needed: the list is {used}, and was read so. Leave the option out',
  'csv.encoding-unknown': 'there is no encoding called “{encoding}”. Usual ones: utf-8, windows-1252, shift_jis',
  'csv.column-taken': 'this column is taken for “{word}”. If it is not, name the right one in the recipe under “columns”',
  'csv.column-ambiguous':
    'this column and “{other}” could both be “{word}”. Name the right one in the recipe under “columns”, or the heading “{word}”',
  'csv.column-like-mac':
    'this column holds MAC addresses, but its heading does not say so. Call it “mac”, or name it in the recipe under “columns”',
  'recipe.form': 'this cannot stand here. Compare with resources/starter/office.yaml',
  'import.workbook': 'it is a workbook of a spreadsheet, no template. A list is saved as “CSV UTF-8” and given with --csv',
  'import.zip-encrypted': 'this file needs a password. Unpack the archive with its password, and give the file itself',
  'import.zip-method': 'it is packed in a way that is not known here. Unpack the archive, and give the file itself',
  'import.unknown-tag': 'the phones know no such tag and would ignore it. Say --rename {tag}=RIGHT, --drop {tag}, or --keep {tag}',
  'import.wrong-case': 'phones want every letter and sign of a tag right, and would ignore this one. Say --rename {tag}=RIGHT',
  'dhcp.pool-exhausted': 'there is no address left for it. Give the bench more with --pool, or a larger network',
} as const;

/** What was given with `import-template` and `profiles` and cannot be followed. */
export const usageTexts = {
  'usage.choose': 'there are {files:file} to choose from. Name one or more with --choose, a later one wins',
  'usage.no-choice': '--choose {name}: there is no such file in it, or more than one. Write it as it is listed',
  'usage.pair': '{option} {value}: NAME=TEXT is needed',
  'usage.no-tag': '{option} {value}: there is no such tag in the file. Write it as it stands there',
  'usage.server-tag': 'only its server knows what this is. Say what it becomes: --map {tag}={{column}} or --map {tag}=VALUE',
  'usage.no-row':
    'row {row} is none that can be served[: the list has {rows:row}, counted without the headings]. What is wrong with the list, if anything, is said above',
  'usage.exists': '{path} is there already and is not written over. Choose another name with --out',
} as const;
