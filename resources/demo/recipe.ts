/** The demo's recipe: fixed text, bundled, so that the demo needs no file. Half of its models fetch by TFTP. */
export const demoRecipe = `# The job of "benchtone demo": every phone gets one line, its own passwords, and a customer's server to turn to.
benchtone: 1
name: Benchtone demo
phones: cisco-mpp

delivery: { transport: http }
models:
  "6841": { delivery: { transport: tftp, gzip: true } }
  "8841": { delivery: { gzip: true } }
  "7841": { delivery: { transport: tftp } }
  "8865": { delivery: { gzip: true, encrypt: { digest: sha256 } } }

# The virtual phones' web servers may not listen below 1024.
bootstrap:
  Web_Server_Port: "10080"

parameters:
  Admin_Password: "{{admin_password}}"
  Station_Display_Name: "{{name}}"
  Line_Enable_1_: Yes
  Extension_1_: "1"
  Proxy_1_: sip.example.com
  SIP_Transport_1_: TLS
  User_ID_1_: "{{extension}}"
  Password_1_: "{{sip_password}}"
  Display_Name_1_: { value: "{{name}}", ua: ro }
  Time_Zone: GMT+09:00

handOff:
  Profile_Rule: https://prov.example.com/$MA.xml
  Resync_Periodic: "86400"
  Web_Server_Port: "10080"
`;
