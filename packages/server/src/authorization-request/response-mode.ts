import type { RedirectUri } from '@vestibule/core';

/**
 * How the response is transported: in the redirect URL, or in a form that the browser posts.
 *
 * @see {@link https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html OAuth 2.0 Form Post Response Mode}
 */
export const RESPONSE_MODES = ['query', 'form_post'] as const;
export type ResponseMode = (typeof RESPONSE_MODES)[number];

/**
 * Whether a page whose Content-Security-Policy allows one form target can post a form there. A policy cannot express an IPv6
 * address, and browsers do not post to private-use schemes.
 *
 * @see {@link https://www.w3.org/TR/CSP3/#grammardef-host-source CSP 3, host-source}
 */
export const takesForms = (destination: RedirectUri): boolean =>
  destination.kind !== 'private-use' && !destination.host.startsWith('[');
