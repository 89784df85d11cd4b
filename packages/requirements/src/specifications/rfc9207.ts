/** OAuth 2.0 Authorization Server Issuer Identification. */
export const rfc9207 = {
  'rfc9207:2:code': 'The answer with a code has iss.',
  'rfc9207:2:error': 'An error that goes back to the client has iss.',
  'rfc9207:2:denied': 'A denial has iss.',
  'rfc9207:2:by-hand': 'An error that a person takes along by hand has iss.',
  'rfc9207:2:form-post': 'An answer that is posted has iss, too.',
  'rfc9207:2:encoded': 'iss is encoded as any other parameter of the answer.',
  'rfc9207:2.3:same': 'iss is the issuer of the metadata, to the byte.',
  'rfc9207:3:advertised': 'The metadata says that iss is on every answer.',
} as const;
