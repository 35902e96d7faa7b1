/** All figures, in the order they are measured. */
import type { Figure } from './figure.js';
import { figure as checkList } from './figures/check-list.js';
import { figure as dhcpBurst } from './figures/dhcp-burst.js';
import { figure as dhcpExchange } from './figures/dhcp-exchange.js';
import { figure as engine500 } from './figures/engine-500.js';
import { figure as engineMemory } from './figures/engine-memory.js';
import { figure as firstProfile } from './figures/first-profile.js';
import { figure as httpFirmware } from './figures/http-firmware.js';
import { figure as httpProfile } from './figures/http-profile.js';
import { figure as listHold } from './figures/list-hold.js';
import { figure as profilesEncrypted } from './figures/profiles-encrypted.js';
import { figure as profilesLoop } from './figures/profiles-loop.js';
import { figure as profilesPlain } from './figures/profiles-plain.js';
import { figure as startHold } from './figures/start-hold.js';
import { figure as syslog } from './figures/syslog.js';
import { figure as textsHold } from './figures/texts-hold.js';
import { figure as tftpBurst } from './figures/tftp-burst.js';
import { figure as tftpLockstep } from './figures/tftp-lockstep.js';
import { figure as tftpLoss } from './figures/tftp-loss.js';
import { figure as tftpWindow } from './figures/tftp-window.js';

export const figures: readonly Figure[] = [
  engine500,
  engineMemory,
  dhcpExchange,
  dhcpBurst,
  tftpLockstep,
  tftpWindow,
  tftpBurst,
  tftpLoss,
  httpFirmware,
  httpProfile,
  profilesEncrypted,
  profilesPlain,
  profilesLoop,
  syslog,
  checkList,
  listHold,
  startHold,
  textsHold,
  firstProfile,
];
