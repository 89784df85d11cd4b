import { createHash } from 'node:crypto';
import type { Milliseconds } from '@vestibule/core';

/** How long a page is displayed before its buttons appear, unless the server asks for longer. */
export const READING_TIME: Milliseconds = 1_000;

/**
 * The style of all pages, inlined so that a page is one request.
 *
 * The last part is a defense against clickjacking by timing: an attacker opens a page under a pointer that is about to
 * click. A button takes no click before a person can have read the text above it. It works without scripts:
 *
 * - `bring-in`: buttons are hidden until the page has been displayed for {@link READING_TIME}.
 * - `arm`: buttons take no click until the pointer has been over the page for the same time. This covers a page that was
 *   opened earlier and comes into view when a window above it closes. It restarts each time the pointer comes back into the
 *   window. Keyboards and screen readers work in the meantime. Chromium places an unknown pointer at the first pixel, so a
 *   pseudo-element covers that pixel, and it does not count as over the body.
 * - `scrolled`: on touch screens a scrolling finger does not count as a pointer, so a page that was scrolled counts as read.
 *   If nothing was scrolled or touched, the first tap only arms the decision buttons.
 *
 * Nothing moves: each animation has one step, which respects `prefers-reduced-motion`. If a browser runs no animations, the
 * buttons are visible at once, and the server still refuses a form that is posted too soon.
 */
export const STYLE: string = `
:root{--reading:${READING_TIME}ms;color-scheme:light dark;--paper:#f6f5f2;--card:#fff;--ink:#1d1c1a;--soft:#5c5852;--line:#dcd8d0;--accent:#1f5f5b;--accent-ink:#fff;--warn:#fff4da;--warn-line:#c98a00;--warn-ink:#5b3f00;--bad:#fdeceb;--bad-line:#b3261e;--bad-ink:#7d1711}
@media (prefers-color-scheme:dark){:root{--paper:#161513;--card:#201f1c;--ink:#eeebe5;--soft:#aaa49a;--line:#3a3833;--accent:#7cc4bd;--accent-ink:#0d2321;--warn:#33290f;--warn-line:#d9a13a;--warn-ink:#f3d9a1;--bad:#3a1917;--bad-line:#f2867e;--bad-ink:#ffd0cb}}
*{box-sizing:border-box}
html::before{content:"";position:fixed;top:0;left:0;width:1px;height:1px}
body{margin:0;display:flow-root;min-height:100vh;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans",sans-serif;overflow-wrap:anywhere}
main{max-width:34rem;margin:0 auto;padding:1.75rem 1.5rem 2rem;background:var(--card)}
@media (min-width:38rem){main{margin:3rem auto;padding:2rem 2.5rem 2.25rem;border:1px solid var(--line);border-radius:.75rem}}
.realm{display:flex;align-items:center;gap:.5rem;margin:0 0 1.5rem;color:var(--soft);font-size:.9375rem}
.realm svg{flex:none;color:var(--accent)}
p.from{margin:0 0 .25rem;font-size:1.75rem;line-height:1.25;overflow-wrap:anywhere}
h1{margin:0 0 1rem;font-size:1.5rem;line-height:1.35;font-weight:650;text-wrap:balance}
h2{margin:1.75rem 0 .5rem;font-size:.9375rem;font-weight:650;color:var(--soft)}
p{margin:0 0 1rem}
.lead{font-size:1.0625rem}
.claim{display:inline-block;max-width:100%;overflow:hidden;vertical-align:bottom}
.marker{white-space:nowrap;font:600 .8125rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;padding:.1rem .4rem;border:1px solid var(--warn-line);border-radius:.3rem;background:var(--warn);color:var(--warn-ink);vertical-align:middle}
.marker.verified{display:inline-block;max-width:100%;white-space:normal;border-color:var(--accent);background:none;color:var(--accent)}
summary{cursor:pointer;font-weight:600}
dl>div:target{background:var(--warn)}
details{margin:1.25rem 0 0}
details dl{margin-top:.75rem}
.callout,.alert{margin:0 0 1rem;padding:.875rem 1rem;border-left:4px solid var(--warn-line);border-radius:.3rem;background:var(--warn);color:var(--warn-ink)}
.callout p{margin:0}
.callout p+p{margin-top:.625rem}
.callout.verified{border-color:var(--accent);background:var(--paper);color:inherit}
.alert{border-color:var(--bad-line);background:var(--bad);color:var(--bad-ink)}
dl{margin:0;border-top:1px solid var(--line)}
dt{padding-top:.625rem;color:var(--soft);font-size:.875rem}
dd{margin:0;padding-bottom:.625rem;border-bottom:1px solid var(--line)}
dd strong{font-weight:600}
.detail{display:block;color:var(--soft);font-size:.9375rem}
fieldset{margin:1.75rem 0 1.25rem;padding:0;border:0;min-width:0}
legend{padding:0 0 .25rem;font-size:.9375rem;font-weight:650;color:var(--soft)}
.scopes{margin:0;padding:0;list-style:none}
.scopes label{display:flex;align-items:baseline;gap:.625rem;margin:0;padding:.375rem 0;font-weight:400;cursor:pointer}
input[type=checkbox]{flex:none;width:1.0625rem;height:1.0625rem;margin:0;accent-color:var(--accent);transform:translateY(.15rem)}
.app{margin:1.5rem 0 0;padding:.25rem 0 1.25rem;border-bottom:1px solid var(--line)}
.app h2{color:inherit;font-size:1.0625rem}
.app .api{margin:.75rem 0 .25rem}
.app .fine{margin:.75rem 0 1rem}
.held{margin:0;padding-left:1.25rem}
.note{margin:.25rem 0 0;color:var(--soft);font-size:.875rem}
code{font:.875rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:var(--soft)}
label{display:block;margin:0 0 .25rem;font-weight:600}
input[type=text],input[type=password],select{display:block;width:100%;margin:0 0 1.125rem;padding:.625rem .75rem;border:1px solid var(--soft);border-radius:.4rem;background:var(--card);color:inherit;font:inherit}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;margin:1.75rem 0 0}
button,.button{flex:1 1 10rem;padding:.7rem 1.25rem;border:1px solid var(--soft);border-radius:.4rem;background:transparent;color:var(--ink);font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
.primary{border-color:var(--accent);background:var(--accent);color:var(--accent-ink)}
button:hover,.button:hover{filter:brightness(1.08)}
a{color:var(--accent)}
a.primary{color:var(--accent-ink)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.fine{margin:1.25rem 0 0;color:var(--soft);font-size:.875rem}
@keyframes bring-in{from{visibility:hidden}}
@keyframes arm{from{pointer-events:none;border-style:dashed;background:transparent;color:var(--ink)}}
@keyframes scrolled{1%,to{pointer-events:auto;border-style:solid}}
@keyframes scrolled-primary{1%,to{pointer-events:auto;border-style:solid;background:var(--accent);color:var(--accent-ink)}}
button,.button{animation:bring-in var(--reading) step-end}
@media (hover:hover){body:hover :is(button,.button){animation:bring-in var(--reading) step-end,arm var(--reading) step-end}}
@supports (animation-timeline:scroll()){@media (hover:none){body:hover .decides button{animation:bring-in var(--reading) step-end,arm var(--reading) step-end,scrolled linear both;animation-timeline:auto,auto,scroll(root)}
body:hover .decides .primary{animation-name:bring-in,arm,scrolled-primary}}}
@media (forced-colors:active){.marker,.callout,.alert,button,.button{border:1px solid}}
`.trim();

/** The style to add to {@link STYLE} if the buttons of a page have to wait longer. */
export const waitingStyle = (readingTime: Milliseconds): readonly string[] =>
  readingTime > READING_TIME ? [`:root{--reading:${Math.ceil(readingTime)}ms}`] : [];

/** A style as a Content-Security-Policy source. */
export const styleSource = (style: string): string =>
  `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
