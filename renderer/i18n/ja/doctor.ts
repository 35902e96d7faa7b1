import type { remedies as english } from '../en/doctor.js';

/** 診断で見つけたこと、その対処と戻し方。 */
export const remedies: Readonly<Record<keyof typeof english, string>> = {
  'remedy.libvirt': 'libvirt が仮想マシンにアドレスを配っています。そのネットワークを止めます: {command}',
  'remedy.network-manager': 'NetworkManager がこの接続を共有しています。止めます: {command}',
  'remedy.dnsmasq': 'dnsmasq がアドレスや名前を配っています。止めます: {command}',
  'remedy.systemd-resolved': 'systemd-resolved が名前の検索に使っています。止めます: {command}',
  'remedy.systemd-networkd': 'systemd-networkd がアドレスを配っています。止めます: {command}',
  'remedy.dhcpd': 'ISC DHCP サーバーがアドレスを配っています。止めます: {command}',
  'remedy.kea': 'Kea DHCP サーバーがアドレスを配っています。止めます: {command}',
  'remedy.tftpd': 'tftpd-hpa がファイルを配っています。止めます: {command}',
  'remedy.atftpd': 'atftpd がファイルを配っています。止めます: {command}',
  'remedy.rsyslog': 'rsyslog が他の機器のメッセージを受け取っています。止めます: {command}',
  'remedy.syslog-ng': 'syslog-ng が他の機器のメッセージを受け取っています。止めます: {command}',
  'remedy.nginx': 'nginx がウェブページを公開しています。止めます: {command}',
  'remedy.apache': 'Apache がウェブページを公開しています。止めます: {command}',
  'remedy.caddy': 'Caddy がウェブページを公開しています。止めます: {command}',
  'remedy.docker': 'Docker がこのポートをコンテナにつないでいます。止めます: {command}',
  'remedy.ics': 'Windows のインターネット接続の共有がアドレスを配っています。管理者の PowerShell で止めます: {command}',
  'remedy.hyper-v': 'Hyper-V が仮想マシンにアドレスを配っています。管理者の PowerShell で止めます: {command}',
  'remedy.wds': 'Windows 展開サービスがこのポートを使っています。管理者の PowerShell で止めます: {command}',
  'remedy.dhcp-server': 'Windows の DHCP サーバーがアドレスを配っています。管理者の PowerShell で止めます: {command}',
  'remedy.iis': 'Windows のウェブサーバー (IIS, http.sys) がこのポートを使っています。管理者の PowerShell で止めます: {command}',
  'remedy.bootpd':
    'macOS の bootpd がアドレスを配っています。インターネット共有のためであることが多いです。共有を切るか、次を実行します: {command}',
  'remedy.tftpd-mac': 'macOS の tftpd がファイルを配っています。止めます: {command}',
  'remedy.apache-mac': 'macOS の Apache がウェブページを公開しています。止めます: {command}',
  'interface.virtual':
    '{interface} はソフトウェア ({maker}) が作ったもので、ベンチのスイッチにつながるケーブルがありません。スイッチをつないだ差込口を選んでください',
  'interface.real': 'このパソコンの実際の差込口です',
};
