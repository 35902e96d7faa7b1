/**
 * A flat-profile somebody already has, as a recipe's `template`: read strictly, for a person wrote or exported it and can mend it.
 * Document types and entities are refused; `ua` is kept; empty elements say nothing.
 */
import { DOMParser, type Element, onErrorStopParsing } from '@xmldom/xmldom';
import type { Problem } from '../../contract/problem.js';
import type { Access, ParameterTemplates } from '../../profiles/job.js';
import { errorAt, warningAt } from '../../profiles/problems.js';

const lengthLimit = 4 << 20;

/** Reads it; with an error there are no parameters. Never throws. */
export function readTemplateFile(text: string): { parameters: ParameterTemplates; problems: readonly Problem[] } {
  const refuse = (code: string): { parameters: ParameterTemplates; problems: Problem[] } => ({
    parameters: {},
    problems: [errorAt(code, { column: 'template' })],
  });
  if (text.length > lengthLimit) return refuse('recipe.template-too-large');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return refuse('recipe.template-dtd');
  let root: Element | null;
  try {
    root = new DOMParser({ onError: onErrorStopParsing }).parseFromString(text.replace(/^\uFEFF/, '').trim(), 'text/xml').documentElement;
  } catch {
    return refuse('recipe.template-xml');
  }
  const profile =
    root === null ? undefined : root.tagName === 'flat-profile' ? root : childrenOf(root).find(({ tagName }) => tagName === 'flat-profile');
  if (profile === undefined) return refuse('recipe.template-not-a-profile');

  const parameters = new Map<string, ParameterTemplates[string]>();
  const problems: Problem[] = [];
  for (const element of childrenOf(profile)) {
    if (childrenOf(element).length > 0) problems.push(warningAt('recipe.template-nested', { column: `template.${element.tagName}` }));
    const value = (element.textContent ?? '').trim();
    if (value !== '') parameters.set(element.tagName, { value, ua: accessOf(element) });
  }
  return { parameters: Object.fromEntries(parameters), problems };
}

function childrenOf(element: Element): Element[] {
  return [...element.childNodes].filter((node): node is Element => node.nodeType === 1);
}

function accessOf(element: Element): Access {
  const said = element.getAttribute('ua');
  return said === 'ro' || said === 'rw' ? said : 'na';
}
