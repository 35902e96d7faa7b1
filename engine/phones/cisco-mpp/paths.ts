/**
 * File names a phone asks for (Cisco conversion guide, "DHCP options"; documents disagree on `$PSN` and `$PN`, so every alias is known).
 *
 *   8851-3PCC.xml  8851.xml  CP-8851-3PCC.xml|cfg  CP-8851-3PCC<mac>.cfg  Cisco/CP-8851-3PCC/<mac>.cfg
 *   Cisco/<mac>.cfg  <mac>.xml|cfg  spa<mac>.xml                                               the bootstrap
 *   install/<mac>.xml  device/<mac>.xml  handoff/<mac>.xml  report/<mac>[.xml]                 what the bench's own rules name;
 *   part/common.xml  part/<model>.xml  part/customer.xml                                      what phones share;
 *   <directory>/device/<mac>.xml  <directory>/handoff/<mac>.xml                               encrypted ones lie in a directory
 *   SEP<MAC>.cnf.xml  CTLSEP<MAC>.tlv  ITLSEP<MAC>.tlv  CTLFile.tlv  ITLFile.tlv  XMLDefault.cnf.xml    enterprise firmware
 */
import { type Mac, parseMac } from '../../contract/mac.js';
import type { Encryption } from '../../profiles/job.js';
import type { Asked, SheetFile } from '../pack.js';
import { pathTo } from './bench-rules.js';
import { isModel } from './phone-models.js';

/** Longer names are nobody's. */
const lengthLimit = 512;
/** `$MA`, `$MAU` and `$MAC` as they come out in a name. */
const macForm = '(?<mac>[0-9a-f]{12}|[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5})';
const modelForm = '(?:cp-)?(?<model>\\d{4})(?:nr)?';

const benchFile = new RegExp(`^(?:(?<directory>[0-9a-f]{32}|\\$b)/)?(?<what>install|device|handoff)/${macForm}\\.xml$`);
const partFile = /^(?:(?<directory>[0-9a-f]{32}|\$b)\/)?part\/(?:(?<part>common|customer)|(?<model>\d{4}))\.xml$/;
const reportFile = new RegExp(`^report/${macForm}(?:\\.xml)?$`);
const bootstrapFiles = [
  new RegExp(`^(?:cisco/)?${modelForm}-3pcc\\.(?:xml|cfg)$`),
  new RegExp(`^(?:cisco/)?${modelForm}-3pcc/?${macForm}\\.(?:xml|cfg)$`),
  new RegExp(`^(?:cisco/|spa)?${macForm}\\.(?:xml|cfg)$`),
];
const shortFile = new RegExp(`^${modelForm}\\.(?:xml|cfg)$`);
const enterpriseFile = new RegExp(
  `^(?<sign>sep${macForm}\\.cnf\\.xml|(?:ctl|itl)(?:sep)?(?:${macForm.replace('mac', 'mac2')}|file)\\.tlv|xmldefault\\.cnf\\.xml)(?:\\.sgn|\\.enc)*$`,
);

/** What a name asks for, with or without leading slashes, in any case; undefined for a name the pack does not know. */
export function readPath(path: string): Asked | undefined {
  if (path.length > lengthLimit) return undefined;
  const name = path
    .trim()
    .replace(/^(?:\.?[\\/])+/, '')
    .replaceAll('\\', '/')
    .toLowerCase();
  const bench = benchFile.exec(name)?.groups;
  const owner = macIn(bench);
  if (owner !== undefined) return benchAsked(bench ?? {}, owner);
  const shared = partFile.exec(name)?.groups;
  if (shared !== undefined) return partAsked(shared);
  const reporter = macIn(reportFile.exec(name)?.groups);
  if (reporter !== undefined) return { purpose: 'report', mac: reporter };
  const enterprise = enterpriseFile.exec(name)?.groups;
  if (enterprise !== undefined) {
    const mac = macIn(enterprise);
    return { purpose: 'wrong-image', sign: 'file-name', ...(mac === undefined ? {} : { mac }) };
  }
  return readBootstrap(name);
}

/** The name a phone asks for: of the bootstrap's aliases the one `$PSN` gives; `$MA` where the MAC is not known yet. */
export function filePath(purpose: SheetFile, model: string, mac: Mac | null, encryption?: Encryption): string {
  return purpose === 'bootstrap' ? `/${model}-3PCC.xml` : pathTo(purpose, model, encryption).replace('$MA', mac ?? '$MA');
}

function benchAsked({ what, directory }: Readonly<Record<string, string | undefined>>, mac: Mac): Asked {
  if (what === 'install') return { purpose: 'install', mac };
  return { purpose: what === 'handoff' ? 'handOff' : 'device', mac, ...(directory === undefined ? {} : { directory }) };
}

function partAsked({ part, model, directory }: Readonly<Record<string, string | undefined>>): Asked {
  const where = directory === undefined ? {} : { directory };
  if (model !== undefined) return { purpose: 'part', part: 'model', model, ...where };
  return { purpose: 'part', part: part === 'common' ? 'common' : 'customer', ...where };
}

function readBootstrap(name: string): Asked | undefined {
  for (const form of bootstrapFiles) {
    const groups = form.exec(name)?.groups;
    if (groups !== undefined) return bootstrap(groups);
  }
  const groups = shortFile.exec(name)?.groups;
  return groups !== undefined && isModel(groups['model'] ?? '') ? bootstrap(groups) : undefined;
}

function bootstrap(groups: Readonly<Record<string, string | undefined>>): Asked {
  const mac = macIn(groups);
  const model = groups['model'];
  return { purpose: 'bootstrap', ...(model === undefined ? {} : { model }), ...(mac === undefined ? {} : { mac }) };
}

function macIn(groups: Readonly<Record<string, string | undefined>> | undefined): Mac | undefined {
  return parseMac(groups?.['mac'] ?? groups?.['mac2'] ?? '');
}
