/** What a recorded message says, in a line. */
export const messages = {
  'message.dhcp': '{type} {address}',
  'message.tftp.read': 'Asks for the file {file}',
  'message.tftp.write': 'Wants to send the file {file}',
  'message.tftp.data': 'Part {block} of the file',
  'message.tftp.ack': 'Has received part {block}',
  'message.tftp.options': 'Agrees on how the file is sent',
  'message.tftp.error': 'Error {number}: {text}',
  'message.http.request': '{method} {path}',
  'message.http.answer': 'Answer {status}',
  'message.syslog': '{text}',
  'message.unreadable': 'Not readable as {protocol} ({bytes} bytes)',
} as const;
