/** What is wrong with a parameter of a recipe or a list, beyond the form of its value. How texts are written: see `fill`. */
export const parameterTexts = {
  'parameter.key': '{tag} is beyond the last key of a {model}, which has {keys}',
  'parameter.function': '{tag} is beyond the last programmable key of a {model}, which has {functions}',
  'parameter.no-function': '{tag}: a {model} has no programmable keys, and ignores it',
  'parameter.unit': '{tag} is beyond the last expansion module of a {model}, which takes {units}',
  'parameter.no-unit': '{tag}: a {model} takes no expansion modules, and ignores it',
  'parameter.unit-unverified': '{tag}: it is not verified that a {model} takes expansion modules',
  'parameter.keys': '{tag}[: “{value}”] has to be names of softkeys with semicolons between them, such as redial|1;dnd|2',
  'parameter.code': '{tag}[: “{value}”] has to be a code to dial, such as *72',
  'parameter.tone': '{tag}[: “{value}”] has to be frequencies and times of a tone, such as 350@-19,440@-19;10(*/0/1+2)',
  'parameter.led': '{tag}[: “{value}”] has to be colour and pattern of a lamp, such as c=r;p=f',
  'parameter.offset': '{tag}[: “{value}”] has to be hours and minutes, such as -01/30',
  'parameter.numbers': '{tag}[: “{value}”] has to be whole numbers with commas between them, such as 66,160,150',
  'parameter.decimal': '{tag}[: “{value}”] has to be a number, such as 0.5',
} as const;
