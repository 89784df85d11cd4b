import { sameResource } from '@vestibule/core';
import type { Api, Realm } from '@vestibule/core/realm';
import type { TokenProvider } from './token-provider.ts';

/**
 * Says what a realm has that cannot work with tokens of a provider, in sentences for the operator.
 *
 * @returns an empty list if all is well
 */
export const problemsWithProviderTokens = (
  { id, apis }: Pick<Realm, 'id' | 'apis'>,
  { apis: provided }: Pick<TokenProvider, 'apis'>,
): readonly string[] =>
  apis.flatMap((api) => {
    const ofProvider = provided.find(({ resource }) => sameResource(resource, api.resource));
    const named = `The API ${api.id} of the realm ${id} has tokens of the provider`;
    return ofProvider === undefined
      ? []
      : problemsOf(api, ofProvider.scopes).map((problem) => `${named}, ${problem}`);
  });

function problemsOf({ scopes, dpop = 'off', secretHashes = [] }: Api, known: readonly string[]): string[] {
  const unknown = scopes.filter((scope) => !known.includes(scope));
  return [
    ...(unknown.length > 0
      ? [`and the scopes ${unknown.join(', ')}, which have no scope of the provider: add them to scopes.`]
      : []),
    ...(dpop === 'off'
      ? []
      : [
          `which are bearer tokens, and dpop is ${dpop}: set it to off, because the provider issues the tokens.`,
        ]),
    ...(secretHashes.length === 0
      ? []
      : ['and a secret for introspection here, which does not know them: revoke its secrets.']),
  ];
}
