/** Why a phone is given an address or not, and why each option is sent to it. */
export const dhcp = {
  'serve.yes': 'アドレスを渡し、このベンチへ案内します',
  'serve.off': 'このベンチはアドレスを配りません。ネットワークのサーバーが配ります',
  'serve.unlisted': '一覧にないため、何も渡しません',
  'serve.not-a-phone': 'このジョブの電話機ではないため、何も渡しません',
  'serve.pool-exhausted': '渡せるアドレスが残っていません',
  'serve.other-server': '別のサーバーのアドレスを受け取りました',
  'option.protocol': 'どの応答にも必要です',
  'option.protocol-asked': 'どの応答にも必要で、電話機も求めました',
  'option.echo': '電話機が送ったものを、そのまま返します',
  'option.pack': 'この機種群の電話機が見る設定です。求められなくても送ります',
  'option.pack-asked': 'この機種群の電話機が見る設定で、この電話機も求めました',
  'option.recipe': 'レシピの指定です。求められなくても送ります',
  'option.recipe-asked': 'レシピの指定で、電話機も求めました',
  'option.no-room': '送りません。電話機が受け取れる長さを超えるため、重要度の低いものを省きました',
} as const;
