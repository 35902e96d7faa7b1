/** A kit as resellers get it: a profile with tags of its server and the usual mistakes, and what else lies in such archives. */
import { zipOf } from '../engine/profiles/importing/zip-of.js';

const profile = `<?xml version="1.0" encoding="UTF-8"?>
<device>
<flat-profile>
  <Line_Enable_1_ ua="na">Yes</Line_Enable_1_>
  <Proxy_1_ ua="na">%BWHOST-1%</Proxy_1_>
  <Outbound_Proxy_1_ ua="na">%SBC_ADDRESS%</Outbound_Proxy_1_>
  <User_ID_1_ ua="na">%BWLINEPORT-1%</User_ID_1_>
  <Password_1_ ua="na">%BWAUTHPASSWORD-1%</Password_1_>
  <Display_Name_1_ ua="ro">%BWCLID-1% (%BWEXTENSION-1%)</Display_Name_1_>
  <Admin_Password ua="na">Kit!Pass-1234</Admin_Password>
  <time_zone>GMT+09:00</time_zone>
  <Handset_Colour>blue</Handset_Colour>
  <Resync_Periodic>often</Resync_Periodic>
  <Station_Name/>
  <Profile_Rule>[--key Kit-Key-77] https://prov.acme.example/%BWMACADDRESS%.xml</Profile_Rule>
</flat-profile>
</device>
`;

export function kit(): Buffer {
  return zipOf([
    { name: 'dtaf/CiscoMPP-8851.xml', content: profile },
    { name: 'dtaf/CiscoMPP-7841.xml', content: profile.replace('GMT+09:00', 'GMT') },
    { name: 'readme.txt', content: 'Read me first.' },
    { name: 'logo.png', content: new Uint8Array([0x89, 0x50, 0, 0]) },
  ]);
}
