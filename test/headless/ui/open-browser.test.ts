/** Which program opens an address, by platform; none where there is no display. */
import { expect, it } from 'vitest';
import { openerOf } from '../../../headless/ui/open-browser.js';

it.each([
  ['linux', { DISPLAY: ':0' }, ['xdg-open']],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open']],
  ['linux', { DISPLAY: '', WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open']],
  ['linux', {}, undefined],
  ['linux', { DISPLAY: '' }, undefined],
  ['darwin', {}, ['open']],
  ['win32', {}, ['rundll32', 'url.dll,FileProtocolHandler']],
])('on %s with %j: %j', (platform, environment, opener) => {
  expect(openerOf(environment, platform)).toEqual(opener);
});
