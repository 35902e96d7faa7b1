/** The protocols by shape, word and colour. */
import type { ReactNode } from 'react';
import type { Output } from '../../engine/contract/calls.js';
import classes from './protocol-mark.module.css';

export type Protocol = Output<'phone.messages'>['messages'][number]['protocol'];

const shapes: Readonly<Record<Protocol, ReactNode>> = {
  // A label, a file going down, a page, a speech bubble.
  dhcp: <path d="M2 4h8l4 4-4 4H2z" />,
  tftp: <path d="M8 1.8v8M4.2 6.6 8 10.4l3.8-3.8M2.5 14h11" />,
  http: <path d="M3.2 1.8h6.4l3.2 3.2v9.2H3.2zM9.4 1.8v3.4h3.4" />,
  syslog: <path d="M1.8 2.6h12.4v8.2H7.4L4 13.8v-3H1.8z" />,
};

const names: Readonly<Record<Protocol, string>> = { dhcp: 'DHCP', tftp: 'TFTP', http: 'HTTP', syslog: 'Syslog' };

export function ProtocolMark({ protocol }: { readonly protocol: Protocol }): ReactNode {
  return (
    <span className={classes['mark']} data-protocol={protocol}>
      <svg width="15" height="15" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <g fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinejoin="round" strokeLinecap="round">
          {shapes[protocol]}
        </g>
      </svg>
      {names[protocol]}
    </span>
  );
}
