/** What is wrong with what a recipe says of lines, keys, time, VLAN and language. How texts are written: see `problems.ts`. */
export const builderTexts = {
  'recipe.builder-and-parameter': '“{key}” sets {tag} as well, to something else. Delete one of the two',
  'recipe.key-empty': 'nothing is said of what this key does. Write line, speedDial, blf or function',
  'recipe.key-two-meanings': 'a key does one thing, but “{one}” and “{other}” both stand here. Delete one',
  'recipe.line-without-key': 'key {line} does something else, and no other stands for line {line}. Give another key “line: {line}”',
  'recipe.line-server': 'line {line} has no server to register with. Add “server”',
  'recipe.secret-inside':
    '{tag} is secret, but it stands in the recipe, where anybody who has the file can read it. Put it into a column of the list',
  'parameter.column-and-builder':
    '“{key}” of the recipe sets {tag} as well, to something else. Delete the column, or the part of the recipe',
  'parameter.user': '{key}[: “{value}”] is no user name: up to 63 letters and digits without blanks, ;, @ and $',
  'parameter.number': '{key}[: “{value}”] is no number a key could call: digits or a user name, perhaps with @server, without blanks and ;',
  'parameter.label': '{key}[: “{value}”] cannot be shown: a ;, a $ or a quotation mark would end it',
  'parameter.key-function': '{key}: a function is written as the phone spells it, such as fnc=dnd or fnc=prk;sub=5001@$PROXY',
  'parameter.key-line': '{key}[: “{value}”]: “via” is the number of a line, 1 to 16',
  'parameter.place-unknown': '“{value}” is no place known here. Write a large city, or a zone such as Asia/Tokyo',
  'parameter.place-irregular': 'the clocks of “{value}” change in {year} in a way no rule of the phone says. Set Time_Zone by hand',
  'parameter.place-approximate':
    'summer time of “{value}” follows no weekday: the dates are those of {year}, and have to be set anew each year',
  'parameter.place-offset': '{value}: no document says that phones know this time zone. Try it on one phone first',
  'parameter.vlan': '“{value}” is no VLAN for a phone: a number from 2 to 4094',
  'parameter.language-unknown': '“{value}” is no language known here. Write its English name, or such as ja-JP',
  'parameter.language-file': 'phones speak {language} only with its file. Add “server” and “file” to “language”',
  'parameter.language-place': 'the language file is a folder on a server (http://…, https://…, tftp://…) and the name of a file in it',
} as const;
