/** What is wrong with a parameter of a recipe or a list, beyond the form of its value. */
import type { parameters as english } from '../en/parameters.js';

export const parameters = {
  'parameter.key': '{tag} は {model} の最後のキーを超えています(キーの数 {keys})',
  'parameter.function': '{tag} は {model} の最後のプログラム可能なキーを超えています(キーの数 {functions})',
  'parameter.no-function': '{tag}: {model} にはプログラム可能なキーがなく、電話機は無視します',
  'parameter.unit': '{tag} は {model} の最後の拡張モジュールを超えています(モジュールの数 {units})',
  'parameter.no-unit': '{tag}: {model} は拡張モジュールに対応せず、電話機は無視します',
  'parameter.unit-unverified': '{tag}: {model} が拡張モジュールに対応するかは確認されていません',
  'parameter.keys': '{tag}[(「{value}」)]はソフトキーの名前をセミコロンで区切ったものです(例: redial|1;dnd|2)',
  'parameter.code': '{tag}[(「{value}」)]はダイヤルする番号です(例: *72)',
  'parameter.tone': '{tag}[(「{value}」)]は音の周波数と長さです(例: 350@-19,440@-19;10(*/0/1+2))',
  'parameter.led': '{tag}[(「{value}」)]はランプの色と点滅です(例: c=r;p=f)',
  'parameter.offset': '{tag}[(「{value}」)]は時と分です(例: -01/30)',
  'parameter.numbers': '{tag}[(「{value}」)]は整数をコンマで区切ったものです(例: 66,160,150)',
  'parameter.decimal': '{tag}[(「{value}」)]は数です(例: 0.5)',
} as const satisfies Record<keyof typeof english, string>;
