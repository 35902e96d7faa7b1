/**
 * Trusted Types (`require-trusted-types-for 'script'`): text becomes markup or script nowhere in this window. The one exception are the
 * style elements of Mantine, which are filled through `innerHTML`: text without `<` opens no element, so a style sheet passes.
 */

type Policy = { readonly createHTML: (text: string) => string | null };
type Factory = { readonly createPolicy: (name: string, rules: Policy) => unknown };

/** Takes the page's one policy, `default`; whoever comes later gets none. Before anything is rendered. */
export function takeTrustedTypes(): void {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: Factory };
  trustedTypes?.createPolicy('default', { createHTML: withoutMarkup });
}

/** The text, where it holds no markup; null refuses it, and the browser throws. */
export function withoutMarkup(text: string): string | null {
  return text.includes('<') ? null : text;
}
