/** Requests are known by the rules that make them: what a phone asks by any rule of the bench is read as what that rule is for. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import models from '../../../../resources/cisco-mpp/models.json' with { type: 'json' };
import { benchRules } from '../../../../engine/phones/cisco-mpp/bench-rules.js';
import { benchValues } from '../../../../engine/phones/cisco-mpp/bench-values.js';
import { readRule } from '../../../../engine/phones/cisco-mpp/rule/check.js';
import { evaluate } from '../../../../engine/phones/cisco-mpp/rule/evaluate.js';
import { packNamed } from '../../../../engine/phones/packs.js';
import { readRecipe } from '../../../../engine/profiles/recipe.js';

const pack = packNamed('cisco-mpp')!;
const bench = { address: '10.0.0.1', ports: { tftp: 69, http: 8080, syslog: 514 } };

const hex = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...'0123456789abcdef'.split('')), { minLength: length, maxLength: length }).map((digits) => digits.join(''));

const anyPhone = fc.record({
  mac: hex(12),
  model: fc.constantFrom(...models.map(({ model }) => model)),
  directory: hex(32),
});

type Phone = { readonly mac: string; readonly model: string; readonly directory: string };

/** The path a phone asks for by a rule. */
function askedBy(text: string, { mac, model, directory }: Phone, kind: 'profile' | 'report' = 'profile'): string {
  const read = readRule(kind, text);
  if (!read.ok) throw new Error(text);
  const macros = {
    MA: mac,
    MAU: mac.toUpperCase(),
    MAC: mac.replaceAll(/(..)(?!$)/g, '$1:'),
    PN: `CP-${model}-3PCC`,
    PSN: `${model}-3PCC`,
    B: directory,
  };
  const outcome = evaluate(read.rule, macros);
  if (outcome.kind !== 'asks') throw new Error(`${text} asks nothing`);
  return outcome.wanted.path;
}

describe('a request', () => {
  it('by any rule the bench writes is read as what the rule is for, whoever asks, by whatever way', () => {
    const way = fc.record({
      transport: fc.constantFrom('http' as const, 'tftp' as const),
      encryption: fc.constantFrom(undefined, { form: 'salted', digest: 'md5' } as const, { form: 'aes128gcm', ikm: 'hex' } as const),
      inParts: fc.boolean(),
      guarded: fc.boolean(),
      next: fc.constantFrom('install' as const, 'device' as const, 'handOff' as const),
    });
    fc.assert(
      fc.property(anyPhone, way, (phone, { inParts, next, guarded, ...ruled }) => {
        const account = guarded ? { user: 'bench', password: 'Sesame 1' } : undefined;
        const rules = benchRules(bench, { ...ruled, guarded, account, inPartsAs: inParts ? phone.model : undefined }, next);
        for (const { text, to } of rules) {
          const where = ruled.encryption === undefined || to === 'install' ? {} : { directory: phone.directory };
          const about =
            to === 'model'
              ? { purpose: 'part', part: 'model', model: phone.model, ...where }
              : to === 'customer'
                ? { purpose: 'part', part: 'customer', ...where }
                : { purpose: to, mac: phone.mac, ...where };
          expect(pack.readPath(askedBy(text, phone))).toEqual(about);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('for the first file, by the factory’s rule and by every other name the documents give it, is one for the bootstrap', () => {
    fc.assert(
      fc.property(
        anyPhone,
        fc.constantFrom('/$PSN.xml', '/$PN.cfg', '/Cisco/$PN/$MA.cfg', '/$PN$MA.cfg', '/Cisco/$MA.cfg', '/$MAU.xml', '/spa$MA.xml'),
        (phone, rule) => {
          const asked = pack.readPath(askedBy(rule, phone));
          expect(asked).toEqual({
            purpose: 'bootstrap',
            ...(rule.includes('$P') ? { model: phone.model } : {}),
            ...(rule.includes('$MA') ? { mac: phone.mac } : {}),
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('by the report rule is a report', () => {
    const rule = benchValues(bench, '').get('Report_Rule') ?? '';
    fc.assert(
      fc.property(anyPhone, (phone) => {
        expect(pack.readPath(askedBy(rule, phone, 'report'))).toEqual({ purpose: 'report', mac: phone.mac });
      }),
    );
  });

  it('is found in a time that does not grow with its length', () => {
    const long = ['/device/', 'ab:'.repeat(160), '0'.repeat(500), 'cp-'.repeat(160), `${'/0123'.repeat(100)}.`];
    const began = performance.now();
    for (let round = 0; round < 200; round += 1) for (const path of long) pack.readPath(path);
    expect((performance.now() - began) / (200 * long.length)).toBeLessThan(2);
  });
});

describe('a recipe’s own rules', () => {
  const recipeOf = (more: string) => readRecipe(`benchtone: 1\nname: Acme\nphones: cisco-mpp\n${more}`).recipe!;
  const reader = (more: string) => pack.pathReader([recipeOf(more)], bench);

  it('lead phones to firmware here: whichever alternative, and whose it is where the name says so', () => {
    const rule = '($SWVER lt 12.0.1)? http://10.0.0.1/fw/$PN/step.loads | http://10.0.0.1:8080/fw/$MA/sip88xx.loads';
    const read = reader(`bootstrap: { Upgrade_Rule: '${rule}' }\n`);
    expect(read('/fw/CP-8851-3PCC/step.loads')).toEqual({ purpose: 'firmware', model: '8851' });
    expect(read('fw/00562B043615/SIP88xx.loads')).toEqual({ purpose: 'firmware', mac: '00562b043615' });
    expect(read('/fw/00562b043615/other.loads')).toBeUndefined();
    expect(pack.readPath('/fw/00562b043615/sip88xx.loads')).toBeUndefined();
  });

  it('and reports: the name is the phone’s', () => {
    const read = reader('parameters: { Report_Rule: "[--status] http://10.0.0.1/seen/$MAU.xml" }\n');
    expect(read('/seen/00562B043615.xml')).toEqual({ purpose: 'report', mac: '00562b043615' });
  });

  it('are nobody’s here where they name another server, and never take a name of the bench away', () => {
    const read = reader(
      'bootstrap: { Upgrade_Rule: "($SWVER lt 12.0.1)? http://fw.example/device/$MA.xml | http://10.0.0.1/device/$MA.xml" }\n',
    );
    expect(read('/device/00562b043615.xml')).toEqual({ purpose: 'device', mac: '00562b043615' });
    expect(reader('bootstrap: { Upgrade_Rule: "http://fw.example/x.loads" }\n')('/x.loads')).toBeUndefined();
    expect(read('/SEP00562B043615.cnf.xml')).toEqual({ purpose: 'wrong-image', sign: 'file-name', mac: '00562b043615' });
  });
});
