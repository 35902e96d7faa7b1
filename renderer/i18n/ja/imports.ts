/** 表計算ソフトなどで傷んだ一覧と、重複。 */
import type { imports as english } from '../en/imports.js';

export const imports: Record<keyof typeof english, string> = {
  'draft.encoding.utf-16': 'ユニコード(UTF-16)',
  'csv.other-file': 'これは一覧ではありません({kind})。表計算ソフトで開くか書き出し直し、「CSV UTF-8」で保存してください',
  'csv.heading-later': '見出しは {row} 行目にあり、その上に題名や結合セルがあります。上の行を消し、見出しから始めてください',
  'csv.heading-absent': '見出しがなく、1 行目から電話機が並んでいます。1 行目に mac,model,name のような見出しを入れてください',
  'csv.heading-again': '見出しがもう一度あります(一覧をつなげた跡)。この行は読みませんでした',
  'csv.heading-mojibake': 'この見出しは文字化けしたまま保存されています。「CSV UTF-8」で書き出し直してください',
  'csv.empty-columns': '見出しも値もない列が {columns:column}あります。失われるものはありません',
  'csv.column-like-model': 'この列には機種が並んでいますが、見出しからは分かりません。何の列かを選ぶか、見出しを「model」にしてください',
  'csv.blanks': 'この行から、値の前後に空白があります({cells:row})。取り除いて読みました',
  'csv.formula-error': '「{value}」は、表計算ソフトの数式の誤りか、列の幅が足りない時の表示です。値そのものを入れてください',
  'csv.formula': '値ではなく数式です[: 「{value}」]。列を文字列にし、値として保存してください',
  'csv.scientific': '表計算ソフトが数値として縮めたようです[: 「{value}」]。列を文字列にして打ち直してください',
  'csv.smart-quotes': '値が “ ” で囲まれています[: 「{value}」]。電話機には引用符も値の一部です。不要なら消してください',
  'csv.mojibake': '文字化けしたまま保存されています[: 「{value}」]。打ち直すか、「CSV UTF-8」で書き出し直してください',
  'number.full-width': '「{value}」は全角文字ですが、そのまま読み取りました',
  'number.quotes': '{value} は引用符で囲まれていますが、そのまま読み取りました',
  'number.scientific': '「{value}」: 表計算ソフトが数値を縮め、末尾の桁が失われました。列を文字列にして打ち直してください',
  'number.date': '「{value}」: 表計算ソフトが番号を日付とみなしました。列を文字列にして打ち直してください',
  'number.format': '「{value}」: 表計算ソフトが数値とみなしました。列を文字列にして打ち直してください',
  'number.lost-zeros':
    '「{value}」は、0 で始まるほかの番号より短くなっています。先頭の 0 が失われた可能性があります。注文書と見比べてください',
  'model.quotes': '{value} は引用符で囲まれていますが、そのまま読み取りました',
  'model.full-width': '「{value}」は全角文字ですが、そのまま読み取りました',
  'extension.duplicate': '内線 {value} は {line} 行目にもあります。両方の電話機を鳴らすのであれば、そのままで構いません',
  'user.duplicate': 'ユーザー {value} は {line} 行目にもあります。回線を共用するのであれば、そのままで構いません',
  'mac.earlier-job': '{value} は以前のジョブにもありました: {name}、{date}({job})。戻ってきた電話機か、二重の読み取りかを確かめてください',
  'extension.earlier-job': '内線 {value} は同じ名前の以前のジョブにもありました: {date}({job})。電話機の交換であれば、そのままで構いません',
  'user.earlier-job': 'ユーザー {value} は同じ名前の以前のジョブにもありました: {date}({job})。電話機の交換であれば、そのままで構いません',
};
