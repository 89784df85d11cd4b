export { approve, authorizeUrl, exchange, register, token } from '@vestibule/testing/oauth';
export { CHALLENGE, VERIFIER } from '@vestibule/testing/pkce';
