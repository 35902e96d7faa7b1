/** Without own DHCP: what a site's DHCP server has to say so that its phones find this bench, as entries and ready to paste. */
import type { Output } from '../contract/calls.js';
import type { BenchAddress, OfferedOption, Pack } from '../phones/pack.js';
import { packNamed, packNames } from '../phones/packs.js';
import type { Recipe } from '../profiles/job.js';
import { optionText } from '../protocols/dhcp/option-text.js';
import { addressBytes } from '../protocols/dhcp/ipv4.js';
import { optionName, type SiteOption, snippets } from './site-snippets.js';

export type SiteWork = {
  readonly pack: Pack;
  readonly bench: BenchAddress;
  /** The recipe, and the models of its rows, where a job is known. */
  readonly recipe?: Recipe;
  readonly models?: readonly string[];
};

/** What to enter. Models that need another value than the rest have entries of their own. Pure. */
export function siteSettings(work: SiteWork): Output<'site.settings'> {
  const options = siteOptions(work);
  return {
    entries: options.map(({ models, code, bytes, fromRecipe }) => ({
      models: [...models],
      code,
      name: optionName(code),
      value: optionText(code, bytes),
      why: { code: fromRecipe ? 'option.recipe' : 'option.pack', params: {} },
    })),
    snippets: snippets(options),
  };
}

/** For a bench on the standard ports of an address, before there is a job. */
export function plainSettings(address: string): Output<'site.settings'> {
  const [name = ''] = packNames();
  const pack = packNamed(name);
  const bench = { address, ports: { tftp: 69, http: 80, syslog: 514 } };
  return pack === undefined ? { entries: [], snippets: [] } : siteSettings({ pack, bench });
}

function siteOptions({ pack, bench, recipe, models = [] }: SiteWork): readonly SiteOption[] {
  const given = (model?: string): readonly SiteOption[] => {
    const transport = recipe === undefined ? 'http' : pack.transportOf(recipe, model);
    return pack.options(bench, transport, recipe, model).map((each) => ({
      models: model === undefined ? [] : [model],
      code: each.code,
      bytes: bytesOf(each),
      fromRecipe: each.from === 'recipe',
    }));
  };
  const forAll = given();
  const known = new Set(forAll.map(keyOf));
  const own = new Map<string, SiteOption>();
  for (const option of [...new Set(models)].sort().flatMap((model) => given(model))) {
    const key = keyOf(option);
    if (known.has(key)) continue;
    own.set(key, { ...option, models: [...(own.get(key)?.models ?? []), ...option.models] });
  }
  return [...forAll, ...own.values()];
}

function keyOf({ code, bytes }: SiteOption): string {
  return `${code} ${Buffer.from(bytes).toString('hex')}`;
}

function bytesOf(option: OfferedOption): Uint8Array {
  if ('text' in option) return Buffer.from(option.text);
  return 'bytes' in option ? option.bytes : Buffer.concat(option.addresses.map(addressBytes));
}
