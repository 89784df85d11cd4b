import type { Answers, DatabaseKind, ProjectKind } from './answers.ts';

const URLS: Readonly<Record<DatabaseKind, string>> = {
  sqlite: 'sqlite:./vestibule.db',
  postgres: 'postgres://vestibule:vestibule@localhost:5432/vestibule',
};

/** The variable that holds a secret, and what it is. */
const SECRETS: Readonly<Record<ProjectKind, readonly [name: string, meaning: string]>> = {
  server: ['FIRST_PASSWORD', 'The password of the first person, ada. Used once, when the realm is created.'],
  registration: ['LOOKUP_TOKEN', 'The bearer token with which your authorization server looks clients up.'],
};

const ISSUERS: Readonly<Record<ProjectKind, string>> = {
  server: 'The public URL of this server. Permanent: clients and tokens are bound to it.',
  registration: 'The URL of your authorization server.',
};

/**
 * `.env` with a secret of this project, and `.env.example` without it.
 *
 * @param generateSecret returns a new random text
 */
export function environmentOf(
  { kind, database }: Answers,
  generateSecret: () => string,
): Readonly<Record<string, string>> {
  const [secret, meaning] = SECRETS[kind];
  const fileWith = (value: string): string =>
    [
      `# ${ISSUERS[kind]}`,
      'ISSUER=http://localhost:4000',
      'PORT=4000',
      `DATABASE_URL=${URLS[database]}`,
      `# ${meaning}`,
      `${secret}=${value}`,
      '',
    ].join('\n');
  return { '.env': fileWith(generateSecret()), '.env.example': fileWith('') };
}
