import { hmac } from './digest.ts';

/**
 * The token of a form: follows from the browser's secret and from what the form is for, so it fits no other
 * browser, interaction, page or person.
 */
export const csrfToken = (browserSecret: string, purpose: string): Promise<string> =>
  hmac(browserSecret, `csrf:${purpose}`);
