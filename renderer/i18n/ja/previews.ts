/** 電話機が受け取るもの。 */
const origins = {
  'origin.row': '一覧の列「{column}」',
  'origin.recipe': 'レシピの {path}[(一覧の {columns} を使う)]',
  'origin.builder': 'レシピの {path}({builder})[(一覧の {columns} を使う)]',
  'origin.factory': 'ベンチが使った値を、出荷時の値に戻します',
  'origin.spelling': 'Admin_Password の別の綴り。こちらを使う電話機のために並べて書きます',
  'origin.needs': 'ベンチが作業中に使い、最後に元に戻します',
  'origin.mark': 'ベンチの目印。電話機がこのファイルどおりかどうかを見分けます。開始の時に作ります',
  'origin.key': 'ベンチがこの電話機のために作ったもの',
} as const;

const window = {
  'preview.files': 'ファイル',
  'preview.view': '表示',
  'preview.view.origins': '値の出どころ',
  'preview.view.text': 'ファイルそのもの',
  'preview.file.bootstrap': '最初のファイル',
  'preview.file.install': '暗号キー',
  'preview.file.model': '機種共通',
  'preview.file.customer': '顧客共通',
  'preview.file.device': 'プロファイル',
  'preview.file.handOff': '引き渡し',
  'preview.reveal': 'パスワードを表示…',
  'preview.reveal.sure': 'この画面を見る人みんなに読めるようになります。表示したことは電話機の記録に残ります。',
  'preview.reveal.yes': '表示する',
  'preview.hide': 'パスワードを隠す',
  'preview.gzip': '圧縮して送る',
  'preview.encrypted': '暗号化して送る',
  'preview.never': 'この電話機にはまだ一度も渡していません。',
  'preview.same': '{time} に渡したものと同じです。',
  'preview.since': '{time} に渡してから、変わったもの {changed}、新しいもの {added}[、書かなくなったもの: {gone}]。下で印を付けています。',
  'preview.change.changed': '変わった',
  'preview.change.new': '新しい',
  'preview.column.tag': '設定',
  'preview.column.value': '値',
  'preview.column.origin': '出どころ',
  'preview.empty': '空',
  'preview.ua.ro': '利用者に見える',
  'preview.ua.rw': '利用者が変えられる',
} as const;

export const previews = { ...origins, ...window } as const;
