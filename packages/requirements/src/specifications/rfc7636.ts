/** Proof Key for Code Exchange, which every code requires. */
export const rfc7636 = {
  'rfc7636:4.1:form': 'A verifier of fewer than 43 or more than 128 characters, or of others, fits no code.',
  'rfc7636:4.2:s256': 'A verifier fits where its SHA-256, in base64url, is the challenge.',
  'rfc7636:4.2:form': 'A challenge that is no SHA-256 in base64url is refused.',
  'rfc7636:4.3:plain-by-default': 'A request that names no method asks for plain, and is refused.',
  'rfc7636:4.4:opaque': 'A code tells nothing of its challenge.',
  'rfc7636:4.4.1:challenge-missing': 'A request without a challenge is refused with invalid_request.',
  'rfc7636:4.4.1:method': 'The method plain, or an unknown one, is refused with invalid_request.',
  'rfc7636:4.5:missing': 'An exchange without a verifier is refused, and costs no code.',
  'rfc7636:4.6:compared': 'A verifier that does not fit is refused with invalid_grant.',
  'rfc7636:4.6:one-try': 'A wrong verifier uses the code up.',
  'rfc7636:7.2:no-downgrade':
    'No request, whatever it leaves out, gets a code that works without a verifier.',
} as const;
