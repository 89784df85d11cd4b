import type { ReportedProfile } from '@vestibule/server';

/** Claims of an ID token and of userinfo. */
export type Claims = Readonly<Record<string, unknown>>;

/** What pages display of a name. */
const MAX_NAME_LENGTH = 128;

/** @see {@link https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.3 RFC 5321 §4.5.3.1.3} */
const MAX_EMAIL_LENGTH = 254;

const EMAIL = /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u;

/** The claims that can be a name, the best first. */
const NAME_CLAIMS = ['name', 'preferred_username', 'nickname', 'email'];

/**
 * The name of a person for pages, without characters that change how the text around it is displayed. A person without a name is
 * called by the `sub`.
 *
 * @param nameClaim the claim to prefer
 */
export function nameOf(claims: Claims, sub: string, nameClaim?: string): string {
  const candidates = [nameClaim, ...NAME_CLAIMS].flatMap((claim) =>
    claim === undefined ? [] : [claims[claim]],
  );
  const { given_name: given, family_name: family } = claims;
  const both = [given, family].filter((one) => typeof one === 'string').join(' ');
  for (const candidate of [...candidates, both, sub]) {
    const name = typeof candidate === 'string' ? displayable(candidate) : '';
    if (name !== '') return name;
  }
  return 'Unknown';
}

const displayable = (text: string): string => {
  const clean = text.normalize('NFC').replaceAll(/\p{C}/gu, '').replaceAll(/\s+/g, ' ').trim();
  return clean
    .slice(0, MAX_NAME_LENGTH)
    .toWellFormed()
    .replace(/\u{FFFD}$/u, '');
};

/** The email address, if there is an acceptable one. Cognito writes `email_verified` as a text. */
export function profileOf({ email, email_verified: verified }: Claims): ReportedProfile {
  if (typeof email !== 'string' || email.length > MAX_EMAIL_LENGTH || !EMAIL.test(email)) return {};
  return { email, emailVerified: verified === true || verified === 'true' };
}

/** The most methods that are taken over. */
const MAX_METHODS = 16;

/**
 * How the person authenticated there, as far as the provider says so.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8176#section-2 RFC 8176 §2}
 */
export const methodsOf = ({ amr }: Claims): readonly string[] =>
  Array.isArray(amr)
    ? amr.filter((one) => typeof one === 'string' && /^[\w.:/-]{1,64}$/.test(one)).slice(0, MAX_METHODS)
    : [];
