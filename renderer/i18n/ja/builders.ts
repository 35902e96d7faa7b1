import type { builderTexts as english } from '../../../engine/contract/english/builders.js';

/** What is wrong with what a recipe says of lines, keys, time, VLAN and language. */
export const builders = {
  'recipe.builder-and-parameter': '「{key}」も {tag} を別の値に設定しています。どちらかを消してください',
  'recipe.key-empty': 'このキーの働きが書かれていません。line、speedDial、blf、function のどれかを書いてください',
  'recipe.key-two-meanings': 'キーの働きは一つだけですが、「{one}」と「{other}」の両方があります。片方を消してください',
  'recipe.line-without-key': 'キー{line} は別の働きをし、回線{line} のキーがほかにありません。別のキーに「line: {line}」と書いてください',
  'recipe.line-server': '回線{line} に登録先のサーバーがありません。「server」を書いてください',
  'recipe.secret-inside': '{tag} は秘密ですが、レシピを持つ人はだれでも読めます。一覧の列に書いてください',
  'parameter.column-and-builder': 'レシピの「{key}」も {tag} を別の値に設定しています。この列か、レシピのその部分を消してください',
  'parameter.user': '{key}[：「{value}」] はユーザー名になりません。63文字までの英数字で、空白や ; @ $ は使えません',
  'parameter.number':
    '{key}[：「{value}」] はキーでかけられる番号ではありません。数字かユーザー名（@サーバーも可）で、空白や ; は使えません',
  'parameter.label': '{key}[：「{value}」] は表示できません。; や $ や引用符で途切れてしまいます',
  'parameter.key-function': '{key}：働きは電話機の書き方で書きます。例：fnc=dnd、fnc=prk;sub=5001@$PROXY',
  'parameter.key-line': '{key}[：「{value}」]：「via」は回線の番号（1〜16）です',
  'parameter.place-unknown': '「{value}」という場所はわかりません。大きな都市か、Asia/Tokyo のような名前を書いてください',
  'parameter.place-irregular': '「{value}」の{year}年の時刻変更は電話機の規則で表せません。Time_Zone を自分で設定してください',
  'parameter.place-approximate': '「{value}」の夏時間は曜日で決まりません。日付は{year}年のもので、毎年設定し直す必要があります',
  'parameter.place-offset': '{value}：電話機がこの時間帯を知っているという資料がありません。まず一台で試してください',
  'parameter.vlan': '「{value}」は電話機の VLAN になりません。2〜4094 の数字です',
  'parameter.language-unknown': '「{value}」という言語はわかりません。英語の名前か、ja-JP のように書いてください',
  'parameter.language-file': '電話機は言語ファイルがないと {language} を表示できません。「language」に「server」と「file」を書いてください',
  'parameter.language-place': '言語ファイルは、サーバーのフォルダー（http://…、https://…、tftp://…）と、その中のファイル名で書きます',
} as const satisfies Record<keyof typeof english, string>;
