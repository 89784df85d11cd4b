/** OAuth 2.0 Protected Resource Metadata. */
export const rfc9728 = {
  'rfc9728:2:resource': 'The document names the API’s resource indicator.',
  'rfc9728:2:authorization-servers': 'The document names the issuer.',
  'rfc9728:2:scopes': 'The document names the scopes to ask for.',
  'rfc9728:2:bearer-methods': 'The document says that tokens are accepted in the header only.',
  'rfc9728:2:dpop':
    'The document says whether tokens have to be bound, and by which algorithms proofs may be.',
  'rfc9728:2:name': 'The document has the name that people call the API by.',
  'rfc9728:2:nothing-empty': 'A member that would be empty is left out of the document.',
  'rfc9728:3:well-known': 'The document is where the well-known part stands before the resource’s path.',
  'rfc9728:3.1:get': 'The document of an API is read by GET, and any other method is answered 405.',
  'rfc9728:3.2:json': 'The document of an API comes as JSON, with status 200.',
  'rfc9728:3.3:identical': 'The resource of the document is the one that its address was made from.',
  'rfc9728:5.1:resource-metadata': 'Every challenge names the address of the document.',
  'rfc9728:5.1:pages': 'Pages of any origin may read the challenge and the document.',
} as const;
