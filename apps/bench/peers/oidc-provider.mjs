// oidc-provider with dynamic registration, resource indicators, JWT access tokens and rotating refresh tokens.
// STORE=memory, or a SQLite database with SYNCHRONOUS=NORMAL or FULL. The pages are the simplest that a person could use.
import { Provider } from 'oidc-provider';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';

const { PORT, FOLDER, RESOURCE, SCOPE, STORE, SYNCHRONOUS, PERSON, PASSWORD } = process.env;

const { createAdapter } =
  STORE === 'memory' ? await import('./oidc-memory-adapter.mjs') : await import('./oidc-sqlite-adapter.mjs');
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const HOUR = 3_600;
const FORTNIGHT = 14 * 24 * HOUR;

const provider = new Provider(`http://127.0.0.1:${PORT}`, {
  adapter: createAdapter({ folder: FOLDER, synchronous: SYNCHRONOUS }),
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'measured' }] },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  scopes: ['openid', 'offline_access', SCOPE],
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
  expiresWithSession: () => false,
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  ttl: {
    AccessToken: HOUR,
    AuthorizationCode: 60,
    Grant: FORTNIGHT,
    IdToken: HOUR,
    Interaction: 600,
    RefreshToken: FORTNIGHT,
    Session: FORTNIGHT,
  },
  features: {
    devInteractions: { enabled: false },
    registration: { enabled: true, initialAccessToken: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => RESOURCE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: SCOPE,
        audience: RESOURCE,
        accessTokenTTL: HOUR,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
});
provider.on('server_error', (_context, error) => console.error(error));

const handle = provider.callback();
createServer(async (request, response) => {
  if (!request.url.startsWith('/interaction/')) {
    handle(request, response);
    return;
  }
  try {
    await interact(request, response);
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
}).listen(Number(PORT), '127.0.0.1');

async function interact(request, response) {
  const details = await provider.interactionDetails(request, response);
  const isSignIn = details.prompt.name === 'login';
  if (request.method === 'GET') {
    sendPage(response, request.url, isSignIn ? SIGN_IN : consentPage(details.params));
    return;
  }
  const form = await readForm(request);
  if (isSignIn) {
    const isRight = form.get('username') === PERSON && form.get('password') === PASSWORD;
    if (!isRight) sendPage(response, request.url, SIGN_IN);
    else await provider.interactionFinished(request, response, { login: { accountId: PERSON } });
    return;
  }
  const result =
    form.get('decision') === 'allow'
      ? { consent: { grantId: await saveGrant(details) } }
      : { error: 'access_denied', error_description: 'The person refused.' };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
}

async function saveGrant({ grantId, session, params }) {
  const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const grant = known ?? new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope ?? SCOPE);
  grant.addResourceScope(RESOURCE, params.scope ?? SCOPE);
  return grant.save();
}

const SIGN_IN = `<h1>Sign in</h1>
<input type="text" name="username"> <input type="password" name="password"> <button>Sign in</button>`;

const consentPage = ({ client_id: id }) => `<h1>Approve ${id}?</h1>
<button name="decision" value="deny">Deny</button> <button name="decision" value="allow">Allow</button>`;

function sendPage(response, action, content) {
  const page = `<!doctype html><title>Measured</title><form method="post" action="${action}">${content}</form>`;
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(page),
  });
  response.end(page);
}

async function readForm(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return new URLSearchParams(Buffer.concat(parts).toString());
}
