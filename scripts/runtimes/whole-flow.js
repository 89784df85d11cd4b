// A program for any runtime, made of the packages that need no files and no sockets: an agent registers, another has a metadata
// document, a person signs in and approves, and an API accepts the tokens that they get.
import { createMetadataDocuments } from '@vestibule/cimd';
import { realmSettings } from '@vestibule/core/realm';
import { createRegistrar } from '@vestibule/core/registration';
import { randomToken, sha256 } from '@vestibule/http';
import { createRegistrationEndpoint } from '@vestibule/http/registration';
import { createMemoryRateLimiter } from '@vestibule/rate-limit';
import { createResourceServer } from '@vestibule/resource-server';
import { createAuthorizationServer, passwords, plainKeys, createClientSealer } from '@vestibule/server';
import { createMemoryStores } from '@vestibule/server/memory';

const issuer = 'https://id.example';
const resource = 'https://notes.example/mcp';
const callback = 'http://127.0.0.1/callback';
const documentId = 'https://agent.example/client.json';
// RFC 7636, appendix B
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

const open = { openToDynamicClients: true };
const stores = createMemoryStores({
  id: 'main',
  name: 'Main',
  issuer,
  settings: realmSettings({
    registration: { open: true },
    metadataDocuments: { open: true },
    consent: { minimumReadingTime: 0 },
  }),
  apis: [{ id: 'notes', name: 'Notes', resource, scopes: ['read'], ...open }],
  scopes: [{ name: 'read', description: 'Read notes', ...open }],
});
const { realms, clients, commit, audit, keys } = stores;
const shared = { realms, audit, clock: Date.now };
const registration = { ...shared, clients, commit, hash: sha256, generateToken: randomToken };
const onError = (error) => console.log(String(error));
const page = (view) => ({ html: JSON.stringify(view), headers: { 'content-type': 'application/json' } });
const pages = [
  'signIn',
  'consent',
  'handBack',
  'onward',
  'connectedApps',
  'signOut',
  'rules',
  'notAllowed',
  'problem',
];
const document = {
  client_id: documentId,
  client_name: 'Agent with a document',
  redirect_uris: [callback],
  token_endpoint_auth_method: 'none',
};
const freshness = { freshFor: 3600, noStore: false, noCache: false, mustRevalidate: false };
const sealer = createClientSealer({ keys, commit, cipher: plainKeys, audit, clock: Date.now });
const server = createAuthorizationServer({
  ...shared,
  generateToken: randomToken,
  realm: 'main',
  issuer,
  stores,
  sealer,
  limiter: createMemoryRateLimiter(),
  pages: Object.fromEntries(pages.map((name) => [name, page])),
  signIn: passwords({
    authenticate: async () => ({ person: { subject: 'ada', name: 'Ada' }, methods: ['pwd'] }),
  }),
  metadataDocuments: createMetadataDocuments({
    ...shared,
    clients,
    commit,
    hash: sha256,
    onError,
    fetch: { fetch: async () => ({ ok: true, status: 'fetched', body: document, bytes: 200, freshness }) },
  }),
  registration: createRegistrationEndpoint({
    registrar: createRegistrar({ ...registration, sealer, initialAccessTokens: stores.initialAccessTokens }),
    realm: 'main',
    onError,
  }),
  onError,
});
const notes = createResourceServer({ issuer, resource, fetch: (url) => send(new Request(url)) });

async function send(request) {
  const { pathname } = new URL(request.url);
  const route = server.routes.find(({ path, below }) =>
    below ? pathname.startsWith(`${path}/`) : path === pathname,
  );
  return (await route?.endpoint(request, { ip: '192.0.2.1' })) ?? new Response(null, { status: 404 });
}

/** Follows redirects with the cookies of one browser, up to a page. */
async function browse(jar, path, fields) {
  const body = fields && new URLSearchParams(fields);
  const headers = { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') };
  const response = await send(
    new Request(new URL(path, issuer), { method: fields ? 'POST' : 'GET', body, headers }),
  );
  for (const cookie of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
    jar.set(name, value);
  }
  const location = response.headers.get('location');
  return location === null ? response.json() : browse(jar, location);
}

async function connect(client_id) {
  const jar = new Map();
  const bound = { client_id, redirect_uri: callback, resource };
  const request = {
    ...bound,
    response_type: 'code',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  };
  const signIn = await browse(jar, `/connect/authorize?${new URLSearchParams({ ...request, state: 'st' })}`);
  const form = ({ interaction, csrf }) => ({ transaction: interaction, csrf });
  const consent = await browse(jar, signIn.action, { ...form(signIn), username: 'ada', password: 'x' });
  const lasting = String(consent.durations[0]);
  const decision = { ...form(consent), decision: 'approve', scope: 'read', lasting };
  const { location } = await browse(jar, consent.action, decision);
  const code = new URL(location).searchParams.get('code');
  const body = new URLSearchParams({
    ...bound,
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
  });
  const token = await send(new Request(`${issuer}/connect/token`, { method: 'POST', body }));
  const { access_token } = await token.json();
  const headers = { authorization: `Bearer ${access_token}` };
  const admission = await notes.admit(new Request(resource, { headers }), ['read']);
  return admission.ok ? `${admission.token.subject} may ${admission.token.scopes.join(' ')}` : 'refused';
}

const registered = await send(
  new Request(`${issuer}/connect/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_name: 'Agent', redirect_uris: [callback] }),
  }),
);
const { client_id } = await registered.json();
console.log(await connect(client_id));
console.log(await connect(documentId));
// → ada may read
// → ada may read
