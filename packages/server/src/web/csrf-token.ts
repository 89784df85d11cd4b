import { hmac } from './digest.ts';

/**
 * The token of a form. It is derived from the browser's secret and the purpose of the form, so it fits no other browser,
 * interaction, page or person.
 */
export const csrfToken = (browserSecret: string, purpose: string): string =>
  hmac(browserSecret, `csrf:${purpose}`);
