/** 始められない理由・手に入らない理由と、対処。 */
import type {
  answers as englishAnswers,
  checkNames as englishNames,
  checks as englishChecks,
  refusals as english,
} from '../en/refusals.js';

export const refusals = {
  'job.problems': '一覧かレシピに誤りがあるため({errors} 件)、開始していません。直すか、誤りのある行を除いてください',
  'job.no-rows': '準備できる行が一覧にないため、開始していません',
  'job.no-keys': 'このジョブに暗号キーのある電話機はありません',
  'job.none': '{folder} にはまだジョブがありません',
  'job.unknown': 'このジョブはもうありません',
  'job.other-input': 'ジョブ {name} がまだ終わっておらず、別の一覧かレシピで作られています。履歴から続けるか、先に閉じてください',
  'recipe.phones-unknown': 'このジョブは {phones} という種類の電話機用で、この版では扱えません',
  'data.none': 'フォルダー {folder} がありません',
  'data.in-use': '別のベンチ(プロセス {pid})が {folder} を使っています。先に終わらせてください',
  'data.newer': '{folder} は新しい Benchtone(データ版 {version})で書かれています。そちらを使ってください',
  'dhcp.unlisted-phone': '一覧にない電話機[ {model}](MAC {mac})がアドレスを求めています。何も渡していません',
  'dhcp.mistyped-mac': '一覧にない電話機[ {model}](MAC {mac})があります。{line} 行目の {listed} とよく似ています。ラベルと見比べてください',
  'dhcp.conflict':
    'アドレス {address} はすでにほかの機器[（{mac}）]が使っています。電話機には別のアドレスを渡します。その機器を探して取り外してください',
  'dhcp.declined':
    '電話機（{mac}）によると、アドレス {address} はほかの機器が使っています。電話機には別のアドレスを渡します。その機器を探して取り外してください',
  'buffer.capped':
    '多くの電話機を同時に起動すると、電話機からのメッセージを取りこぼすおそれがあります（メモリ {asked} KiB のうち {granted} KiB）。IT 担当者に上限の変更を依頼してください',
  'data.lines-unwritable':
    '電話機のメッセージを保存できなくなりました（{reason}）。電話機への配信は続いています。ディスクの空きを増やしてください',
  'pool.small': '電話機 {rows} 台に対してアドレスが {addresses} 個しかありません。ベンチのネットワークを広げてください',
  'data.unwritable': '{folder} に記録できません({reason})。電話機の確認が進みません。ディスクの空きを増やしてください',
  'data.unusable': '{folder} は使えません: {reason}',
  'key.unusable': 'キーファイル {file} は使えません: {reason}',
  'key.damaged': 'キーファイル {file} が壊れています。控えを戻してください。なければジョブのパスワードは誰にも読めません',
  'key.other': 'このジョブのパスワードは別のキーファイルで守られています。そのキーファイルを戻すか、新しいジョブを始めてください',
  'dhcp.foreign':
    'このネットワークでは別の機器がアドレスを配っています: {address}[({mac})]。2 台あると電話機が誤ったアドレスを受け取ります。その機器(多くは社内ネットワークやルーター)につながるケーブルを抜いてください',
  'dhcp.foreign-here':
    'このパソコンの別のプログラムが、すでにここでアドレスを配っています: {address}[ ({mac})]。別の Benchtone か仮想マシンのソフトであることが多いです。そのプログラムを終了してください',
  'dhcp.not-stopped': 'アドレスの配布は止まっていないため、再開する必要はありません',
  'dhcp.again': '{interface} でアドレスの配布を再開しました',
  'link.no-cable': '{interface} のケーブルが抜けているか、スイッチの電源が切れています。つなぎ直すと、作業は自動で続きます',
  'link.no-interface': '{interface} が見つかりません。アダプターかドックをつなぎ直すと、作業は自動で続きます',
  'link.no-address': '{interface} のアドレス {address} がなくなりました。同じアドレスを設定し直すと、作業は自動で続きます',
  'link.back': '{interface} ({address}) が戻り、作業を続けています',
  'interface.unknown': 'LAN ポート {interface} はありません。[あるのは: {interfaces}]',
  'interface.no-address':
    '{interface} に必要な IPv4 アドレスがありません[: {address}]。[今あるのは {addresses} です。]ケーブルをつなぎ、パソコンの設定でアドレスを付けてください(例: 192.168.77.1/24)',
  'interface.several-addresses': '{interface} には複数のアドレスがあります: {addresses}。1 つ選んでください',
  'interface.address-malformed': '{address} はアドレスではありません。{interface} にあるのは: {addresses}',
  'interface.default-route':
    '{interface} は社内ネットワークかインターネットにつながっています。そこでアドレスを配ると全員に迷惑がかかります。ベンチのスイッチにつながる方を使ってください',
  'interface.wifi': '{interface} は Wi-Fi です。そこでアドレスを配ると全員に迷惑がかかります。ベンチのスイッチへのケーブルを使ってください',
  'interface.vpn':
    '{interface} は VPN かトンネルです。そこでアドレスを配ると他の人に迷惑がかかります。ベンチのスイッチへのケーブルを使ってください',
  'interface.privilege': 'このアカウントでは {interface} を使えません({error})。パソコンの管理者に許可を頼んでください',
  'interface.no-broadcast': '{interface} だけに一斉送信できません({platform} 用の部品がありません)。アドレスは別のサーバーで配ってください',
  'pool.malformed': 'アドレスの範囲 {pool} は「最初-最後」の形ではありません(例: 192.168.77.10-192.168.77.200)',
  'pool.order': 'アドレスの範囲 {pool} は、小さい方を先に書いてください',
  'pool.outside-subnet': 'アドレスの範囲 {pool} が LAN ポートのネットワーク {subnet} に収まっていません',
  'pool.no-room': '{subnet} には配れるアドレスが残っていません。もっと広いネットワークにしてください(例: 192.168.77.1/24)',
  'port.taken': '電話機に必要な {protocol} ポート {port} を別のプログラム[({holder})]が使っています。そのプログラムを終わらせてください',
  'port.privilege':
    '{protocol} ポート {port} には権限が必要です({first} 未満は誰でも使えるわけではありません)。管理者は次の再起動まで許可できます: sudo sysctl -w net.ipv4.ip_unprivileged_port_start=67',
  'port.privilege@darwin': '{protocol} ポート {port} には権限が必要です。パソコンの管理者に頼んでください',
  'port.privilege@win32':
    'Windows が {protocol} ポート {port} を別のものに使っています。「netstat -abno」で調べ、そのプログラムを終わらせてください',
  'port.failed': '{protocol} ポート {port} を開けません({error})',
} as const satisfies Record<keyof typeof english, string>;

export const checks = {
  'data.usable': 'ジョブは {folder} に保存されます',
  'data.not-writable': '{folder} に書き込めないため、ジョブを保存できません。パソコンの管理者に頼んでください',
  'key.usable': 'パスワードを守るキーは {file} です。安全な場所に控えを置いてください',
  'key.to-be-made': 'パスワードを守るキーはこれから作られます: {file}',
  'key.not-writable': 'パスワードを守るキーを作れません: {file} に書き込めません',
  'key.readable-by-others': 'パスワードを守るキーを他の人が読めます。管理者は次を実行できます: chmod 600 {file}',
  'interface.ready': '{interface} は使えます。アドレスは {address} です',
  'interface.no-default-route': '社内ネットワークやインターネットにはつながっていません',
  'interface.default-route-unknown':
    '{interface} が社内ネットワークにつながっているか、ここではわかりません。ケーブルがベンチのスイッチだけにつながっているか確かめてください',
  'interface.wired': 'Wi-Fi ではありません',
  'interface.wifi-unknown': '{interface} が Wi-Fi かどうか、ここではわかりません。ベンチのスイッチへのケーブルか確かめてください',
  'interface.no-vpn': 'VPN ではありません',
  'interface.vpn-unknown': '{interface} が VPN かどうか、ここではわかりません。ベンチのスイッチへのケーブルか確かめてください',
  'interface.no-overlap': '同じネットワークにつながる LAN ポートは他にありません',
  'interface.overlap':
    '{interface}({address})と {other}({otherAddress})が同じネットワークで、通信が誤った方へ流れることがあります。ベンチ専用のネットワークにしてください(例: 192.168.77.1/24)',
  'dhcp.alone': '他にアドレスを配る機器はありません',
  'port.free': '{protocol} ポート {port} は空いています',
} as const satisfies Record<keyof typeof englishChecks, string>;

export const checkNames = {
  'check.data': '保存フォルダー',
  'check.key': 'キーファイル',
  'check.interface': 'LAN ポート',
  'check.default-route': '社内ネットワーク',
  'check.wifi': 'Wi-Fi',
  'check.vpn': 'VPN',
  'check.virtual': '実際の LAN ポート',
  'check.overlap': 'ネットワークの重なり',
  'check.foreign-dhcp': '別のアドレス配布機器',
  'check.firewall': 'ファイアウォール',
  'check.buffer': 'メッセージの受信量',
  'check.rehearsal': '仮想の電話機での試運転',
  'check.port.dhcp': 'アドレス用ポート(DHCP)',
  'check.port.tftp': 'ファイル用ポート(TFTP)',
  'check.port.http': 'ファイル用ポート(HTTP)',
  'check.port.syslog': 'メッセージ用ポート(syslog)',
} as const satisfies Record<keyof typeof englishNames, string>;

/** 画面の求めに応じられなかった理由。 */
export const answers = {
  'bench.busy': 'ベンチがすでに動いています。先に停止してください',
  'job.running': 'このジョブは実行中です。先に停止してください',
  'upload.gone': 'その報告書はもうありません(新しいものに置き換わりました)',
  'upload.too-large': 'その報告書は大きすぎて、ここからは保存できません({bytes:byte})。{file} にあります',
  'bench.none': 'ベンチは動いていません',
  'bench.cancelled': '開始する前にベンチが停止されました',
  'phones.gone': '仮想の電話機を動かすプログラムが終わったため、先へ進みません。ベンチを停止して、もう一度試してください',
  'device.unknown': 'この電話機はもうジョブにありません',
  'draft.gone': 'この一覧は片付けられました。もう一度ドロップしてください',
  'draft.row-unservable': 'この行を直さないと中身を表示できません',
  'file.gone': 'このファイルは片付けられました。もう一度ドロップしてください',
  'recipe.gone': 'このレシピは片付けられました。もう一度選んでください',
  'file.too-large': 'ファイルが大きすぎます[({bytes:byte})]。正しいファイルか確かめてください',
  'file.unreadable': '{path} を読めません({reason})。別のプログラムで開いていないか確かめてください',
  'file.unwritable': '{path} に書き込めません({reason})。別のフォルダーを選ぶか、別のプログラムで閉じてください',
  'engine.not-ready': 'エンジンを起動しています。少し待ってもう一度試してください',
  'engine.crashed': 'エンジンが答える前に止まりました。自動で起動し直しますので、もう一度試してください',
  'engine.timeout': 'エンジンの応答に時間がかかりすぎました。もう一度試してください',
  'call.closed': 'Benchtone を終了しています',
  'call.failed': 'Benchtone の中で問題が起きました。もう一度試し、続く場合は起動し直してください',
  'call.output': 'Benchtone の中で問題が起きました。もう一度試し、続く場合は起動し直してください',
  'call.invalid': '使えない値がありました[({path})]。入力を確かめてください',
  'call.unknown': '画面と元のプログラムの版が違います。Benchtone を起動し直してください',
  'call.not-here': 'ここではできません',
  'call.refused': '元のプログラムが応答を断りました。表示されたリンクを開いてください',
} as const satisfies Record<keyof typeof englishAnswers, string>;
