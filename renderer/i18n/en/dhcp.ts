/** Why a phone is given an address or not, and why each option is sent to it. */
export const dhcp = {
  'serve.yes': 'Is given an address and led to this bench',
  'serve.off': 'This bench hands out no addresses; the network’s own server does',
  'serve.unlisted': 'Is left alone: it is not in the list',
  'serve.not-a-phone': 'Is left alone: it is no phone of this job',
  'serve.pool-exhausted': 'Gets nothing: no address is left for it',
  'serve.other-server': 'Took the address of another server',
  'option.protocol': 'Every answer needs it',
  'option.protocol-asked': 'Every answer needs it; the phone asked for it too',
  'option.echo': 'The phone’s own, sent back as it came',
  'option.pack': 'Phones of this family look at it; sent whether or not it is asked for',
  'option.pack-asked': 'Phones of this family look at it, and this one asked for it',
  'option.recipe': 'The recipe says so; sent whether or not it is asked for',
  'option.recipe-asked': 'The recipe says so, and the phone asked for it',
  'option.no-room': 'Not sent: the phone takes no longer answer, and this one mattered least',
} as const;
