import type { RedirectUri } from '@vestibule/core';

/**
 * How the answer travels: in the address, or in a form that the browser posts.
 *
 * @see {@link https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html OAuth 2.0 Form Post Response Mode}
 */
export const RESPONSE_MODES = ['query', 'form_post'] as const;
export type ResponseMode = (typeof RESPONSE_MODES)[number];

/**
 * Whether a form can be posted there from a page that names the one place its forms may go to. A Content-Security-Policy
 * has no way to write an IPv6 address, and apps that a scheme opens are not posted to.
 *
 * @see {@link https://www.w3.org/TR/CSP3/#grammardef-host-source CSP 3, host-source}
 */
export const takesForms = (destination: RedirectUri): boolean =>
  destination.kind !== 'private-use' && !destination.host.startsWith('[');
