import type { Realm } from '@vestibule/core/realm';
import { CALLBACK, CHALLENGE, ISSUER, NOTES, setUp } from './set-up.ts';

/** A valid authorization request. */
export const REQUEST = {
  response_type: 'code',
  redirect_uri: CALLBACK,
  state: 'pushed',
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
  resource: NOTES,
  scope: 'read',
};

export type World = ReturnType<typeof setUp>;

/** Pushes a request; members that are `undefined` are left out. */
export async function push(
  { server }: World,
  fields: Readonly<Record<string, string | undefined>>,
  headers: Record<string, string> = {},
  ip = '192.0.2.1',
) {
  const given = Object.entries({ ...REQUEST, ...fields }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const request = new Request(`${ISSUER}/connect/par`, {
    method: 'POST',
    body: new URLSearchParams(given),
    headers,
  });
  const response = await server.pushedRequest(request, { ip });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** The URL to which a client sends people with a reference. */
export const withReference = (fields: Record<string, string>): URL =>
  new URL(`/connect/authorize?${new URLSearchParams(fields).toString()}`, ISSUER);

/** A client, and a request that it has pushed. */
export async function pushed(realm?: Realm) {
  const world = setUp(realm);
  const clientId = await world.register();
  const { body } = await push(world, { client_id: clientId });
  return {
    ...world,
    world,
    clientId,
    reference: { client_id: clientId, request_uri: String(body.request_uri) },
  };
}
