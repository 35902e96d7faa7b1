/** What the shell itself says: menus and dialogs, in both languages. Everything else is the window's. */
export const languages = ['en', 'ja'] as const;
export type Language = (typeof languages)[number];

const en = {
  file: 'File',
  newJob: 'New Job…',
  history: 'Job History',
  export: 'Export Result…',
  quit: 'Quit Benchtone',
  edit: 'Edit',
  bench: 'Bench',
  stop: 'Stop the Bench…',
  doctor: 'Check This Computer',
  view: 'View',
  help: 'Help',
  about: 'About Benchtone',
  lists: 'Lists of phones (CSV)',
  recipes: 'Recipes (YAML)',
  templates: 'Templates of profiles (XML)',
  kits: 'Templates and kits (XML, SPC text, zip)',
  anyFile: 'All files',
  runsTitle: 'The bench is still running.',
  runsDetail: 'Phones that are not handed off yet will not be finished. You can go on with this job later.',
  stopAndQuit: 'Stop the Bench and Quit',
  goOn: 'Keep Running',
  failedTitle: 'The bench’s engine ended unexpectedly, several times in a row.',
  failedDetail: 'Nothing is being served to phones. What they did so far is kept.',
  startAgain: 'Start It Again',
  leave: 'Leave It Off',
  keyTitle: 'The passwords of your jobs cannot be unlocked.',
  keyDetail: 'The key in {file} cannot be read. Bring a copy of it back, or move it away to begin with a new one.',
  plainTitle: 'This computer has no keyring that Benchtone can use.',
  plainDetail: 'The key to the passwords of your jobs is kept in a file that only your account can read: {file}',
  understood: 'OK',
};
export type Words = typeof en;

const ja: Words = {
  file: 'ファイル',
  newJob: '新規ジョブ…',
  history: 'ジョブの履歴',
  export: '結果を書き出す…',
  quit: 'Benchtone を終了',
  edit: '編集',
  bench: 'ベンチ',
  stop: 'ベンチを停止…',
  doctor: 'このコンピューターを点検',
  view: '表示',
  help: 'ヘルプ',
  about: 'Benchtone について',
  lists: '電話機の一覧 (CSV)',
  recipes: 'レシピ (YAML)',
  templates: 'プロファイルのテンプレート (XML)',
  kits: 'テンプレートとキット (XML、SPC の文、zip)',
  anyFile: 'すべてのファイル',
  runsTitle: 'ベンチはまだ動いています。',
  runsDetail: '引き渡しが済んでいない電話機は途中のままになります。このジョブはあとで続けられます。',
  stopAndQuit: 'ベンチを停止して終了',
  goOn: '続ける',
  failedTitle: 'ベンチのエンジンが続けて何度も異常終了しました。',
  failedDetail: '電話機には何も配信していません。ここまでの記録は残っています。',
  startAgain: 'もう一度起動する',
  leave: '停止したままにする',
  keyTitle: 'ジョブのパスワードを読み出せません。',
  keyDetail: '鍵 {file} を読めません。控えを元に戻すか、別の場所に移して新しい鍵で始めてください。',
  plainTitle: 'このコンピューターには、Benchtone が使えるキーリングがありません。',
  plainDetail: 'ジョブのパスワードの鍵は、あなたのアカウントだけが読めるファイルに置かれます: {file}',
  understood: 'OK',
};

export const words: Readonly<Record<Language, Words>> = { en, ja };

/** The language for a locale of the system, such as `ja-JP`. */
export function languageOf(locale: string): Language {
  return languages.find((language) => locale.toLowerCase().startsWith(language)) ?? 'en';
}
