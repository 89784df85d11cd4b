import type { Claims } from './person.ts';

/** Claims of which each must have one of these values, or a list with one of them: `{ groups: ['staff'] }`. */
export type RequiredClaims = Readonly<Record<string, readonly string[]>>;

/**
 * Who may sign in, by the claims of the provider.
 *
 * @returns the first claim that has none of its required values; `undefined` if the person may sign in
 */
export const missingClaim = (claims: Claims, required: RequiredClaims): string | undefined =>
  Object.entries(required).find(
    ([name, accepted]) => !valuesOf(claims, name).some((value) => accepted.includes(value)),
  )?.[0];

/** Only texts and true count: `true` is `"true"`. */
function valuesOf(claims: Claims, name: string): readonly string[] {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  return [value].flat().flatMap((one) => (typeof one === 'string' ? [one] : one === true ? ['true'] : []));
}
