import { resourceMetadataUrl } from '@vestibule/client-fixtures';
import { PAGE } from '../checks/page-access.ts';
import { parameterOf } from '../checks/www-authenticate.ts';
import {
  firstFound,
  FOREIGN_HOST,
  type Found,
  isLoopback,
  type ResourceEvidence,
} from '../evidence/evidence.ts';
import { type Exchange, headerOf } from '../exchange/exchange.ts';
import type { Ask } from '../exchange/exchange-with.ts';
import { webUrl } from '../exchange/web-url.ts';
import { find } from './find-document.ts';
import { firstRequest } from './first-request.ts';

type Metadata = ResourceEvidence['metadata'];

/** Looks for the metadata of a resource where agents do: at the URL in the challenge, by path, and at the root. */
export async function findResourceMetadata(target: string, challenge: Exchange, ask: Ask): Promise<Metadata> {
  const named = parameterOf(headerOf(challenge, 'www-authenticate') ?? '', 'resource_metadata');
  const byPath = resourceMetadataUrl(target);
  const atRoot = new URL('/.well-known/oauth-protected-resource', target).href;
  const found: Found<'challenge' | 'path' | 'root'>[] = [];
  if (named !== undefined && webUrl(named) !== undefined) {
    found.push(await find('challenge', named, ask));
  }
  found.push(await find('path', byPath, ask));
  if (atRoot !== byPath && firstFound(found) === undefined) found.push(await find('root', atRoot, ask));
  return found;
}

/** Makes the exchanges with a protected resource. */
export async function walkResource(
  target: string,
  { challenge, metadata }: Pick<ResourceEvidence, 'challenge' | 'metadata'>,
  ask: Ask,
): Promise<ResourceEvidence> {
  // A server that does not respond is not waited for again.
  if (challenge.reply.kind === 'none') {
    return { challenge, metadata, invalidToken: challenge, page: challenge, preflight: challenge };
  }
  const found = firstFound(metadata);
  return {
    challenge,
    metadata,
    invalidToken: await ask(target, firstRequest({ authorization: 'Bearer invalid-token-of-the-doctor' })),
    page: await ask(target, firstRequest({ origin: PAGE })),
    preflight: await ask(target, {
      method: 'OPTIONS',
      headers: {
        origin: PAGE,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,mcp-protocol-version',
      },
    }),
    ...(found !== undefined && {
      metadataForPage: await ask(found.exchange.url, {
        headers: { accept: 'application/json', origin: PAGE },
      }),
    }),
    ...(isLoopback(new URL(target)) && {
      foreignHost: await ask(target, firstRequest({ host: FOREIGN_HOST })),
    }),
  };
}
