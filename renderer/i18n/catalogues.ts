/** Every text of the window, by language. What is missing in one of them does not compile. */
import { builderTexts } from '../../engine/contract/english/builders.js';
import { importTexts } from '../../engine/contract/english/imports.js';
import { parameterTexts } from '../../engine/contract/english/parameters.js';
import { phoneTexts } from '../../engine/contract/english/phones.js';
import { problemTexts } from '../../engine/contract/english/problems.js';
import { templateTexts } from '../../engine/contract/english/templates.js';
import { dhcp as enDhcp } from './en/dhcp.js';
import { remedies as enRemedies } from './en/doctor.js';
import { imports as enImports } from './en/imports.js';
import { leaving as enLeaving } from './en/leaving.js';
import { looking as enLooking } from './en/looking.js';
import { messages as enMessages } from './en/messages.js';
import { parameterPage as enParameterPage } from './en/parameter-page.js';
import * as enCodes from './en/phones.js';
import { recipe as enRecipe } from './en/recipe.js';
import * as enRefusals from './en/refusals.js';
import { previews as enPreviews } from './en/previews.js';
import { screens as enScreens } from './en/screens.js';
import { shell as enShell } from './en/shell.js';
import { templates as enTemplates } from './en/templates.js';
import { builders as jaBuilders } from './ja/builders.js';
import { dhcp as jaDhcp } from './ja/dhcp.js';
import { remedies as jaRemedies } from './ja/doctor.js';
import { imports as jaImports } from './ja/imports.js';
import { leaving as jaLeaving } from './ja/leaving.js';
import { looking as jaLooking } from './ja/looking.js';
import { messages as jaMessages } from './ja/messages.js';
import { parameterPage as jaParameterPage } from './ja/parameter-page.js';
import { parameters as jaParameters } from './ja/parameters.js';
import * as jaCodes from './ja/phones.js';
import { recipe as jaRecipe } from './ja/recipe.js';
import * as jaRefusals from './ja/refusals.js';
import { previews as jaPreviews } from './ja/previews.js';
import { problems as jaProblems } from './ja/problems.js';
import { screens as jaScreens } from './ja/screens.js';
import { shell as jaShell } from './ja/shell.js';
import { templates as jaTemplates } from './ja/templates.js';

/** The engine's texts as the window writes them: each begins like a sentence. */
function asSentences<K extends string>(texts: Readonly<Record<K, string>>): Readonly<Record<K, string>> {
  const sentences: Record<K, string> = { ...texts };
  for (const key in sentences) sentences[key] = sentences[key].charAt(0).toUpperCase() + sentences[key].slice(1);
  return sentences;
}

const en = {
  ...enShell,
  ...enScreens,
  ...asSentences({ ...problemTexts, ...parameterTexts, ...builderTexts, ...importTexts, ...templateTexts, ...phoneTexts }),
  ...enParameterPage,
  ...enRecipe,
  ...enRefusals.refusals,
  ...enRefusals.answers,
  ...enRefusals.checks,
  ...enRefusals.checkNames,
  ...enCodes.boardWords,
  ...enCodes.facts,
  ...enCodes.values,
  ...enDhcp,
  ...enImports,
  ...enTemplates,
  ...enPreviews,
  ...enLeaving,
  ...enLooking,
  ...enMessages,
  ...enRemedies,
} as const;

export type Key = keyof typeof en;

const ja: Readonly<Record<Key, string>> = {
  ...jaShell,
  ...jaScreens,
  ...jaProblems,
  ...jaParameters,
  ...jaParameterPage,
  ...jaBuilders,
  ...jaRecipe,
  ...jaRefusals.refusals,
  ...jaRefusals.answers,
  ...jaRefusals.checks,
  ...jaRefusals.checkNames,
  ...jaCodes.phones,
  ...jaCodes.boardWords,
  ...jaCodes.facts,
  ...jaCodes.values,
  ...jaDhcp,
  ...jaImports,
  ...jaTemplates,
  ...jaPreviews,
  ...jaLeaving,
  ...jaLooking,
  ...jaMessages,
  ...jaRemedies,
};

export const catalogues: Readonly<Record<'en' | 'ja', Readonly<Record<Key, string>>>> = { en, ja };
