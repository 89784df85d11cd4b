import { commitRecorded } from '@vestibule/core/audit';
import { sha256 } from '@vestibule/http';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { BridgeContext } from '../bridge-context.ts';
import { isSelfRegistered } from '../client/client-kind.ts';
import { addressOf } from '../client/request-source.ts';

/**
 * Records that a self-registered client got a token, which also counts as a use: clients that are not used expire. The id of an opaque
 * token of oidc-provider is the token itself, so its hash is recorded.
 */
export async function recordToken(context: BridgeContext, ctx: KoaContextWithOIDC): Promise<void> {
  const { client, entities, params } = ctx.oidc;
  const { AccessToken: token } = entities;
  if (!isSelfRegistered(client) || token === undefined) return;
  const at = context.clock();
  const shared = { realm: context.realm, at, ip: addressOf(ctx), clientId: client.clientId };
  await commitRecorded(
    context,
    [{ kind: 'client.use', realm: context.realm, id: client.clientId, at }],
    [
      {
        type: 'token.issued',
        ...shared,
        grantType: params?.['grant_type'] === 'refresh_token' ? 'refresh_token' : 'authorization_code',
        grantId: token.grantId ?? '',
        subject: token.accountId ?? '',
        resource: String(token.aud),
        scopes: token.scope?.split(' ') ?? [],
        tokenId: sha256(token.jti),
      },
    ],
  );
}
