import { createOperator } from '@vestibule/core/operator';
import { randomToken, sha256 } from '@vestibule/http';
import { createVestibule } from '@vestibule/node';

/** The person who can sign in. */
export const ADA = { username: 'ada', name: 'Ada Lovelace', password: 'a horse of her own' };

/** The API that an issuer issues tokens for. */
export interface ProtectedApi {
  readonly name: string;
  /** Its URL, which is the audience of its tokens. */
  readonly resource: string;
  /** What each scope lets an app do, in words for people. */
  readonly scopes: Readonly<Record<string, string>>;
}

/** An authorization server that runs. */
export interface Issuer {
  readonly issuer: string;
  /** With these the API reads at the issuer which tokens were revoked. */
  readonly credentials: { readonly id: string; readonly secret: string };
  stop(): Promise<void>;
}

/** Starts an authorization server for one API on a port of this computer. Any agent can register, and Ada can sign in. */
export async function startIssuer(port: number, { name, resource, scopes }: ProtectedApi): Promise<Issuer> {
  const issuer = `http://127.0.0.1:${port}`;
  const names = Object.keys(scopes);
  const settings = { registration: { open: true } };
  const openToDynamicClients = true;
  const { stores, listen, stop } = await createVestibule({
    database: 'sqlite::memory:',
    realms: [
      {
        realm: { id: 'main', name: 'Acme', issuer, settings },
        scopes: names.map((scope) => ({
          name: scope,
          description: scopes[scope] ?? '',
          openToDynamicClients,
        })),
        apis: [{ id: 'api', name, resource, scopes: names, openToDynamicClients }],
        people: [ADA],
      },
    ],
  });
  await listen({ port });
  const operator = createOperator({ ...stores, clock: Date.now, generateToken: randomToken, hash: sha256 });
  const issued = await operator.apis.issueSecret({ kind: 'configuration', id: 'the example' }, 'main', 'api');
  if (issued.outcome === 'missing') throw new Error('The realm has no such API.');
  return { issuer, credentials: { id: 'api', secret: issued.secret }, stop };
}
