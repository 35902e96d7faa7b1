/** The catalogue's data: one file an area, in the order in which people look for things. */
import { z } from 'zod';
import access from '../../../../resources/cisco-mpp/catalogue/access.json' with { type: 'json' };
import audio from '../../../../resources/cisco-mpp/catalogue/audio.json' with { type: 'json' };
import calls from '../../../../resources/cisco-mpp/catalogue/calls.json' with { type: 'json' };
import codes from '../../../../resources/cisco-mpp/catalogue/codes.json' with { type: 'json' };
import directory from '../../../../resources/cisco-mpp/catalogue/directory.json' with { type: 'json' };
import display from '../../../../resources/cisco-mpp/catalogue/display.json' with { type: 'json' };
import keys from '../../../../resources/cisco-mpp/catalogue/keys.json' with { type: 'json' };
import lamps from '../../../../resources/cisco-mpp/catalogue/lamps.json' with { type: 'json' };
import lines from '../../../../resources/cisco-mpp/catalogue/lines.json' with { type: 'json' };
import nat from '../../../../resources/cisco-mpp/catalogue/nat.json' with { type: 'json' };
import network from '../../../../resources/cisco-mpp/catalogue/network.json' with { type: 'json' };
import provisioning from '../../../../resources/cisco-mpp/catalogue/provisioning.json' with { type: 'json' };
import reports from '../../../../resources/cisco-mpp/catalogue/reports.json' with { type: 'json' };
import security from '../../../../resources/cisco-mpp/catalogue/security.json' with { type: 'json' };
import services from '../../../../resources/cisco-mpp/catalogue/services.json' with { type: 'json' };
import sip from '../../../../resources/cisco-mpp/catalogue/sip.json' with { type: 'json' };
import time from '../../../../resources/cisco-mpp/catalogue/time.json' with { type: 'json' };
import tones from '../../../../resources/cisco-mpp/catalogue/tones.json' with { type: 'json' };
import upgrade from '../../../../resources/cisco-mpp/catalogue/upgrade.json' with { type: 'json' };
import { entryForm, type Known } from './entry.js';

const areas: Readonly<Record<string, unknown>> = {
  provisioning,
  upgrade,
  reports,
  access,
  network,
  security,
  time,
  display,
  lines,
  keys,
  sip,
  nat,
  audio,
  calls,
  directory,
  services,
  codes,
  tones,
  lamps,
};

/** Every entry with its area. Throws when the data is not of the form: a bug, for it comes with the program. */
export function readCatalogue(): readonly Known[] {
  return Object.entries(areas).flatMap(([area, entries]) =>
    z
      .array(entryForm)
      .parse(entries)
      .map((entry) => Object.assign(entry, { area })),
  );
}
