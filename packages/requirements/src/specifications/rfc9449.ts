/** OAuth 2.0 Demonstrating Proof of Possession (DPoP). */
export const rfc9449 = {
  'rfc9449:4.2:typ': 'A proof of another type than dpop+jwt is refused.',
  'rfc9449:4.2:alg': 'A proof without a signature, or by a shared secret, is refused.',
  'rfc9449:4.2:jwk': 'A proof without a public key, or with a private one, is refused.',
  'rfc9449:4.2:claims': 'A proof that lacks jti, htm, htu or iat is refused.',
  'rfc9449:4.3:one': 'Two proofs in one request are refused.',
  'rfc9449:4.3:form': 'What is no JWT is refused as a proof.',
  'rfc9449:4.3:signature': 'A proof that its own key did not sign is refused.',
  'rfc9449:4.3:htm': 'A proof for another method is refused.',
  'rfc9449:4.3:htu': 'A proof for another address is refused, query and fragment left aside.',
  'rfc9449:4.3:iat': 'A proof that is too old, or from the future, is refused.',
  'rfc9449:4.3:nonce': 'A proof with a nonce that the server did not give, or no longer takes, is refused.',
  'rfc9449:4.3:ath': 'A proof that is for another access token, or for none, is refused by the API.',
  'rfc9449:4.3:key': 'A proof by another key than the token’s is refused by the API.',

  'rfc9449:5:token-type': 'A token for a proof has the type DPoP.',
  'rfc9449:5:invalid-proof': 'An invalid proof results in 400 invalid_dpop_proof.',
  'rfc9449:5:refresh': 'The refresh token of a public client works with a proof of its key alone.',
  'rfc9449:5:off': 'Where the API has no use for proofs, the token is a bearer token.',
  'rfc9449:5:required': 'If the API requires it, no token is issued without a proof.',
  'rfc9449:5.1:advertised': 'The metadata says by which algorithms a proof may be.',

  'rfc9449:6.1:cnf': 'An access token for a proof has the thumbprint of the key.',
  'rfc9449:6.1:unknown': 'A token that is bound to something unknown is refused.',
  'rfc9449:6.2:introspection': 'Introspection tells the thumbprint and the type.',

  'rfc9449:7.1:scheme': 'An API takes a bound token by the scheme DPoP, with a proof.',
  'rfc9449:7.1:unbound': 'A token that is bound to no key is refused by the scheme DPoP.',
  'rfc9449:7.1:required': 'An API that requires proofs refuses bearer tokens.',
  'rfc9449:7.1:challenge': 'An API that takes proofs says so in its challenge, with the algorithms.',
  'rfc9449:7.1:invalid-proof': 'An API responds to an invalid proof with 401 invalid_dpop_proof.',
  'rfc9449:7.2:no-downgrade': 'A bound token that comes as a bearer token is refused.',

  'rfc9449:8:nonce': 'Where a nonce is wanted, the answer is 400 use_dpop_nonce, with one.',
  'rfc9449:8.2:next': 'An answer may bring the next nonce.',
  'rfc9449:9:nonce': 'Where an API wants a nonce, the answer is 401 use_dpop_nonce, with one.',

  'rfc9449:10:jkt': 'A code that was asked for with dpop_jkt is exchanged with a proof of that key alone.',
  'rfc9449:10.1:pushed': 'A proof that comes with a pushed request binds the code to its key.',
  'rfc9449:10.1:agree': 'A pushed request whose proof and dpop_jkt disagree is refused.',
  'rfc9449:11.1:replay': 'A proof is accepted once.',
} as const;
