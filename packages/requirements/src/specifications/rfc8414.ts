/** OAuth 2.0 Authorization Server Metadata. */
export const rfc8414 = {
  'rfc8414:2:issuer': 'The document names the realm’s issuer, to the byte.',
  'rfc8414:2:issuer-form': 'An issuer with a query or a fragment is refused.',
  'rfc8414:2:endpoints':
    'The document names the authorization and token endpoints and the keys, below the issuer.',
  'rfc8414:2:registration': 'The document names the registration endpoint while clients may register.',
  'rfc8414:2:scopes': 'The document lists the scopes that a dynamic client can obtain.',
  'rfc8414:2:response-types': 'The response types of the document are those that are answered.',
  'rfc8414:2:response-modes': 'The response modes of the document are those that are answered.',
  'rfc8414:2:grant-types': 'The grant types of the document are those that are answered.',
  'rfc8414:2:auth-methods': 'The document says how clients authenticate at the token endpoint.',
  'rfc8414:2:auth-algorithms': 'The document says by which algorithms a client’s JWT may be signed.',
  'rfc8414:2:revocation': 'The document names the revocation endpoint, and how clients authenticate there.',
  'rfc8414:2:introspection':
    'The document names the introspection endpoint, and how APIs authenticate there.',
  'rfc8414:2:code-challenge-methods': 'The document names S256 as the one method of a code challenge.',
  'rfc8414:2:one-value': 'What the document says and what the endpoints do comes from one value.',

  'rfc8414:3:host': 'The document of an issuer without a path is at the well-known place of its host.',
  'rfc8414:3:path':
    'The document of an issuer with a path is where the well-known part stands before the path.',
  'rfc8414:3.1:get': 'The document is read by GET, and any other method is answered 405.',
  'rfc8414:3.2:json': 'The document comes as JSON, with status 200.',
  'rfc8414:3.2:no-empty-lists': 'A member that would be an empty list is left out.',
  'rfc8414:3.3:same-issuer':
    'The issuer of the document is the one that its address was made from, whatever Host a request names.',
  'rfc8414:5:openid-configuration':
    'The same document is at openid-configuration, before the issuer’s path and after it.',
} as const;
