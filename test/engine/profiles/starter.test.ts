import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { demoRecipe } from '../../../engine/phones/demo.js';
import { packNamed } from '../../../engine/phones/packs.js';
import { readJob } from '../../../engine/profiles/read-job.js';

const resource = (name: string): Buffer => readFileSync(new URL(`../../../resources/${name}`, import.meta.url));
const csv = resource('starter/phones.csv');

describe('what people start with', () => {
  it.each([
    ['the starter recipe', resource('starter/office.yaml').toString()],
    ['the demo', demoRecipe],
  ])('is free of problems: %s', (_, recipe) => {
    const job = readJob(csv, recipe);
    expect(job).toMatchObject({ problems: [], fatal: false });
    expect(job.rows.map(({ row, line, mac, model }) => ({ row, line, mac, model }))).toEqual([
      { row: 1, line: 2, mac: '00562b043615', model: '8851' },
      { row: 2, line: 3, mac: 'c4c603731f67', model: '6841' },
      { row: 3, line: 4, mac: null, model: '7841' },
    ]);
  });

  it('leads to the files of a phone', () => {
    const pack = packNamed('cisco-mpp')!;
    const { recipe, rows } = readJob(csv, demoRecipe);
    const bench = { address: '127.77.0.1', ports: { tftp: 6969, http: 8080, syslog: 5514 } };
    const { compiled } = pack.compile(recipe!, rows[1]!);
    expect(Buffer.from(pack.bootstrap(recipe!, bench, 'tftp', 'device').bytes).toString()).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <flat-profile>
        <Syslog_Server ua="na">127.77.0.1:5514</Syslog_Server>
        <Log_Request_Msg ua="na">$PN $MAC -- Requesting resync $SCHEME://$SERVIP:$PORT$PATH</Log_Request_Msg>
        <Log_Success_Msg ua="na">$PN $MAC -- Successful resync $SCHEME://$SERVIP:$PORT$PATH</Log_Success_Msg>
        <Log_Failure_Msg ua="na">$PN $MAC -- Resync failed: $ERR</Log_Failure_Msg>
        <Peer_Firmware_Sharing ua="na">No</Peer_Firmware_Sharing>
        <Report_Rule ua="na">http://127.77.0.1:8080/report/$MA</Report_Rule>
        <Report_To_Server ua="na">On Request</Report_To_Server>
        <Resync_Periodic ua="na">30</Resync_Periodic>
        <Profile_Rule_B ua="na">tftp://127.77.0.1:6969/device/$MA.xml</Profile_Rule_B>
        <Web_Server_Port ua="na">10080</Web_Server_Port>
      </flat-profile>
      "
    `);
    expect(Buffer.from(pack.device(compiled!, Buffer.alloc(32, 7)).bytes).toString()).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <flat-profile>
        <Admin_Password ua="na">Maple!Back-17</Admin_Password>
        <Station_Display_Name ua="na">Workshop</Station_Display_Name>
        <Line_Enable_1_ ua="na">Yes</Line_Enable_1_>
        <Extension_1_ ua="na">1</Extension_1_>
        <Proxy_1_ ua="na">sip.example.com</Proxy_1_>
        <SIP_Transport_1_ ua="na">TLS</SIP_Transport_1_>
        <User_ID_1_ ua="na">2002</User_ID_1_>
        <Password_1_ ua="na">Birch-Comet-72</Password_1_>
        <Display_Name_1_ ua="ro">Workshop</Display_Name_1_>
        <Time_Zone ua="na">GMT+09:00</Time_Zone>
        <Admin_Passwd ua="na">Maple!Back-17</Admin_Passwd>
        <Resync_Periodic ua="na">30</Resync_Periodic>
        <GPP_P ua="na">86df7a64d1a5f0ce0f26792ba6f91f30f311ad9b63b1d7957ac273d303bcc95e</GPP_P>
      </flat-profile>
      "
    `);
    expect(Buffer.from(pack.handOff(compiled!).bytes).toString()).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <flat-profile>
        <Syslog_Server ua="na"/>
        <Log_Request_Msg ua="na">$PN $MAC -- Requesting resync $SCHEME://$SERVIP:$PORT$PATH</Log_Request_Msg>
        <Log_Success_Msg ua="na">$PN $MAC -- Successful resync $SCHEME://$SERVIP:$PORT$PATH</Log_Success_Msg>
        <Log_Failure_Msg ua="na">$PN $MAC -- Resync failed: $ERR</Log_Failure_Msg>
        <Peer_Firmware_Sharing ua="na">Yes</Peer_Firmware_Sharing>
        <Report_Rule ua="na"/>
        <Report_To_Server ua="na">On Request</Report_To_Server>
        <Resync_Periodic ua="na">86400</Resync_Periodic>
        <Profile_Rule_B ua="na"/>
        <GPP_P ua="na"/>
        <Web_Server_Port ua="na">10080</Web_Server_Port>
        <Profile_Rule ua="na">https://prov.example.com/$MA.xml</Profile_Rule>
      </flat-profile>
      "
    `);
    expect(compiled).toMatchInlineSnapshot(`
      {
        "admin": {
          "password": "********",
          "user": "admin",
        },
        "device": [
          {
            "origin": {
              "columns": [
                "admin_password",
              ],
              "from": "recipe",
              "path": "parameters.Admin_Password",
            },
            "tag": "Admin_Password",
            "ua": "na",
            "value": "********",
          },
          {
            "origin": {
              "columns": [
                "name",
              ],
              "from": "recipe",
              "path": "parameters.Station_Display_Name",
            },
            "tag": "Station_Display_Name",
            "ua": "na",
            "value": "Workshop",
          },
          {
            "origin": {
              "columns": [],
              "from": "recipe",
              "path": "parameters.Line_Enable_1_",
            },
            "tag": "Line_Enable_1_",
            "ua": "na",
            "value": "Yes",
          },
          {
            "origin": {
              "columns": [],
              "from": "recipe",
              "path": "parameters.Extension_1_",
            },
            "tag": "Extension_1_",
            "ua": "na",
            "value": "1",
          },
          {
            "origin": {
              "columns": [],
              "from": "recipe",
              "path": "parameters.Proxy_1_",
            },
            "tag": "Proxy_1_",
            "ua": "na",
            "value": "sip.example.com",
          },
          {
            "origin": {
              "columns": [],
              "from": "recipe",
              "path": "parameters.SIP_Transport_1_",
            },
            "tag": "SIP_Transport_1_",
            "ua": "na",
            "value": "TLS",
          },
          {
            "origin": {
              "columns": [
                "extension",
              ],
              "from": "recipe",
              "path": "parameters.User_ID_1_",
            },
            "tag": "User_ID_1_",
            "ua": "na",
            "value": "2002",
          },
          {
            "origin": {
              "columns": [
                "sip_password",
              ],
              "from": "recipe",
              "path": "parameters.Password_1_",
            },
            "tag": "Password_1_",
            "ua": "na",
            "value": "********",
          },
          {
            "origin": {
              "columns": [
                "name",
              ],
              "from": "recipe",
              "path": "parameters.Display_Name_1_",
            },
            "tag": "Display_Name_1_",
            "ua": "ro",
            "value": "Workshop",
          },
          {
            "origin": {
              "columns": [],
              "from": "recipe",
              "path": "parameters.Time_Zone",
            },
            "tag": "Time_Zone",
            "ua": "na",
            "value": "GMT+09:00",
          },
          {
            "origin": {
              "from": "pack",
              "why": "spelling",
            },
            "tag": "Admin_Passwd",
            "ua": "na",
            "value": "********",
          },
          {
            "origin": {
              "from": "bench",
              "why": "needs",
            },
            "tag": "Resync_Periodic",
            "ua": "na",
            "value": "30",
          },
        ],
        "handOff": [
          {
            "origin": {
              "from": "pack",
              "why": "factory",
            },
            "tag": "Syslog_Server",
            "ua": "na",
            "value": "",
          },
          {
            "origin": {
              "from": "pack",
              "why": "factory",
            },
            "tag": "Log_Request_Msg",
            "ua": "na",
            "value": "$PN $MAC -- Requesting resync $SCHEME://$SERVIP:$PORT$PATH",
          },
          {
            "origin": {
              "from": "pack",
              "why": "factory",
            },
            "tag": "Log_Success_Msg",
            "ua": "na",
            "value": "$PN $MAC -- Successful resync $SCHEME://$SERVIP:$PORT$PATH",
          },
          {
            "origin": {
              "from": "pack",
              "why": "factory",
            },
            "tag": "Log_Failure_Msg",
            "ua": "na",
            "value": "$PN $MAC -- Resync failed: $ERR",
          },
          {
            "origin": {
              "from": "pack",
              "why": "factory",
            },
            "tag": "Peer_Firmware_Sharing",
            "ua": "na",
            "value": "Yes",
          },
          {
            "origin": {
              "from": "pack",
              "why": "factory",
            },
            "tag": "Report_Rule",
            "ua": "na",
            "value": "",
          },
          {
            "origin": {
              "from": "pack",
              "why": "factory",
            },
            "tag": "Report_To_Server",
            "ua": "na",
            "value": "On Request",
          },
          {
            "origin": {
              "columns": [],
              "from": "recipe",
              "path": "handOff.Resync_Periodic",
            },
            "tag": "Resync_Periodic",
            "ua": "na",
            "value": "86400",
          },
          {
            "origin": {
              "from": "pack",
              "why": "factory",
            },
            "tag": "Profile_Rule_B",
            "ua": "na",
            "value": "",
          },
          {
            "origin": {
              "from": "pack",
              "why": "factory",
            },
            "tag": "GPP_P",
            "ua": "na",
            "value": "",
          },
          {
            "origin": {
              "columns": [],
              "from": "recipe",
              "path": "handOff.Web_Server_Port",
            },
            "tag": "Web_Server_Port",
            "ua": "na",
            "value": "10080",
          },
          {
            "origin": {
              "columns": [],
              "from": "recipe",
              "path": "handOff.Profile_Rule",
            },
            "tag": "Profile_Rule",
            "ua": "na",
            "value": "https://prov.example.com/$MA.xml",
          },
        ],
        "leavesBench": true,
        "model": "6841",
        "readableAfter": true,
        "transport": "tftp",
        "webPort": 10080,
        "webPortAfter": 10080,
      }
    `);
  });
});
