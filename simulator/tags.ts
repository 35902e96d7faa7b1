/**
 * The tags a phone knows: a configuration report of a CP-6841 with 12.0.1, and what Cisco's guides name beside it. Anything else in a
 * profile is ignored without a word. `_n_` stands for a line of the phone, `1..16` and `A..P` for each of a range.
 */
import { linesOf } from './identity.js';

const readable = `
  ACD_Available_LED ACD_Logged-off_LED ACD_Logged-on_LED ACD_Status_n_ ACD_Unavailable_LED ACD_Wrap-up_LED
  ACS_URL ACS_Username Add_Contacts_to_Directory_Personal Alert_Tone Alert_Tone_Off Allowed_APIs Alternate_Outbound_Proxy_n_
  Alternate_Proxy_n_ Ans_Call_Without_Reg_n_ Anywhere_Enable_n_ Application_LED Asset_ID Attn_Transfer_Serv Audio_Overload_Point_9dB
  Auth_ID_n_ Auth_INVITE_n_ Auth_Page_n_ Auth_Page_Realm_n_ Auth_Resync-Reboot_n_ Auto_Ans_Page_On_Active_Call_n_ Auto_Answer_Page
  Auto_Available_After_Sign-In_n_ Auto_Config Auto_Register_When_Failover_n_ AVT_16kHz_Dynamic_Payload AVT_48kHz_Dynamic_Payload
  AVT_Codec_Name AVT_Dynamic_Payload Back_Light_Timer BACKUP_ACS_URL BACKUP_ACS_User BLF_Busy_LED BLF_Held_LED BLF_Idle_LED
  BLF_Label_Display_Mode BLF_List BLF_List_Feature_Options BLF_List_URI BLF_Ringing_LED Blind_Attn-Xfer_Enable_n_ Blind_Transfer_Code
  Blind_Transfer_Serv Block_ANC_Act_Code Block_ANC_Deact_Code Block_ANC_Serv Block_ANC_Setting Block_Anonymous_Call_Enable_n_
  Block_CID_Act_Code Block_CID_Deact_Code Block_CID_Enable_n_ Block_CID_Per_Call_Act_Code Block_CID_Per_Call_Deact_Code Block_CID_Serv
  Block_CID_Setting Block_Nonproxy_SIP Bluetooth Bluetooth_Mode Boot_Display Broadcast_Echo Broadsoft_ACD_n_
  Broadsoft_Call_History_Key_List Browse_Mode_Enable Busy_Tone BXfer_On_Speed_Dial_Enable BXfer_To_Remote_Party_Number_Enable
  BXfer_To_Starcode_Enable Cadence_1..9 Call_Appearances_Per_Line Call_Forward_Off_LED Call_Forward_On_LED Call_Information_Enable_n_
  Call_Park_Code Call_Park_Monitor_Enable_n_ Call_Park_Serv Call_Pick_Up_Serv Call_Pickup_Audio_Notification Call_Pickup_Code
  Call_Pickup_Tone Call_Recording_Protocol_n_ Call_Recording_Serv Call_Return_Code Call_Statistics Call_Unpark_Code
  Call_Waiting_Enable_n_ Call_Waiting_Tone Caller_ID_Header Caller_ID_Map_n_ CallLog_Associated_Line CallLog_Enable Cfwd_All
  Cfwd_All_Act_Code Cfwd_All_Deact_Code Cfwd_All_Dest Cfwd_All_Serv Cfwd_Busy Cfwd_Busy_Act_Code Cfwd_Busy_Deact_Code Cfwd_Busy_Dest
  Cfwd_Busy_Serv Cfwd_Dial_Tone CFWD_Enable_n_ Cfwd_No_Ans_Act_Code Cfwd_No_Ans_Deact_Code Cfwd_No_Ans_Delay Cfwd_No_Ans_Dest
  Cfwd_No_Ans_Serv Cfwd_No_Answer Cisco_Headset_Upgrade_Rule CISCO_XML_EXE_Auth_Mode CISCO_XML_EXE_Enable Codec_Negotiation_n_
  Company_UUID_n_ Compliant_Standard Conference_Bridge_URL_n_ Conference_Package Conference_Serv Conference_Single_Hardkey_n_
  Conference_Tone Conferencing_Key_List Confirm_Tone Connect_on_Bootup Connected_Key_List Connection_Request_Username Connection_Type
  Control_Server_URL Countdown_Timer_s_ Custom_CA_Rule Custom_LED_Type Customizable_PLK_Options CW_Act_Code CW_Deact_Code
  CW_Per_Call_Act_Code CW_Per_Call_Deact_Code CW_Setting CWMP_V1.2_Support Date_Format Daylight_Saving_Time_Enable
  Daylight_Saving_Time_Rule Debug_Level Debug_Server Default_Ring_n_ Device_Administration Device_Config_Version DHCP_Option_To_Use
  DHCP_VLAN_Option DHCPv6_Option_To_Use Dial_Plan_n_ Dial_Tone Dialed_in_Call_History Dialing_Input_Key_List Dialog_SDP_Enable
  Dictionary_Server_Script Directory_Enable Directory_Name Directory_Type Disable_DF Disable_Local_Name_To_Header Disabled_LED
  Display_Anonymous_From_Header Display_Diversion_Info Display_Name_n_ Display_Recents_From Disposition_Code_Enable_n_ Divert_Off_LED
  Divert_On_LED DND_Act_Code DND_Deact_Code DND_Enable_n_ DND_Off_LED DND_On_LED DND_Serv DND_Setting DNS_Caching_Enable DNS_Query_Mode
  DNS_Server_Order DNS_SRV_Auto_Prefix_n_ Domain Downgrade_Rev_Limit DTMF_Relay_MIME_Type DTMF_Tx_Method_n_ Dual_Registration_n_
  EM_Enable EM_User_Domain Emergency_Escalation_Enable_n_ Emergency_Number_n_ Enable_802.1X_Authentication Enable_Broadsoft_Hoteling_n_
  Enable_CDP Enable_Direct_Action_Url Enable_Direct_PLK_Configuration Enable_LLDP-MED Enable_PC_Port_Mirror Enable_PC_Port_VLAN_Tagging
  Enable_Protocol Enable_TR-069 Enable_URI_Dialing_n_ Enable_VLAN Enable_Web_Admin_Access Enable_Web_Server Encryption_Method_n_
  Escape_Display_Name EXT_IP EXT_RTP_Port_Min EXT_SIP_Port_n_ Extended_Function_n_ Extension_n_ Factory_Reset_Menu
  Feature_Activation_Code_Sync_n_ Feature_Dial_Services_Codes Feature_Key_Sync_n_ Feature_Toggle_Http_Proxy
  Feature_Toggle_Metrics_LineStatus Feature_Toggle_Metrics_Service Feature_Toggle_SRST Feature_Toggle_Support_RFC8760
  Feature_Toggle_SW_Channel_Schema Feature_Toggle_Visual_Confirmation Feature_Toggle_VPN Feature_Toggle_Webex_CallLog
  Feature_Toggle_Webex_Cloud Feature_Toggle_Webex_Directory Feature_Toggle_Webex_METRICS Feature_Toggle_Webex_PRT
  Feature_Toggle_Webex_Reboot FIPS_Mode Firewall Firewall_Config Force_G711a_Code Force_G711u_Code Force_G722.2_Code Force_G722_Code
  Force_G729a_Code Force_iLBC_Code Force_OPUS_Code Forced_Resync_Delay Forward_Softkey G711a_Codec_Name G711a_Enable_n_ G711u_Codec_Name
  G711u_Enable_n_ G722.2_Codec_Name G722.2_Dynamic_Payload G722.2_Enable_n_ G722.2_OA_Dynamic_Payload G722_Codec_Name G722_Enable_n_
  G729a_Codec_Name G729a_Enable_n_ Gateway GPP_A..P Group_1..10_Paging_Script Group_Call_Pick_Up_Serv Group_Call_Pickup_Code
  Handle_VIA_received Handle_VIA_rport Handset_LED_Alert Handset_Volume Headset_Volume Hold_Key_List Hold_Package Hold_Reminder_Ring
  Hold_Reminder_Timer Hold_Target_Before_Refer Holding_Tone Hook_Flash_MIME_Type Host_Name Hoteling_Subscription_Expires_n_
  HTTP_Report_Method HTTP_User_Agent_Name ICE_STUN_Enable Idle_Key_List Idle_LED Ignore_DHCP_Time_Offset iLBC_30ms_Dynamic_Payload
  iLBC_Codec_Name iLBC_Dynamic_Payload iLBC_Enable_n_ INFOREQ_Dynamic_Payload Insert_VIA_received Insert_VIA_rport Interdigit_Long_Timer
  Interdigit_Short_Timer INVITE_Expires IP_Mode IPv6_Connection_Type IPv6_Gateway IPv6_Primary_DNS IPv6_Secondary_DNS IPv6_Static_IP
  Keep_Focus_On_Active_Call Keep_Referee_When_Refer_Failed Language_Selection LCD_Contrast LDAP_Auth_Method LDAP_Client_DN
  LDAP_Corp_Dir_Name LDAP_Dir_Enable LDAP_Display_Attrs LDAP_First_Name_Filter LDAP_Item_3_Filter LDAP_Item_4_Filter
  LDAP_Last_Name_Filter LDAP_Number_Mapping LDAP_Prompt_For_Empty_Credentials LDAP_Search_Base LDAP_Search_Item_3 LDAP_Search_Item_4
  LDAP_Server LDAP_StartTLS_Enable LDAP_Unified_Search_Enable LDAP_Username Line Line_Enable_n_ Line_ID_Mapping Local_Active_LED
  Local_Held_LED Local_Progressing_LED Local_Ringing_LED Local_Seized_LED Locale Log_Failure_Msg Log_Missed_Calls_for_EXT_1..4
  Log_Request_Msg Log_Success_Msg Log_Upgrade_Failure_Msg Log_Upgrade_Request_Msg Log_Upgrade_Success_Msg Login_Invisible Login_User_ID
  Login_User_ID_n_ Logo_URL Mailbox_ID_n_ Make_Call_Without_Reg_n_ Max_Auth Max_Display_Records Max_Forward Max_Redirection
  Max_RTP_ICMP_Err MediaSec_Over_TLS_Only_n_ MediaSec_Request_n_ MIC_Cert_Refresh_Enable MIC_Cert_Refresh_Rule Miss_Call_Shortcut
  Missed_Call_Key_List Mute_Tone MWI_Dial_Tone MWI_New_LED MWI_None_LED MWI_Urgent_LED NAT_Keep_Alive_Dest_n_ NAT_Keep_Alive_Enable_n_
  NAT_Keep_Alive_Intvl NAT_Keep_Alive_Msg_n_ NAT_Mapping_Enable_n_ NetMask Network_Configuration Network_Startup_Delay
  Ntfy_Refer_On_1xx-To-Inv_n_ Off_Hook_Key_List Off_Hook_Warning_Tone OPUS_Codec_Name OPUS_Dynamic_Payload OPUS_Enable_n_
  Outbound_Proxy_n_ Outside_Dial_Tone P-Early-Media_Support_n_ PAC_URL Page_Service_URL Page_Tone Paging_Code Paging_Serv
  Parking_Lot_Busy_LED Parking_Lot_Idle_LED PC_Port_Config PC_PORT_Enable PC_Port_VLAN_ID Peer_Firmware_Sharing
  Peer_Firmware_Sharing_Log_Server Periodic_Inform_Enable Periodic_Inform_Interval Periodic_Upload_To_Server Personal_Directory_Enable
  Phone-UI-readonly Phone-UI-User-Mode Phone_Background Picture_Download_URL PoE_Power_Required Precondition_Support_n_
  Prefer_G711a_Code Prefer_G711u_Code Prefer_G722.2_Code Prefer_G722_Code Prefer_G729a_Code Prefer_iLBC_Code Prefer_OPUS_Code
  Preferred_Audio_Device Preferred_Codec_n_ Preferred_Password_Input_Mode Prefix_Length Primary_DNS Primary_NTP_Server
  Primary_Request_URL_n_ Privacy_Header_n_ Profile_Authentication_Type Profile_Rule Profile_Rule_B Profile_Rule_C Profile_Rule_D
  Profile_Rule_Menu Programmable_Softkey_Enable Progressing_Key_List Prompt_Tone Protect_IVR_FactoryReset Provision_Enable
  Proxy_Fallback_Intvl_n_ Proxy_Host Proxy_Mode Proxy_n_ Proxy_Port Proxy_Redundancy_Method_n_ Proxy_Server_Requires_Authentication
  Proxy_Settings Proxy_Username PRT_HTTP_Header PRT_HTTP_Header_Value PRT_Max_Timer PRT_Name PRT_Upload_Method PRT_Upload_Rule PSK_1..16
  Queue_Status_Notification_Enable_n_ Random_REG_CID_on_Reboot Redirect_Keep_Alive Refer-To_Target_Contact_n_ Refer_Target_Bye_Delay_n_
  Referee_Bye_Delay_n_ Referor_Bye_Delay_n_ Referral_Services_Codes Reg_Max_Expires Reg_Min_Expires Reg_Retry_Intvl Reg_Retry_Intvl_Cap
  Reg_Retry_Long_Intvl Reg_Retry_Long_Random_Delay Reg_Retry_Random_Delay Register_Expires_n_ Register_Failed_LED Register_n_
  Registering_LED ReINVITE_Expires Releasing_Key_List Remote_Active_LED Remote_Held_LED Remote_Progressing_LED Remote_Ringing_LED
  Remote_Seized_LED Remote_Undefined_LED Remove_Last_Reg Reorder_Delay Reorder_Tone Replace_Unresolved_Caller_Name_with_Number
  Report_Problem_Menu Report_Rule Report_To_Server Require_Authentication_for_LCD_Menu_Access Restrict_MWI_n_ Restricted_Access_Domains
  Resync_After_Upgrade_Attempt Resync_At__HHmm_ Resync_At_Random_Delay Resync_Error_Retry_Delay Resync_Fails_On_FNF Resync_From_SIP
  Resync_On_Reset Resync_Periodic Resync_Random_Delay Resync_Trigger_1 Resync_Trigger_2 Retry_Reg_RSC Reverse_Phone_Lookup_Serv
  Reversed_Auth_Realm_n_ RFC_2543_Call_Hold Ring1..12 Ring_Back_Tone Ringer_Volume Ringer_Volume_Control Ringing_Key_List
  RTCP_Tx_Interval RTP_Before_ACK RTP_Packet_Size RTP_Port_Max RTP_Port_Min RTP_TOS_DiffServ_Value_n_ SCA_Barge-In-Enable
  SCA_Sticky_Auto_Line_Seize Screen_Saver_Enable Screen_Saver_Refresh_Period Screen_Saver_Type Screen_Saver_Wait SDP_IP_Preference
  Search_All_Enable Second_Preferred_Codec_n_ Secondary_DNS Secondary_NTP_Server Secondary_Request_URL_n_ Secure_All_Call_Act_Code
  Secure_Call_Indication_Tone Secure_Call_Option_n_ Secure_Call_Serv Secure_Call_Setting Secure_No_Call_Act_Code
  Secure_One_Call_Act_Code Secure_One_Call_Deact_Code Send_Resp_To_Src_Port Serv_Subscribe_Failed_LED Serv_Subscribing_LED Server_Type
  Service_Annc_Base_Number Service_Annc_Extension_Codes Service_Annc_Serv Serviceability_Map Session_Idle_Timeout Session_Max_Timeout
  Session_Timer_m_ Set_G729_annexb_n_ Set_Local_Date__mm_dd_yyyy_ Set_Local_Time__HH_mm_ Share_Call_Appearance_n_ Share_Ext_n_
  Share_Line_Event_Package_Type Shared_Active_Key_List Shared_Held_Key_List Shared_Line_DND_Cfwd_Enable Shared_User_ID_n_ Short_Name_n_
  Silence_Supp_Enable_n_ Silent_Ring_Duration SIP_100REL_Enable_n_ Sip_Accept_Encoding SIP_Accept_Language SIP_Auth_ID SIP_IP_Preference
  SIP_Port_n_ SIP_Proxy-Require_n_ SIP_Reg_User_Agent_Name SIP_Remote-Party-ID_n_ SIP_Server_Name SIP_SessionID_Support_n_ SIP_T1 SIP_T2
  SIP_T4 SIP_TCP_Port_Max SIP_TCP_Port_Min SIP_Timer_B SIP_Timer_D SIP_Timer_F SIP_Timer_H SIP_Timer_J SIP_TOS_DiffServ_Value_n_
  SIP_Transport_n_ SIP_URI_n_ SIP_User_Agent_Name Speaker_Volume Speed_Dial_2..9_Name Speed_Dial_2..9_Number Speed_Dials
  SSRC_Reset_on_RE-INVITE Start-Conf_Key_List Start-Xfer_Key_List Static_IP Station_Display_Name Station_Name Status Sticky_183_n_
  STUN_Enable STUN_Server STUN_Test_Enable Sub_Max_Expires Sub_Min_Expires Sub_Retry_Intvl Subscribe_Delay Subscribe_Expires
  Subscribe_Retry_Interval Subscription_Expires_n_ Substitute_VIA_Addr Survivability_Proxy_Fallback_Intvl_n_ Survivability_Proxy_n_
  Survivability_Test_Mode Switch_Port_Config Syslog_Identifier Syslog_Server System_Beep Talk_Package Text_Logo Third_Preferred_Codec_n_
  Time_Format Time_Offset__HH_mm_ Time_Zone TLS_Cipher_List TLS_Client_Min_Version TLS_Name_Validate_n_ TLS_Server_Min_Version
  TR-069_DHCPOption_Init TR-069_Fallback_Support TR-069_Traceability TR-069_VoiceObject_Init Trace_Enable_n_ Trans_Auth_Rule
  Trans_Auth_Type Transition_Authorization_Error_Retry_Delay Try_Backup_RSC Unavailable_Reason_Code_Enable_n_ Unmute_Tone Upgrade_Enable
  Upgrade_Error_Retry_Delay Upgrade_Rule Upload_Delay_On_Local_Change Use_Auto_Discovery__WPAD_ Use_Compact_Header Use_Config_TOS
  Use_DNS_SRV_n_ Use_Line_Keys_For_BLF_List Use_low-bandwidth_OPUS_n_ Use_OB_Proxy_In_Dialog_n_ Use_Pref_Codec_Only_n_
  User_Configurable_Resync User_Equal_Phone_n_ User_ID_n_ User_Password_Prompt User_Preferences VLAN_ID Voice_Mail_Enable_n_
  Voice_Mail_Number Voice_Mail_Server_n_ Voice_Mail_Subscribe_Interval_n_ Voice_Quality_Report_Address_n_ Voice_Quality_Report_Group_n_
  VPN_Server VPN_Tunnel_Group VPN_User_Name VQ_Report_Interval_n_ Wake_up_phone_screen_when_BLF_pickup_is_ringing Web_Server_Port
  Webex_Directory_Enable Webex_Directory_Name Webex_Onboard_Enable WideBand_Handset_Enable XML_Application_Service_Name
  XML_Application_Service_URL XML_Directory_Service_Name XML_Directory_Service_URL XML_User_Name XMPP_Enable XMPP_Port
  XMPP_Retry_Interval XMPP_Server XMPP_User_ID XSI_Authentication_Type XSI_Authentication_Type_n_ XSI_Host_Server XSI_Host_Server_n_
  XsiDir_Enterprise_Enable XsiDir_Enterprise_Name XsiDir_EnterpriseCommon_Enable XsiDir_EnterpriseCommon_Name XsiDir_Group_Enable
  XsiDir_Group_Name XsiDir_GroupCommon_Enable XsiDir_GroupCommon_Name XsiDir_Individual_Mode_Enable XsiDir_Personal_Enable
  XsiDir_Personal_Name
`;

/** Taken, and never shown again: not on the web page, not in cfg.xml, not in a report. */
const writeOnly = `
  ACS_Password Admin_Password User_Password Password_n_ Auth_Page_Password_n_ BACKUP_ACS_Password Connection_Request_Password
  LDAP_Password Login_Password Login_Password_n_ Proxy_Password SIP_Password VPN_Password XML_Password XMPP_Password GPP_SA GPP_SB
  GPP_SC GPP_SD IKM_HTTP_Encrypt_Content
`;

export type TagList = {
  /** In the order of a report. */
  readonly readable: readonly string[];
  readonly secret: ReadonlySet<string>;
  knows(tag: string): boolean;
};

/** The tags of one model. */
export function tagsOf(model: string): TagList {
  const lines = linesOf(model);
  const shown = expand(readable, lines);
  const secret = new Set(expand(writeOnly, lines));
  const known = new Set([...shown, ...secret]);
  return { readable: shown, secret, knows: (tag) => known.has(tag) || /^Unit_[1-3]_Key_[1-9]\d?_$/.test(tag) };
}

function expand(names: string, lines: number): string[] {
  return names
    .trim()
    .split(/\s+/)
    .flatMap((name) => (name.includes('_n_') ? numbers(1, lines).map((n) => name.replace('_n_', `_${n}_`)) : range(name)));
}

/** `Cadence_1..9` -> `Cadence_1` to `Cadence_9`, `GPP_A..P` -> `GPP_A` to `GPP_P`. */
function range(name: string): string[] {
  const found = /^(?<before>.*?)(?<first>\d+|[A-Z])\.\.(?<last>\d+|[A-Z])(?<after>.*)$/.exec(name)?.groups;
  if (found === undefined) return [name];
  const { before = '', first = '', last = '', after = '' } = found;
  const letters = /[A-Z]/.test(first);
  const members = letters
    ? numbers(first.charCodeAt(0), last.charCodeAt(0)).map((code) => String.fromCharCode(code))
    : numbers(Number(first), Number(last));
  return members.map((member) => `${before}${member}${after}`);
}

function numbers(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
