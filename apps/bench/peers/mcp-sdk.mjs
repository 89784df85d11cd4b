// The authorization router of the MCP SDK with the SDK's own demo provider. That one has no refresh tokens and does not check
// that a code exists before its challenge is read, so both are added here. Its rate limits are off.
import { DemoInMemoryAuthProvider } from '@modelcontextprotocol/sdk/examples/server/demoInMemoryOAuthProvider.js';
import { InvalidGrantError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { mcpAuthRouter } from '@modelcontextprotocol/sdk/server/auth/router.js';
import express from 'express';
import { randomUUID } from 'node:crypto';

const { PORT, RESOURCE, SCOPE } = process.env;
const TOKEN_LIFETIME = 3_600;

class ProviderWithRefreshTokens extends DemoInMemoryAuthProvider {
  #granted = new Map();

  async challengeForAuthorizationCode(client, code) {
    if (!this.codes.has(code)) throw new InvalidGrantError('The code is unknown.');
    return super.challengeForAuthorizationCode(client, code);
  }

  async exchangeAuthorizationCode(client, code, ...others) {
    const { params } = this.codes.get(code) ?? {};
    if (params === undefined) throw new InvalidGrantError('The code is unknown.');
    const tokens = await super.exchangeAuthorizationCode(client, code, ...others);
    const granted = { clientId: client.client_id, scopes: params.scopes ?? [], resource: params.resource };
    return { ...tokens, refresh_token: this.#issue(granted) };
  }

  async exchangeRefreshToken(client, refreshToken) {
    const granted = this.#granted.get(refreshToken);
    if (granted?.clientId !== client.client_id) throw new InvalidGrantError('The refresh token is unknown.');
    this.#granted.delete(refreshToken);
    const token = randomUUID();
    const expiresAt = Date.now() + TOKEN_LIFETIME * 1_000;
    this.tokens.set(token, { ...granted, token, expiresAt, type: 'access' });
    return {
      access_token: token,
      token_type: 'bearer',
      expires_in: TOKEN_LIFETIME,
      scope: granted.scopes.join(' '),
      refresh_token: this.#issue(granted),
    };
  }

  #issue(granted) {
    const token = randomUUID();
    this.#granted.set(token, granted);
    return token;
  }
}

const unlimited = { rateLimit: false };
const app = express();
app.use(
  mcpAuthRouter({
    provider: new ProviderWithRefreshTokens((resource) => resource?.href === RESOURCE),
    issuerUrl: new URL(`http://127.0.0.1:${PORT}`),
    scopesSupported: [SCOPE],
    authorizationOptions: unlimited,
    tokenOptions: unlimited,
    clientRegistrationOptions: unlimited,
    revocationOptions: unlimited,
  }),
);
app.listen(Number(PORT), '127.0.0.1');
