/** What a recorded message says, in a line. */
export const messages = {
  'message.dhcp': '{type} {address}',
  'message.tftp.read': 'ファイル {file} を要求しています',
  'message.tftp.write': 'ファイル {file} を送ろうとしています',
  'message.tftp.data': 'ファイルの {block} 番目の部分',
  'message.tftp.ack': '{block} 番目の部分を受け取りました',
  'message.tftp.options': 'ファイルの送り方を取り決めています',
  'message.tftp.error': 'エラー {number}：{text}',
  'message.http.request': '{method} {path}',
  'message.http.answer': '応答 {status}',
  'message.syslog': '{text}',
  'message.unreadable': '{protocol} として読み取れません（{bytes} バイト）',
} as const;
