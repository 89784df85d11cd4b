import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { basic, judgedToTheEnd, refusalBy, type RefusalRow, uri } from '../../../test/support/policy.ts';

describe(
  cite(
    'refuses redirect URIs',
    'rfc7591:3.2.2:invalid-redirect-uri',
    'rfc7591:3.2.2:ascii',
    'rfc7591:2:redirect-uris-needed',
    'vestibule:metadata:redirect-uri-count',
    'vestibule:metadata:private-use',
    'vestibule:metadata:allowed-hosts',
    'vestibule:metadata:refused-hosts',
  ),
  () => {
    test.each<RefusalRow>([
      ['redirect-uris.count', {}],
      ['redirect-uris.count', { redirect_uris: [] }],
      ['redirect-uris.count', { redirect_uris: null }],
      ['redirect-uris.count', { redirect_uris: Array.from({ length: 11 }, (_, i) => `${uri}${i}`) }],
      ['redirect-uris.characters', { redirect_uris: [uri, ''] }],
      ['redirect-uris.http-host', { redirect_uris: [uri, 'http://app.example/cb'] }],
      ['redirect-uris.scheme', { redirect_uris: ['javascript:alert(1)'] }],
      ['redirect-uris.private-use', { redirect_uris: ['app:/cb'] }, { privateUseSchemes: false }],
      ['redirect-uris.accepted-host', basic, { allowedRedirectHosts: ['*.example.com'] }],
      ['redirect-uris.accepted-host', basic, { refusedRedirectHosts: ['*.example'] }],
      [
        'redirect-uris.accepted-host',
        basic,
        { allowedRedirectHosts: ['app.example'], refusedRedirectHosts: ['app.example'] },
      ],
      [
        'redirect-uris.accepted-host',
        { redirect_uris: ['https://a.b.apps.example/cb'] },
        { allowedRedirectHosts: ['*.apps.example'] },
      ],
      [
        'redirect-uris.accepted-host',
        { redirect_uris: ['https://apps.example/cb'] },
        { allowedRedirectHosts: ['*.apps.example'] },
      ],
      [
        'redirect-uris.accepted-host',
        { redirect_uris: [uri, 'https://app.example:8443/'] },
        { allowedRedirectHosts: ['app.example'] },
      ],
    ])('%s: %j', (rule, body, settings) => {
      const judged = judgedToTheEnd(body, settings);
      expect(judged).toMatchObject(refusalBy(rule));
      expect(judged).toHaveProperty('refusal.description', expect.stringContaining(`[${rule}]`));
    });
  },
);
