import { Html } from '@vestibule/consent-ui';
import { createHash } from 'node:crypto';
import { html } from './html.ts';

/** The style of the demo's own pages: text, tables and one button, in light and dark, from phones up. */
const STYLE = `
:root{color-scheme:light dark;--paper:#f6f5f2;--card:#fff;--ink:#1d1c1a;--soft:#5c5852;--line:#dcd8d0;--accent:#1f5f5b;--accent-ink:#fff}
@media (prefers-color-scheme:dark){:root{--paper:#161513;--card:#201f1c;--ink:#eeebe5;--soft:#aaa49a;--line:#3a3833;--accent:#7cc4bd;--accent-ink:#0d2321}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans",sans-serif;overflow-wrap:anywhere}
main{max-width:44rem;margin:0 auto;padding:1.75rem 1.5rem 2.5rem;background:var(--card)}
@media (min-width:48rem){main{margin:3rem auto;padding:2rem 2.5rem 2.5rem;border:1px solid var(--line);border-radius:.75rem}}
h1{margin:0 0 .75rem;font-size:1.6rem;line-height:1.3;text-wrap:balance}
h2{margin:2rem 0 .5rem;font-size:1.1rem}
p,ul,ol,dl,pre{margin:0 0 1rem}
.lead{font-size:1.0625rem}
a{color:var(--accent)}
a.button{display:inline-block;padding:.6rem 1.1rem;border-radius:.5rem;background:var(--accent);color:var(--accent-ink);font-weight:600;text-decoration:none}
a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
dl{display:grid;gap:.25rem 1rem}
@media (min-width:32rem){dl{grid-template-columns:max-content 1fr}}
dt{color:var(--soft)}
dd{margin:0}
code,pre{font:.9em/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{padding:.75rem 1rem;border:1px solid var(--line);border-radius:.5rem;white-space:pre-wrap}
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** A page of the demo. It has no scripts and loads nothing. */
export interface DemoPage {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Makes a page from its title, which is also its heading, and its content. */
export function demoPage(title: string, content: Html): DemoPage {
  const page = html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${title}</title>
      ${new Html(`<style>${STYLE}</style>`)}
      <main>
        <h1>${title}</h1>
        ${content}
      </main>
    </html> `;
  return { text: page.toString(), headers: HEADERS };
}
