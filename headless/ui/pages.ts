/** Pages this process writes itself, for where the window cannot be shown. No script, no style: they have to work whatever is wrong. */

type Page = { readonly title: string; readonly en: string; readonly ja: string };

const pages = {
  /** No cookie: a page that was opened too long ago, another browser, or a bookmark. */
  'not-signed-in': {
    title: 'Benchtone: open it with its own address',
    en: 'This browser has not been let in yet. Open the address with “?token=” that Benchtone printed when it was started. It works once: if it was used already, end Benchtone and start it again for a new one.',
    ja: 'このブラウザーではまだ開けません。Benchtone の起動時に表示された「?token=」付きのアドレスを開いてください。アドレスは一度だけ有効です。使用済みの場合は Benchtone を終了し、もう一度起動してください。',
  },
  /** A token that is not, or no longer, the one. */
  'token-used': {
    title: 'Benchtone: this address has been used',
    en: 'An address with “?token=” works once. In the browser that has used it, follow the link below. For another browser, end Benchtone and start it again: it prints a new address.',
    ja: '「?token=」付きのアドレスは一度だけ有効です。すでに開いたブラウザーでは下のリンクから戻れます。別のブラウザーで開くには、Benchtone を終了してもう一度起動し、新しいアドレスを使ってください。',
  },
} as const satisfies Record<string, Page>;

export type PageName = keyof typeof pages;

export function pageText(name: PageName): string {
  const { title, en, ja } = pages[name];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><h1>${title}</h1><p>${en}</p><p lang="ja">${ja}</p><p><a href="/">Benchtone</a></p></body>
</html>
`;
}
