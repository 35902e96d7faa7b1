/**
 * What headings call the things a row is about: lists in English and Japanese, and what other programs export.
 *
 * 3CX and FreePBX: headings of their extension exports (3CX documentation "bulk extension import", FreePBX Bulk Handler). BroadWorks
 * has no one export; these are the names its element managers and portals use.
 */
import { type KnownWord, knownWords } from '../contract/columns.js';

/** Letters and digits of a heading, in lower case and of normal width: `MAC-Address`, `mac_address` and `ＭＡＣＡｄｄｒｅｓｓ` are one. */
const spellings: Readonly<Record<KnownWord, readonly string[]>> = {
  mac: [
    'macaddress',
    'macaddr',
    'macid',
    'devicemac',
    'devicemacaddress',
    'phonemac',
    'phonemacaddress',
    'ethernetaddress',
    'hardwareaddress',
    'macアドレス',
    'mac番号',
    '電話機mac',
    '電話機macアドレス',
    '端末mac',
    '端末macアドレス',
    '物理アドレス',
  ],
  model: [
    'phonemodel',
    'devicemodel',
    'devicetype',
    'phonetype',
    'modelname',
    'modelnumber',
    'modelno',
    'handsetmodel',
    '機種',
    '機種名',
    'モデル',
    'モデル名',
    '型番',
    '型名',
    '型式',
    '品番',
    '電話機種別',
  ],
  serial: [
    'serialnumber',
    'serialno',
    'phoneserial',
    'deviceserial',
    'deviceserialnumber',
    'sn',
    'シリアル',
    'シリアル番号',
    'シリアルno',
    'シリアルナンバー',
    '製造番号',
    '機器番号',
  ],
  name: [
    'displayname',
    'fullname',
    'cidname',
    'calleridname',
    'callername',
    'employeename',
    'personname',
    '名前',
    '氏名',
    'お名前',
    '表示名',
    '使用者',
    '使用者名',
    '利用者',
    '利用者名',
    '社員名',
    '担当者名',
  ],
  extension: ['ext', 'extensionnumber', 'extensionno', 'extno', 'extnumber', 'internalnumber', '内線', '内線番号', '内線no', '内線番号no'],
  user: [
    'userid',
    'username',
    'sipuser',
    'sipuserid',
    'sipusername',
    'lineport',
    'sipaccount',
    'ユーザーid',
    'ユーザid',
    'ユーザー名',
    'ユーザ名',
    'sipユーザー名',
    'sipユーザ名',
    'アカウント',
  ],
  auth_id: [
    'authid',
    'authname',
    'authuser',
    'authusername',
    'authenticationid',
    'authenticationname',
    'authenticationusername',
    'sipauthid',
    '認証id',
    '認証名',
    '認証ユーザー名',
    '認証ユーザ名',
    'sip認証id',
  ],
  // `password` alone may be that of the web page or the voice mail: only a person can say.
  activation_code: ['activationcode', 'webexactivationcode', 'アクティベーションコード', '有効化コード'],
  sip_password: [
    'sippassword',
    'sippass',
    'sipsecret',
    'secret',
    'authpassword',
    'authenticationpassword',
    'registrationpassword',
    'sipauthpassword',
    'sipパスワード',
    '認証パスワード',
    'sip認証パスワード',
  ],
  admin_password: ['adminpassword', 'adminpass', 'administratorpassword', '管理者パスワード'],
};

/** A heading of another program that means something only beside its others. */
type Export = {
  /** Headings that show whose list it is, all of them there. */
  readonly signature: readonly string[];
  readonly words: Readonly<Partial<Record<KnownWord, string>>>;
  /** Headings that look like a known word and are none. */
  readonly others: readonly string[];
};

const exports: readonly Export[] = [
  // FreePBX Bulk Handler: `devicetype` is fixed or adhoc, `password` the user manager's, `user` the device's owner.
  {
    signature: ['extension', 'tech'], // an export somebody shortened is one still
    words: { extension: 'extension', name: 'name', sip_password: 'secret' },
    others: ['devicetype', 'password', 'user', 'account'],
  },
  // 3CX: `Number` is the extension, `PIN` and `VMNoPin` the voice mail's.
  {
    signature: ['number', 'firstname', 'lastname', 'authid', 'authpassword'],
    words: { extension: 'number', auth_id: 'authid', sip_password: 'authpassword' },
    others: ['sipid'],
  },
];

const wordBySpelling = new Map(
  knownWords.flatMap((word) => [canonical(word), ...spellings[word]].map((spelling) => [spelling, word] as const)),
);

/** The known word each heading spells, by heading; those of a known export as that program means them. */
export function wordsOf(headings: readonly string[]): ReadonlyMap<string, KnownWord> {
  const spelled = new Map(headings.map((heading) => [heading, canonical(heading)]));
  const there = new Set(spelled.values());
  const of = exports.find(({ signature }) => signature.every((each) => there.has(each)));
  const own = new Map(Object.entries(of?.words ?? {}).map(([word, spelling]) => [spelling, word as KnownWord]));
  const words = new Map<string, KnownWord>();
  for (const [heading, spelling] of spelled) {
    const word = own.get(spelling) ?? (of?.others.includes(spelling) === true ? undefined : wordBySpelling.get(spelling));
    if (word !== undefined) words.set(heading, word);
  }
  return words;
}

/** A heading's letters and digits, whatever its case, width and signs. */
export function canonical(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\uFFFD]/gu, '');
}
