/**
 * Pages of `apps/docs` whose blocks are parts of programs, or several ways to the same, which are not followed from top to bottom. Tests of
 * their own run what they describe.
 */
export const PAGES_OF_PARTS: readonly string[] = [
  'adapters.md',
  'oidc-provider.md',
  'upstream/provider-tokens.md',
];
