import type { Answers } from './answers.ts';

/** The README of a project: what it is, how to run it, and what comes next. */
export function readmeOf(answers: Answers, name: string): string {
  const { kind } = answers;
  const sections = [
    `# ${name}`,
    kind === 'server' ? aboutServer(answers) : aboutRegistration(answers),
    database(answers),
    `\`\`\`sh
npm install
npm test
npm start
\`\`\``,
    kind === 'server' ? usingServer(answers) : usingRegistration,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

const aboutServer = ({ apiName, apiUrl }: Answers): string =>
  `An OAuth 2.1 authorization server for ${apiName}, at ${apiUrl ?? '`/mcp` of this server'}, with [Vestibule](https://www.npmjs.com/package/@vestibule/node).
AI agents register themselves, people sign in and consent, and an agent gets a token for this one API.`;

const aboutRegistration = ({ apiName, apiUrl = '' }: Answers): string =>
  `Dynamic client registration (RFC 7591) for ${apiName}, at ${apiUrl}, in front of an authorization server.`;

const database = ({ database: kind }: Answers): string =>
  kind === 'sqlite'
    ? ''
    : 'It needs PostgreSQL: create a database, and set `DATABASE_URL` in `.env`. The tests use SQLite in memory unless\n`TEST_DATABASE_URL` is set.';

const usingServer = ({ apiUrl }: Answers): string => `Then ${
  apiUrl === undefined
    ? 'paste `http://localhost:4000/mcp` into an agent'
    : 'let an agent connect to your API'
}, and sign in as \`ada\` with the password in \`.env\`.

${apiUrl === undefined ? '- `src/api.ts` is a sample. Replace it with your own API.' : protectingApi(apiUrl)}
- \`src/realm.ts\` describes the realm as it is created at the first start. Afterwards the database decides, and
  \`npx @vestibule/cli\` changes it: it works on \`DATABASE_URL\`, by default \`sqlite:./vestibule.db\`.
- \`test/attach.test.ts\` attaches an agent and reads the consent page.
- \`npx @vestibule/doctor ${apiUrl ?? 'http://localhost:4000/mcp'}\` says what agents find.
- In production: an \`ISSUER\` with https, a proxy that terminates TLS, and a backup of the database.`;

const protectingApi = (
  apiUrl: string,
): string => `- Protect your API with [\`@vestibule/resource-server\`](https://www.npmjs.com/package/@vestibule/resource-server):
  \`createResourceServer({ issuer: 'http://localhost:4000', resource: '${apiUrl}' })\`.`;

const usingRegistration = `- Let a proxy send \`/connect/register\` of your authorization server to this program, and nothing else of it. Set \`TRUST_PROXY=1\`
  behind one proxy, so that limits count the addresses of clients.
- Add \`registration_endpoint\` to the metadata of your authorization server.
- Your authorization server asks \`GET /lookup?client_id=…&resource=…&scope=…\` with the bearer token \`LOOKUP_TOKEN\` before a code, at
  its exchange and at each refresh. It has to require PKCE, to bind tokens to \`resource\`, and to ask for consent each time.
- \`src/realm.ts\` says who may register, and what for.`;
