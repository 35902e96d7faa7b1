/** What spreadsheets and other programs do to a list, and rows that name the same phone, number or person. */
export const importTexts = {
  'csv.other-file': 'the file is no list ({kind}). Open it in a spreadsheet, or export the list anew, and save it as “CSV UTF-8”',
  'csv.heading-later':
    'the headings stand in line {row}, below a title or merged cells. Delete the lines above them, so that the list begins with them',
  'csv.heading-absent':
    'the list has no headings: its first line is a phone already. Add a first line that says what each column is, such as mac,model,name',
  'csv.heading-again': 'the headings stand here once more, as when lists are put together. The line was left out',
  'csv.heading-mojibake': 'the letters of this heading were read in the wrong encoding and saved so. Export the list anew as “CSV UTF-8”',
  'csv.empty-columns': '{columns:column} at the side without heading and without any value. Nothing is lost',
  'csv.column-like-model': 'this column is full of phone models, but its heading does not say so. Say what it is, or call it “model”',
  'csv.blanks': 'blanks around values, from this line on ({cells:row}). They were taken away',
  'csv.formula-error': '“{value}” is what a spreadsheet shows where a formula fails or a column is too narrow. Put the value itself there',
  'csv.formula': 'this is a formula[: “{value}”], not its value. Save the list with values, and the column formatted as text',
  'csv.scientific': 'this looks like a number a spreadsheet has shortened[: “{value}”]. Type it anew, with the column formatted as text',
  'csv.invisible':
    'a character here cannot be seen, and the phone would get it, too. Type the value anew, or paste it through a plain text editor',
  'csv.placeholder':
    'this stands for a value[: “{value}”], and nothing fills it in here: the phone would get it as it stands. Put the value itself there',
  'csv.smart-quotes':
    'there are curly quotes around this value[: “{value}”], which belong to it for the phone. Take them away if they are not meant',
  'csv.mojibake':
    'the letters were read in the wrong encoding and saved so[: “{value}”]. Type the value anew, or export the list as “CSV UTF-8”',
  'number.invisible': 'there was a character in it that cannot be seen; it was read without it',
  'number.full-width': '“{value}” is written in full-width characters; it was read all the same',
  'number.quotes': '{value} has quotes around it; it was read all the same',
  'number.scientific':
    '“{value}”: a spreadsheet has shortened the number, and its last digits are lost. Type it anew, with the column formatted as text',
  'number.date': '“{value}”: a spreadsheet took the number for a date. Type it anew, with the column formatted as text',
  'number.format': '“{value}”: a spreadsheet took this for an amount. Format the column as text, and type it anew',
  'number.lost-zeros':
    '“{value}” is shorter than its neighbours, which begin with 0: a spreadsheet may have taken its zeros. Compare with the order',
  'model.quotes': '{value} has quotes around it; it was read all the same',
  'model.full-width': '“{value}” is written in full-width characters; it was read all the same',
  'extension.duplicate': 'extension {value} is also in line {line}. Leave it if both phones are meant to ring',
  'user.duplicate': 'user {value} is also in line {line}. Leave it if they share a line',
  'mac.earlier-job': '{value} was in an earlier job: {name}, {date} ({job}). Was it sent back, or scanned twice?',
  'extension.earlier-job': 'extension {value} was in an earlier job of the same name: {date} ({job}). Leave it if the phone is replaced',
  'user.earlier-job': 'user {value} was in an earlier job of the same name: {date} ({job}). Leave it if the phone is replaced',
} as const;
