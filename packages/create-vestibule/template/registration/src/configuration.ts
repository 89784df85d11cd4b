/** Reads the environment variables of this program. `.env` has them during development. */
export function readConfiguration(env: NodeJS.ProcessEnv) {
  const { ISSUER, DATABASE_URL, PORT = '4000', LOOKUP_TOKEN, TRUST_PROXY } = env;
  if (!ISSUER || !DATABASE_URL || !LOOKUP_TOKEN) {
    throw new Error('Set ISSUER, DATABASE_URL and LOOKUP_TOKEN, for example in .env: see .env.example.');
  }
  const trustProxy = TRUST_PROXY === undefined ? false : Number(TRUST_PROXY);
  return {
    issuer: ISSUER,
    database: DATABASE_URL,
    port: Number(PORT),
    lookupToken: LOOKUP_TOKEN,
    trustProxy,
  };
}
