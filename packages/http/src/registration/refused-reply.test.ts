import type { RegistrationErrorCode } from '@vestibule/core';
import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { BODY, REGISTER, RULES_URI, setUp } from '../../test/support/set-up.ts';
import { toResponse } from '../program/reply.ts';
import { refusedReply } from './refused-reply.ts';

const CODES: readonly RegistrationErrorCode[] = [
  'invalid_redirect_uri',
  'invalid_client_metadata',
  'invalid_software_statement',
  'unapproved_software_statement',
];

test.each(CODES)(
  cite(
    '%s results in 400, with the page of its rule if there is one',
    'rfc7591:3.2.2:json',
    'vestibule:policy:docs',
  ),
  async (code) => {
    const refusal = { code, rule: 'a.rule', description: 'no [a.rule]' };
    const response = toResponse(refusedReply(refusal, RULES_URI));
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: code,
      error_description: 'no [a.rule]',
      error_uri: 'https://id.example/connect/rules#a.rule',
    });
    expect(await toResponse(refusedReply(refusal, undefined)).json()).toEqual({
      error: code,
      error_description: 'no [a.rule]',
    });
  },
);

test.each<[string, string | object, number]>([
  ['redirect-uris.count', {}, 400],
  ['client-name.reserved', { ...BODY, client_name: 'Acme' }, 400],
  ['body.json', '{', 400],
  ['body.size', 'x'.repeat(70_000), 413],
])(
  cite('%s has its page', 'vestibule:policy:docs', 'vestibule:policy:stable-ids'),
  async (rule, body, status) => {
    const { ask, audit } = setUp({ reservedNames: ['Acme'] });
    expect(await ask(REGISTER, { body })).toMatchObject({
      status,
      body: {
        error_uri: `${RULES_URI}#${rule}`,
        error_description: expect.stringMatching(new RegExp(`\\[${rule.replace('.', '\\.')}\\]$`)),
      },
    });
    expect(audit.events).toMatchObject([{ type: 'registration.refused', rule }]);
  },
);
