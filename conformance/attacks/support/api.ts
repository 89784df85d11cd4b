import { createOperator } from '@vestibule/core/operator';
import { randomToken, sha256 } from '@vestibule/http';
import { ACTOR } from '@vestibule/testing/operator';
import type { TestApp } from '../../support/app.ts';

/** Creates a secret for an API, as an operator does. */
export async function apiSecret({ stores, realm }: TestApp, api: string): Promise<string> {
  const options = { ...stores, clock: Date.now, generateToken: randomToken, hash: sha256 };
  const issued = await createOperator(options).apis.issueSecret(ACTOR, realm.id, api);
  if (issued.outcome !== 'issued') throw new Error(issued.outcome);
  return issued.secret;
}

/** The introspection response for a token. */
export async function introspect(
  { issuer }: Pick<TestApp, 'issuer'>,
  [id, secret]: readonly [id: string, secret: string],
  token: string,
) {
  const response = await fetch(`${issuer}/connect/introspect`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)}` },
    body: new URLSearchParams({ token }),
  });
  return { status: response.status, body: await response.json() };
}
