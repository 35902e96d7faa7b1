/** The Cisco IP Phone Multiplatform family ("3PCC"): 6800, 7800 and 8800 series. */
import type { Pack } from '../pack.js';
import { asksOf } from './asks.js';
import { isJoined } from './bench-rules.js';
import { checkColumns, columnUse } from './columns.js';
import { compare } from './compare.js';
import { ignoredBy } from './firmware.js';
import { compile } from './compile.js';
import { offeredOptions } from './dhcp-options.js';
import { gzipFor, transportFor } from './delivery.js';
import { aroundMarker, bootstrapFile, deviceFile, emptyFile, handOffFile, productionFile, sheetsOf } from './files.js';
import { writeFlatProfile } from './flat-profile.js';
import { handOffValues } from './hand-off.js';
import { encryptionFor, installFile, resyncPath, withKeys } from './keys.js';
import { foreignProfiles } from './foreign.js';
import { listNames, listParameters, lookUpParameter } from './listing.js';
import { readModel } from './phone-models.js';
import { partFile, partsOf } from './parts.js';
import { filePath, pathReader, readPath } from './paths.js';
import { planSteps } from './plan.js';
import { recognise } from './recognise.js';
import { readWord, wordHint } from './syslog.js';
import { templateSteps } from './template-file.js';
import { readUserAgent } from './user-agent.js';

/**
 * Milliseconds. Up to 40 s of random delay after power-up, six seconds of CDP and LLDP, a periodic resync every 30 s on the bench,
 * and perhaps a reboot after a change of some 60 s.
 */
const patience = { lease: 180_000, bootstrap: 150_000, device: 120_000, verify: 120_000, handOff: 150_000 } as const;

export const ciscoMpp: Pack = {
  name: 'cisco-mpp',
  recognise,
  readUserAgent,
  readPath,
  pathReader,
  readWord,
  wordHint,
  readModel,
  templateSteps,
  foreign: foreignProfiles,
  options: offeredOptions,
  *checkSteps(recipe) {
    return (yield* planSteps(recipe)).problems;
  },
  checkColumns,
  columnUse,
  compile,
  transportOf: transportFor,
  gzips: gzipFor,
  encryption: encryptionFor,
  withKeys,
  bootstrap: bootstrapFile,
  part: partFile,
  install: installFile,
  device: deviceFile,
  aroundMarker,
  handOff: handOffFile,
  production: productionFile,
  parts: partsOf,
  handOffValues,
  sheets: sheetsOf,
  asks: (recipe, compiled, row, bench) => {
    const bootstrap = sheetsOf(recipe, compiled, bench).find(({ file }) => file === 'bootstrap');
    return asksOf(compiled, row, bench, bootstrap?.parameters ?? []);
  },
  write: writeFlatProfile,
  empty: emptyFile,
  filePath,
  parameters: listParameters,
  names: listNames,
  parameter: lookUpParameter,
  readBackPath: '/admin/cfg.xml',
  resyncPath,
  joined: isJoined,
  compare,
  ignoredBy: ({ device, handOff }, firmware) =>
    ignoredBy(firmware, [...new Set([...device, ...handOff].flatMap(({ tag, value }) => (value === '' ? [] : tag)))]),
  patience,
};
