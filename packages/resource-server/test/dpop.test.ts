import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { createMemoryReplays, createTokenVerifier } from '../src/index.ts';
import { apiWith, newKey, NOW } from './issuer.ts';

const METADATA = 'resource_metadata="https://notes.example/.well-known/oauth-protected-resource/mcp"';
const ALGS = 'algs="ES256 ES384 Ed25519 EdDSA PS256 RS256"';

test(cite('a bound token is accepted with a proof of its key', 'rfc9449:7.1:scheme'), async () => {
  const { boundToken, admitBound, holder } = await apiWith({ dpop: 'offered' });
  expect(await admitBound(await boundToken())).toMatchObject({
    ok: true,
    token: { subject: 'ada', proofKey: holder.kid },
  });
});

test.each(['off', 'offered', 'required'] as const)(
  cite(
    'a bound token that comes as a bearer token is refused where they are %s, proof or not',
    'rfc9449:7.2:no-downgrade',
    'rfc9700:2.2.1:sender-constrained',
  ),
  async (dpop) => {
    const { boundToken, admit, proof } = await apiWith({ dpop });
    const token = await boundToken();
    for (const more of [{}, { dpop: await proof(token) }]) {
      const refused = await admit({ authorization: `Bearer ${token}`, ...more });
      expect(refused).toMatchObject({ status: 401, reason: expect.stringContaining('bound to a key') });
      expect(refused.challenge).toContain('error="invalid_token"');
    }
  },
);

test('a verifier of tokens alone refuses one that is bound', async () => {
  const { boundToken, accessToken, options } = await apiWith({ dpop: 'offered' });
  const verify = createTokenVerifier(options);
  expect(await verify(await accessToken())).toMatchObject({ ok: true });
  expect(await verify(await boundToken())).toMatchObject({ ok: false });
});

test.each([{}, { jkt: 1 }, { 'x5t#S256': 'x' }, 'x', null])(
  cite('a token that is bound to something unknown (%j) is refused', 'rfc9449:6.1:unknown'),
  async (cnf) => {
    const { accessToken, admit, admitBound } = await apiWith({ dpop: 'offered' });
    const token = await accessToken({ cnf });
    expect(await admit({ authorization: `Bearer ${token}` })).toMatchObject({ status: 401 });
    expect(await admitBound(token)).toMatchObject({ status: 401 });
  },
);

describe('a bearer token', () => {
  test(
    cite('is accepted if bound ones are offered, and not with their scheme', 'rfc9449:7.1:unbound'),
    async () => {
      const { accessToken, admit, admitBound } = await apiWith({ dpop: 'offered' });
      const token = await accessToken();
      expect(await admit({ authorization: `Bearer ${token}` })).toMatchObject({ ok: true });
      expect(await admitBound(token)).toMatchObject({
        status: 401,
        reason: expect.stringContaining('no key'),
      });
    },
  );

  test(cite('is refused where bound ones are required', 'rfc9449:7.1:required'), async () => {
    const { accessToken, admit } = await apiWith({ dpop: 'required' });
    const refused = await admit({ authorization: `Bearer ${await accessToken()}` });
    expect(refused.challenge).toMatch(/^DPoP error="invalid_token"/);
  });
});

describe('refuses a proof', () => {
  test.each<[string, Record<string, unknown>]>([
    [cite('for another token', 'rfc9449:4.3:ath'), { ath: 'x' }],
    ['for no token', { ath: undefined }],
    [cite('for another method', 'rfc9449:4.3:htm'), { htm: 'GET' }],
    [cite('for another path', 'rfc9449:4.3:htu'), { htu: 'https://notes.example/other' }],
    [cite('for another host', 'rfc9449:4.3:htu'), { htu: 'https://evil.example/mcp' }],
    ['without encryption on the way', { htu: 'http://notes.example/mcp' }],
    [cite('issued too long ago', 'rfc9449:4.3:iat'), { iat: NOW / 1_000 - 301 }],
    ['from the future', { iat: NOW / 1_000 + 61 }],
    ['without an id', { jti: undefined }],
  ])(cite('%s', 'rfc9449:7.1:invalid-proof'), async (_, claims) => {
    const { boundToken, admitBound } = await apiWith({ dpop: 'offered' });
    const refused = await admitBound(await boundToken(), claims);
    expect(refused.status).toBe(401);
    expect(refused.challenge).toMatch(/^DPoP error="invalid_dpop_proof"/);
    expect(refused.challenge).toContain(METADATA);
    expect(refused.challenge).toContain(ALGS);
    expect(refused.challenge).not.toContain('Bearer');
  });

  test(cite('signed by another key', 'rfc9449:4.3:key'), async () => {
    const { boundToken, admitBound } = await apiWith({ dpop: 'offered' });
    expect(await admitBound(await boundToken(), {}, await newKey())).toMatchObject({
      reason: 'it is a proof of another key',
    });
  });

  test('if it is malformed or missing', async () => {
    const { boundToken, admit } = await apiWith({ dpop: 'offered' });
    const authorization = `DPoP ${await boundToken()}`;
    expect(await admit({ authorization })).toMatchObject({ reason: 'there is no proof' });
    expect(await admit({ authorization, dpop: 'x' })).toMatchObject({ status: 401 });
  });

  test(cite('if it was used before, also among concurrent requests', 'rfc9449:11.1:replay'), async () => {
    const { boundToken, admit, proof } = await apiWith({ dpop: 'offered' });
    const token = await boundToken();
    const headers = { authorization: `DPoP ${token}`, dpop: await proof(token) };
    const admissions = await Promise.all(Array.from({ length: 10 }, () => admit(headers)));
    expect(admissions.filter(({ ok }) => ok)).toHaveLength(1);
    expect(admissions.filter(({ reason }) => reason === 'it was used before')).toHaveLength(9);
  });

  test('before it is read if the token is invalid, so that the memory is not filled', async () => {
    const noted: string[] = [];
    const proofReplays = {
      note: async (id: string) => {
        noted.push(id);
        return 'first' as const;
      },
    };
    const { boundToken, admitBound } = await apiWith({ dpop: 'offered', proofReplays });
    await admitBound(await boundToken({ exp: 1 }));
    expect(noted).toEqual([]);
    await admitBound(await boundToken());
    expect(noted).toHaveLength(1);
  });
});

test('the host of a request does not matter, and its path does', async () => {
  const { boundToken, admit, proof } = await apiWith({ dpop: 'offered' });
  const token = await boundToken();
  const ask = async (url: string, htu: string) =>
    admit({ authorization: `DPoP ${token}`, dpop: await proof(token, { htu }) }, [], url);
  expect((await ask('http://10.0.0.1:8080/mcp/x?y', 'https://notes.example/mcp/x')).ok).toBe(true);
  expect((await ask('https://evil.example/mcp', 'https://evil.example/mcp')).ok).toBe(false);
});

describe('with a secret for nonces', () => {
  const nonceSecret = 'a secret that all processes of the API share';

  test(cite('a proof without one gets one, and is valid with it', 'rfc9449:9:nonce'), async () => {
    const { boundToken, admitBound } = await apiWith({ dpop: 'offered', nonceSecret });
    const token = await boundToken();
    const refused = await admitBound(token);
    expect(refused.challenge).toMatch(/^DPoP error="use_dpop_nonce"/);
    expect(await admitBound(token, { nonce: refused.nonce })).toMatchObject({ ok: true });
    expect(await admitBound(token, { nonce: 'guess' })).toMatchObject({ status: 401 });
  });

  test('one that is short is refused at the start', async () => {
    await expect(apiWith({ nonceSecret: 'short' })).rejects.toThrow('32 characters');
  });

  test('a nonce counts in every process, and not for ever', async () => {
    const [here, there] = [
      await apiWith({ dpop: 'offered', nonceSecret }),
      await apiWith({ dpop: 'offered', nonceSecret }),
    ];
    const { nonce } = await there.admitBound(await there.boundToken());
    expect(await here.admitBound(await here.boundToken(), { nonce })).toMatchObject({ ok: true });
    here.pass(240);
    expect(await here.admitBound(await here.boundToken(), { nonce })).toMatchObject({ status: 401 });
  });
});

test.each<['off' | 'offered' | 'required', string, object]>([
  ['off', `Bearer scope="read", ${METADATA}`, {}],
  ['offered', `Bearer scope="read", ${METADATA}, DPoP ${ALGS}`, { dpop_signing_alg_values_supported: [] }],
  [
    'required',
    `DPoP scope="read", ${METADATA}, ${ALGS}`,
    { dpop_signing_alg_values_supported: [], dpop_bound_access_tokens_required: true },
  ],
])(
  cite('where bound tokens are %s, it tells so', 'rfc9449:7.1:challenge', 'rfc9728:2:dpop'),
  async (dpop, challenge, members) => {
    const { admit, api } = await apiWith({ dpop });
    expect(await admit({})).toMatchObject({ status: 401, challenge });
    const metadata = await (await api.metadata()).json();
    const names = Object.keys(metadata).filter((name) => name.startsWith('dpop'));
    expect(names).toEqual(Object.keys(members));
  },
);

test(
  cite(
    'a step-up says by the scheme of the token which scopes would do',
    'rfc9449:7.1:challenge',
    'mcp:runtime-insufficient-scope-errors:challenge',
  ),
  async () => {
    const { boundToken, proof, admit } = await apiWith({ dpop: 'offered' });
    const token = await boundToken();
    const refused = await admit({ authorization: `DPoP ${token}`, dpop: await proof(token) }, ['write']);
    expect(refused).toMatchObject({
      status: 403,
      challenge: `DPoP error="insufficient_scope", error_description="the access token lacks write", scope="read write", ${METADATA}, ${ALGS}`,
    });
  },
);

test('the replay memory forgets proofs that are too old to be presented', async () => {
  const replays = createMemoryReplays();
  expect(await replays.note('a', 100, 0)).toBe('first');
  expect(await replays.note('a', 100, 99)).toBe('repeated');
  expect(await replays.note('a', 200, 100)).toBe('first');
});
