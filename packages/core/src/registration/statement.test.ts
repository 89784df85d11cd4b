import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { NOW, realmWith, type Registration } from '../../test/support/realm.ts';
import { BODY, setUp } from '../../test/support/set-up.ts';
import type {
  SoftwareStatementVerifier,
  StatementVerdict,
  TrustedIssuer,
} from '../software-statement/verifier.ts';

const ISSUER: TrustedIssuer = {
  name: 'Vouch',
  issuer: 'https://vouch.example',
  jwks: { keys: [] },
  algorithms: ['ES256'],
};
const CLAIMS = {
  iss: ISSUER.issuer,
  iat: 1,
  exp: 2,
  jti: 'j',
  client_name: 'Vouched',
  redirect_uris: ['https://vouched.example/cb'],
} as const;

/** The calls of the verifier, and its verdict for every statement. */
function verifierOf(verdict: StatementVerdict | Error) {
  const asked: unknown[][] = [];
  const verifier: SoftwareStatementVerifier = {
    verify: async (...question) => {
      asked.push(question);
      if (verdict instanceof Error) throw verdict;
      return verdict;
    },
  };
  return { verifier, asked };
}

const verified = (claims: object = {}): StatementVerdict => ({
  outcome: 'verified',
  issuer: ISSUER,
  claims: { ...CLAIMS, ...claims },
});

const verifiedWithout = (claim: keyof typeof CLAIMS): StatementVerdict => {
  const { [claim]: _left, ...claims } = CLAIMS;
  return { outcome: 'verified', issuer: ISSUER, claims };
};

function setUpWith(verdict: StatementVerdict | Error, settings: Registration = {}) {
  const { verifier, asked } = verifierOf(verdict);
  const softwareStatements = { issuers: [ISSUER], ...settings.softwareStatements };
  const realm = realmWith({ coalesce: false, ...settings, softwareStatements });
  return { ...setUp(realm, { statements: verifier }), asked };
}

const withStatement = { ...BODY, software_statement: 'a.b.c' };

test('a statement is verified by the realm’s issuers, for this realm, at this moment', async () => {
  const { registered, asked } = setUpWith(verified());
  await registered(withStatement);
  expect(asked).toEqual([['a.b.c', [ISSUER], NOW, ['https://id.example']]]);
});

test(
  cite(
    'its claims win, and are answered beside it, as it came',
    'rfc7591:3.1.1:claims-win',
    'rfc7591:3.2.1:statement',
    'rfc7591:3.2.1:claims',
  ),
  async () => {
    const { registered, stored, audit } = setUpWith(verified({ logo_uri: 'https://vouched.example/l.png' }));
    const answer = await registered(withStatement);
    expect(answer).toMatchObject({
      client_name: 'Vouched',
      redirect_uris: ['https://vouched.example/cb'],
      logo_uri: 'https://vouched.example/l.png',
      software_statement: 'a.b.c',
    });
    for (const claim of ['iss', 'iat', 'exp', 'jti']) expect(answer).not.toHaveProperty(claim);
    expect(await stored(answer.client_id)).toMatchObject({
      name: 'Vouched',
      registration: { vouchedBy: ISSUER.issuer, softwareStatement: 'a.b.c' },
    });
    expect(audit.events).toMatchObject([{ type: 'registration.accepted', vouchedBy: ISSUER.issuer }]);
  },
);

describe(cite('beside a statement', 'vestibule:software-statements:nothing-beside'), () => {
  test.each<[string, unknown]>([
    ['client_name#fr', 'Volé'],
    ['client_uri', 'https://thief.example'],
    ['logo_uri', 'https://thief.example/l.png'],
    ['tos_uri', 'https://thief.example/t'],
    ['policy_uri#fr', 'https://thief.example/p'],
    ['software_id', 'other'],
    ['software_version', '9'],
    ['contacts', ['thief@thief.example']],
  ])('no request can set %s', async (member, value) => {
    const { registered, registrar } = setUpWith(verified());
    expect(await registered({ ...withStatement, [member]: value })).not.toHaveProperty([member]);
    const judged = await registrar.preview('main', { ...withStatement, [member]: value });
    expect(judged?.trace).toContainEqual({
      rule: 'software-statement.claims',
      outcome: 'dropped',
      from: ['redirect_uris', 'client_name', member],
    });
  });

  test.each<[string, unknown]>([
    ['scope', 'notes:read'],
    ['grant_types', ['authorization_code']],
    ['application_type', 'native'],
  ])('every request can set %s, unless the statement does', async (member, value) => {
    const body = { software_statement: 'a.b.c', [member]: value };
    expect(await setUpWith(verified()).registered(body)).toMatchObject({ [member]: value });
    const claim = {
      [member]: member === 'scope' ? 'notes:write' : member === 'grant_types' ? undefined : 'web',
    };
    if (claim[member] !== undefined) {
      expect(await setUpWith(verified(claim)).registered(body)).toMatchObject(claim);
    }
  });

  test('equal and unknown members are not reported as overruled', async () => {
    const { registrar } = setUpWith(verified({ scope: 'notes:read' }));
    const { client_name, redirect_uris } = CLAIMS;
    const deep: unknown = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
    const body = {
      software_statement: 'a.b.c',
      client_name,
      redirect_uris,
      scope: 'notes:read',
      iss: 'x',
      deep,
    };
    expect((await registrar.preview('main', body))?.trace).toContainEqual({
      rule: 'software-statement.claims',
      outcome: 'kept',
    });
  });
});

test.each<[string, StatementVerdict, 'refuse' | 'ignore', string, string]>([
  [
    cite('one that is invalid', 'rfc7591:3.2.2:invalid-software-statement'),
    { outcome: 'invalid', problem: 'has expired' },
    'ignore',
    'invalid_software_statement',
    'software-statement.valid',
  ],
  [
    cite(
      'one of an untrusted issuer, if the realm says refuse',
      'rfc7591:3.2.2:unapproved-software-statement',
      'vestibule:software-statements:untrusted-refused',
    ),
    { outcome: 'untrusted', problem: 'comes from nobody' },
    'refuse',
    'unapproved_software_statement',
    'software-statement.trusted',
  ],
  [
    cite('one without a name', 'vestibule:software-statements:whole'),
    verifiedWithout('client_name'),
    'ignore',
    'invalid_software_statement',
    'software-statement.claims',
  ],
  [
    cite('one with an empty name', 'vestibule:software-statements:whole'),
    verified({ client_name: '' }),
    'ignore',
    'invalid_software_statement',
    'software-statement.claims',
  ],
  [
    cite('one without redirect URIs', 'vestibule:software-statements:whole'),
    verifiedWithout('redirect_uris'),
    'ignore',
    'invalid_software_statement',
    'software-statement.claims',
  ],
  [
    cite('one with none for redirect URIs', 'vestibule:software-statements:whole'),
    verified({ redirect_uris: null }),
    'ignore',
    'invalid_software_statement',
    'software-statement.claims',
  ],
  [
    cite('one with claims that are not allowed', 'vestibule:software-statements:policy-stands'),
    verified({ redirect_uris: ['javascript:alert(1)'] }),
    'ignore',
    'invalid_redirect_uri',
    'redirect-uris.scheme',
  ],
  [
    cite('one that says it in the wrong type', 'vestibule:software-statements:policy-stands'),
    verified({ client_name: 5 }),
    'ignore',
    'invalid_client_metadata',
    'metadata.type',
  ],
  [
    cite('one for more than a dynamic client can have', 'vestibule:software-statements:rules-stand'),
    verified({ grant_types: ['authorization_code', 'client_credentials'] }),
    'ignore',
    'invalid_client_metadata',
    'grant-types.client-credentials',
  ],
  [
    cite('one that wants a token in the redirect', 'vestibule:software-statements:rules-stand'),
    verified({ response_types: ['token'] }),
    'ignore',
    'invalid_client_metadata',
    'response-types.code',
  ],
])('refuses %s, and stores nothing', async (_, verdict, untrusted, code, rule) => {
  const { register, everyClient, audit, quotas, registrar } = setUpWith(verdict, {
    softwareStatements: { untrusted },
  });
  expect(await register(withStatement)).toEqual({
    outcome: 'refused',
    refusal: { code, rule, description: expect.stringMatching(/^[\x20\x21\x23-\x5B\x5D-\x7E]+$/) },
  });
  expect(await everyClient()).toEqual([]);
  expect(quotas().size).toBe(0);
  expect(audit.events).toMatchObject([{ type: 'registration.refused', rule }]);
  const judged = await registrar.preview('main', withStatement);
  expect(judged?.trace.at(-1)).toMatchObject({ rule, outcome: 'refused' });
});

test(
  cite(
    'if the realm ignores untrusted statements, the body counts without it',
    'vestibule:software-statements:untrusted-ignored',
  ),
  async () => {
    const { registered, stored, registrar } = setUpWith({ outcome: 'untrusted', problem: 'x' });
    const answer = await registered(withStatement);
    expect(answer).toMatchObject(BODY);
    expect(answer).not.toHaveProperty('software_statement');
    const client = await stored(answer.client_id);
    expect(client).not.toHaveProperty('registration.vouchedBy');
    expect(client).not.toHaveProperty('registration.softwareStatement');
    expect((await registrar.preview('main', withStatement))?.trace[0]).toEqual({
      rule: 'software-statement.trusted',
      outcome: 'dropped',
      from: 'software_statement',
    });
  },
);

test('without a verifier no statement is trusted', async () => {
  const { registered } = setUp();
  expect(await registered(withStatement)).not.toHaveProperty('software_statement');
  const strict = setUp(realmWith({ softwareStatements: { untrusted: 'refuse' } }));
  expect(await strict.register(withStatement)).toMatchObject({
    refusal: { code: 'unapproved_software_statement' },
  });
});

test.each([5, true, [], ['a.b.c'], {}])(
  cite('a statement that is %j is no text, and refused', 'rfc7591:3.1.1:text'),
  async (software_statement) => {
    const { register, asked } = setUpWith(verified());
    expect(await register({ ...BODY, software_statement })).toMatchObject({
      refusal: { code: 'invalid_client_metadata', rule: 'metadata.type' },
    });
    expect(asked).toEqual([]);
  },
);

test.each([null, ''])('a statement that is %j is invalid', async (software_statement) => {
  const { registered, asked } = setUpWith(verified());
  expect(await registered({ ...BODY, software_statement })).toMatchObject(BODY);
  expect(asked).toEqual([]);
});

test.each([null, 5, 'software_statement', [], ['software_statement']])(
  'a body that is %j has no statement',
  async (body) => {
    const { register, asked } = setUpWith(verified());
    expect(await register(body)).toMatchObject({ refusal: { rule: 'metadata.object' } });
    expect(asked).toEqual([]);
  },
);

test(
  cite(
    'during an outage of the issuer’s keys no client is registered, and nothing is counted',
    'vestibule:software-statements:keys-away',
  ),
  async () => {
    const { register, everyClient, audit, quotas } = setUpWith(new Error('no keys'));
    await expect(register(withStatement)).rejects.toThrow('no keys');
    expect(await everyClient()).toEqual([]);
    expect(audit.events).toEqual([]);
    expect(quotas().size).toBe(0);
  },
);

test('a statement counts for duplicates: the same members without it are another client', async () => {
  const { verifier } = verifierOf(verified());
  const all = setUp(realmWith(), { statements: verifier });
  const { client_id, software_statement: _statement, ...words } = await all.registered(withStatement);
  expect(await all.registered(withStatement)).toHaveProperty('client_id', client_id);
  expect(await all.registered(words)).not.toHaveProperty('client_id', client_id);
});
