/**
 * The account of `delivery: { account: … }`: the user and the password a phone has to know to be given its device file over HTTP, and how
 * it comes to know them: as `--uid` and `--pwd` of the rule that names the file (facts section 3.1).
 */
import type { Problem } from '../../contract/problem.js';
import type { Recipe } from '../../profiles/job.js';
import { recipeProblem } from '../../profiles/problems.js';
import { parseTemplate, type Template } from '../../profiles/template.js';
import { ownDelivery, transportFor } from './delivery.js';
import { printRule } from './rule/print.js';

export type AccountPlan = { readonly user: Template; readonly password: Template; /** Key path in the recipe. */ readonly path: string };

/** The account for a model, and what is wrong with it whatever the row; none where the recipe has none. */
export function planAccount(
  recipe: Recipe,
  model: string | undefined,
): { readonly account?: AccountPlan; readonly problems: readonly Problem[] } {
  const own = ownDelivery(recipe, model)?.account;
  const written = own ?? recipe.delivery.account;
  if (written === undefined) return { problems: [] };
  const path = `${own === undefined ? 'delivery' : `models.${model}.delivery`}.account`;
  const problem = (code: string, at = path): Problem => recipeProblem('error', code, at, recipe.lines, {});
  if (transportFor(recipe, model) !== 'http') return { problems: [problem('recipe.account-needs-http')] };
  const [user, password] = [parseTemplate(written.user), parseTemplate(written.password)];
  if (!user.ok) return { problems: [problem('recipe.template-syntax', `${path}.user`)] };
  if (!password.ok) return { problems: [problem('recipe.template-syntax', `${path}.password`)] };
  return { account: { user: user.template, password: password.template, path }, problems: [] };
}

/** Whether a rule can hold it: a quotation mark would end it, a backslash or `$` would become something else; a colon ends a Basic user. */
export function canBeInRule({ user, password }: { readonly user: string; readonly password: string }): boolean {
  const form = /^[^"\\$\p{Cc}]{1,63}$/u;
  return form.test(user) && form.test(password) && !user.includes(':') && user === user.trim() && password === password.trim();
}

/** `[--key $A --uid bench --pwd secret] http://10.0.0.1/device/$B/$MA.xml`; without key and account the address alone. */
export function ruleFor(
  { key, url }: { readonly key?: string; readonly url: string },
  account: { readonly user: string; readonly password: string } | undefined,
): string {
  const options = [
    ...(key === undefined ? [] : [{ name: 'key', value: key } as const]),
    ...(account === undefined ? [] : [{ name: 'uid', value: account.user } as const, { name: 'pwd', value: account.password } as const]),
  ];
  return options.length === 0 ? url : `${printRule([{ options }])} ${url}`;
}
