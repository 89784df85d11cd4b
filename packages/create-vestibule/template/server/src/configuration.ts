/** Reads the environment variables of this program. `.env` has them during development. */
export function readConfiguration(env: NodeJS.ProcessEnv) {
  const { ISSUER, DATABASE_URL, PORT = '4000', FIRST_PASSWORD } = env;
  if (!ISSUER || !DATABASE_URL || !FIRST_PASSWORD) {
    throw new Error('Set ISSUER, DATABASE_URL and FIRST_PASSWORD, for example in .env: see .env.example.');
  }
  return { issuer: ISSUER, database: DATABASE_URL, port: Number(PORT), password: FIRST_PASSWORD };
}
