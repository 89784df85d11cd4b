export { accessTokenHash } from './access-token-hash.ts';
export { PROOF_ALGORITHMS } from './algorithms.ts';
export { type PresentedToken, presentedToken } from './authorization.ts';
export { type Challenge, challengeHeader, type AcceptedTokens } from './challenge.ts';
export { type JudgedProof, judgeProof, type ProofError, type ProofQuestion } from './judge-proof.ts';
export { acceptedNonces, currentNonce } from './nonce.ts';
export { toWireText } from './wire-text.ts';
