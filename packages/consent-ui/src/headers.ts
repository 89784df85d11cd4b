import { STYLE, styleSource } from './style.ts';

const STYLE_SOURCE = styleSource(STYLE);

export interface HeaderOptions {
  /** Where the page's form posts to. @default home */
  readonly formTarget?: string | undefined;
  /** Styles that the page has besides the one of all pages. @default [] */
  readonly more?: readonly string[];
  /** Whether a fragment may scroll it: it has nothing to press, and is a list that links lead into. @default false */
  readonly opensAnywhere?: boolean | undefined;
}

/**
 * What keeps a page safe: no script, nothing loaded, no frame around it, forms that post home only (or, on the last page,
 * to the one place that the answer is for), no address of it told to anybody, and none of it loaded into another page.
 *
 * `Cross-Origin-Opener-Policy` is left out with care: agents that run in a page open this one as a pop-up and
 * wait for its opener, and any value other than `unsafe-none` would cut the two apart.
 *
 * `force-load-at-top` keeps a page from opening scrolled to where its buttons are and its warnings are not.
 *
 * @see {@link https://www.w3.org/TR/CSP3/ Content Security Policy Level 3}
 * @see {@link https://wicg.github.io/document-policy/ Document Policy}
 */
export const pageHeaders = ({ formTarget, more = [], opensAnywhere = false }: HeaderOptions = {}): Readonly<
  Record<string, string>
> => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    `default-src 'none'`,
    `style-src ${[STYLE_SOURCE, ...more.map(styleSource)].join(' ')}`,
    `form-action ${formTarget === undefined ? `'self'` : formSource(formTarget)}`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; '),
  ...(!opensAnywhere && { 'document-policy': 'force-load-at-top' }),
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
});

/** The longest source that names a path, in characters: proxies bound the head of a response. */
const MAX_SOURCE_LENGTH = 1_024;

/**
 * One address as a source: without its query, which no source has, and with the two characters escaped that would end
 * it. One that is too long is its origin alone.
 *
 * @see {@link https://www.w3.org/TR/CSP3/#match-paths CSP 3, path matching}
 */
function formSource(address: string): string {
  const { origin, pathname } = new URL(address);
  const source = `${origin}${pathname}`.replaceAll(';', '%3B').replaceAll(',', '%2C');
  return source.length <= MAX_SOURCE_LENGTH ? source : origin;
}
