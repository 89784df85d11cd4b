import { STYLE, styleSource } from './style.ts';

const STYLE_SOURCE = styleSource(STYLE);

export interface HeaderOptions {
  /** Where the form of the page posts to. @default this server */
  readonly formTarget?: string | undefined;
  /** Styles of the page in addition to {@link STYLE}. @default [] */
  readonly more?: readonly string[];
  /** Whether a fragment may scroll the page when it opens: a list without buttons that links point into. @default false */
  readonly canOpenScrolled?: boolean | undefined;
}

/**
 * Security headers of a page: no scripts, no external resources, no framing, no referrer, no cross-origin embedding. Forms
 * post only to this server or, on the authorization response page, only to the redirect URI.
 *
 * `Cross-Origin-Opener-Policy` is absent on purpose: agents that run in a web page open this page as a pop-up and need
 * `window.opener`. Any value other than `unsafe-none` would break that connection.
 *
 * `force-load-at-top` prevents that a link opens a page scrolled past its warnings to its buttons.
 *
 * @see {@link https://www.w3.org/TR/CSP3/ Content Security Policy Level 3}
 * @see {@link https://wicg.github.io/document-policy/ Document Policy}
 */
export const pageHeaders = ({ formTarget, more = [], canOpenScrolled = false }: HeaderOptions = {}): Readonly<
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
  ...(!canOpenScrolled && { 'document-policy': 'force-load-at-top' }),
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
});

/** The longest source with a path, in characters. Proxies limit the size of response headers. */
const MAX_SOURCE_LENGTH = 1_024;

/**
 * A URL as a CSP source: without the query, which a source cannot have, and with `;` and `,` escaped, which would end it. If
 * the source would be too long, it is the origin only.
 *
 * @see {@link https://www.w3.org/TR/CSP3/#match-paths CSP 3, path matching}
 */
function formSource(url: string): string {
  const { origin, pathname } = new URL(url);
  const source = `${origin}${pathname}`.replaceAll(';', '%3B').replaceAll(',', '%2C');
  return source.length <= MAX_SOURCE_LENGTH ? source : origin;
}
