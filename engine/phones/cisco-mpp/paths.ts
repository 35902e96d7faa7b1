/**
 * File names a phone asks for: what its rules name (`requests.ts`), and what no rule of this family makes but an image of another one asks by itself.
 *
 *   8851-3PCC.xml  8851.xml  CP-8851-3PCC.xml|cfg  CP-8851-3PCC<mac>.cfg  Cisco/CP-8851-3PCC/<mac>.cfg
 *   Cisco/<mac>.cfg  <mac>.xml|cfg  spa<mac>.xml                                               the bootstrap
 *   install/<mac>.xml  device/<mac>.xml  handoff/<mac>.xml  report/<mac>[.xml]                 what the bench's own rules name;
 *   part/<model>.xml  part/customer.xml                                                       what phones share;
 *   <directory>/device/<mac>.xml and so on                                                    encrypted ones lie in a directory
 *   SEP<MAC>.cnf.xml  CTLSEP<MAC>.tlv  ITLSEP<MAC>.tlv  CTLFile.tlv  ITLFile.tlv  XMLDefault.cnf.xml    enterprise firmware
 */
import { type Mac, parseMac } from '../../contract/mac.js';
import type { Encryption, Recipe } from '../../profiles/job.js';
import type { Asked, BenchAddress, SheetFile } from '../pack.js';
import { pathTo } from './bench-rules.js';
import { nameOf, readRequest, requestsOf } from './requests.js';

const macForm = '[0-9a-f]{12}|[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}';
/** Every one of them ends like this, signed or not. */
const enterpriseEnd = /\.(?:cnf\.xml|tlv)(?:\.sgn|\.enc)*$/;
const enterpriseFile = new RegExp(
  `^(?:sep(?<mac>${macForm})\\.cnf|(?:ctl|itl)(?:sep)?(?:(?<other>${macForm})|file)\\.tlv|xmldefault\\.cnf)`,
);

/** What a name asks for, with or without leading slashes, in any case; undefined for a name the pack does not know. */
export function readPath(path: string): Asked | undefined {
  return readRequest(path) ?? readEnterprise(path);
}

/** The same for a bench at work: the rules of its recipes lead phones to further names. */
export function pathReader(recipes: Iterable<Recipe>, bench: BenchAddress): (path: string) => Asked | undefined {
  const requests = requestsOf(recipes, bench);
  return (path) => readRequest(path, requests) ?? readEnterprise(path);
}

/** The name a phone asks for: of the bootstrap's aliases the one `$PSN` gives; `$MA` where the MAC is not known yet. */
export function filePath(purpose: SheetFile, model: string, mac: Mac | null, encryption?: Encryption): string {
  return purpose === 'bootstrap' ? `/${model}-3PCC.xml` : pathTo(purpose, model, encryption).replace('$MA', mac ?? '$MA');
}

function readEnterprise(path: string): Asked | undefined {
  if (path.length > 64) return undefined;
  const name = nameOf(path);
  const found = enterpriseEnd.test(name) ? enterpriseFile.exec(name)?.groups : undefined;
  if (found === undefined) return undefined;
  const mac = parseMac(found['mac'] ?? found['other'] ?? '');
  return { purpose: 'wrong-image', sign: 'file-name', ...(mac === undefined ? {} : { mac }) };
}
