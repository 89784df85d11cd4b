import { sameResource } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';

/**
 * Further paths of the token endpoint for clients that have lost the metadata and use the defaults of MCP 2025-03-26, at the origin
 * of the API. The path names no realm, so it exists only if exactly one realm has an API at the origin, and no API has that path.
 *
 * @param atOrigin all realms at the same origin, including this one
 */
export function tokenAliases({ id, issuer }: Realm, atOrigin: readonly Realm[]): readonly string[] {
  const { origin } = new URL(issuer);
  const isHere = ({ resource }: Realm['apis'][number]): boolean => URL.parse(resource)?.origin === origin;
  const withApis = atOrigin.filter(({ apis }) => apis.some(isHere));
  const isTaken = withApis.some(({ apis }) =>
    apis.some(({ resource }) => sameResource(resource, `${origin}/token`)),
  );
  return withApis.length === 1 && withApis[0]?.id === id && !isTaken ? ['/token'] : [];
}
