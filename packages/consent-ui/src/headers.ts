import { STYLE_SOURCE } from './style.ts';

/**
 * What keeps a page safe: no script, nothing loaded, no frame around it, forms that post home only, and no
 * address of it told to anybody.
 *
 * `Cross-Origin-Opener-Policy` is left out with care: agents that run in a page open this one as a pop-up and
 * wait for its opener, and any value other than `unsafe-none` would cut the two apart.
 *
 * @see {@link https://www.w3.org/TR/CSP3/ Content Security Policy Level 3}
 */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    `default-src 'none'`,
    `style-src ${STYLE_SOURCE}`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; '),
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};
