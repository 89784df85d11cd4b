/** OAuth 2.0 Dynamic Client Registration Management, as far as it concerns the server. */
export const rfc7592 = {
  'rfc7592:2:bearer': 'The registration access token is accepted in the Authorization header only.',
  'rfc7592:2:methods': 'A method besides GET, PUT and DELETE is answered 405 with those.',

  'rfc7592:2.1:read': 'GET is answered 200 with the registration as it is now, in JSON.',
  'rfc7592:2.1:no-cache': 'No cache may keep the answer.',
  'rfc7592:2.1:same-id': 'The client_id, and when it was issued, are those of the registration.',
  'rfc7592:2.1:no-effect': 'A read changes nothing, and the token stays valid.',
  'rfc7592:2.1:wrong-token': 'A read without the right token is answered 401 with a Bearer challenge.',
  'rfc7592:2.1:no-client': 'A read of an unknown client results in 401.',

  'rfc7592:2.2:update': 'PUT is answered 200 with the registration as it is from then on.',
  'rfc7592:2.2:media-type': 'An update that is not JSON is answered 415, and changes nothing.',
  'rfc7592:2.2:replaces':
    'An update takes the place of the whole registration: what it leaves out is gone, or its default again.',
  'rfc7592:2.2:null-is-absent': 'null and the empty string in an update leave the member out.',
  'rfc7592:2.2:client-id': 'An update that does not name its own client_id is refused.',
  'rfc7592:2.2:same-id': 'No update changes the client_id, or when it was issued.',
  'rfc7592:2.2:server-members': 'Members that are the server’s to set cannot be set by an update.',
  'rfc7592:2.2:no-secret': 'An update with a client_secret is refused, because the client has none.',
  'rfc7592:2.2:replaced':
    'Where the policy changed a member of an update, the answer has it as it was registered.',
  'rfc7592:2.2:refused':
    'An update that the policy refuses is answered as such a registration is, and the one before stands.',
  'rfc7592:2.2:blocked':
    'A client that an operator has blocked may read, and is answered 403 where it would change.',
  'rfc7592:2.2:wrong-token': 'An update without the right token is answered 401, and changes nothing.',
  'rfc7592:2.2:no-client': 'An update of an unknown client results in 401, and creates none.',

  'rfc7592:2.3:delete': 'DELETE is answered 204, with nothing.',
  'rfc7592:2.3:id-void': 'A deleted client is unknown at authorization and at the token endpoint.',
  'rfc7592:2.3:grants-end': 'Codes and refresh tokens of a deleted client are worth nothing.',
  'rfc7592:2.3:no-cache': 'No cache may keep the answer.',
  'rfc7592:2.3:blocked':
    'A client that an operator has blocked is answered 403 where it would delete itself.',
  'rfc7592:2.3:wrong-token': 'A deletion without the right token is answered 401, and deletes nothing.',
  'rfc7592:2.3:no-client': 'A second deletion is answered 401.',

  'rfc7592:3:address':
    'A registration is answered with its registration_client_uri, whole: the issuer, /connect/register/ and the client_id.',
  'rfc7592:3:token': 'A registration is answered with a registration_access_token that works.',
  'rfc7592:3:address-and-token-again':
    'Reads and updates are answered with both, and the token is the one that works from then on.',
  'rfc7592:3:everything': 'Reads and updates are answered with all that is registered, defaults included.',

  'rfc7592:5:lasts': 'A registration access token works for as long as its client is registered.',
  'rfc7592:5:rotation': 'With an update the token is a new one, and the old one is worth nothing.',
  'rfc7592:5:entropy':
    'Two registration access tokens are never the same, and none is shorter than 128 bits.',
  'rfc7592:5:ends-with-the-client': 'However a client goes, its registration access token goes with it.',

  'rfc7592:A:one-client': 'A registration access token manages its own client and no other.',
} as const;
