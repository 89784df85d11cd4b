import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { withErrorBoundary } from './error-boundary.ts';

test(
  cite('an exception becomes a bare answer, and reaches the operator', 'vestibule:bad-input:outage'),
  async () => {
    const seen: unknown[] = [];
    const outage = new Error('disk on fire at /var/lib/secret');
    const endpoint = withErrorBoundary(
      (error) => seen.push(error),
      () => Promise.reject(outage),
    );
    const response = await endpoint(new Request('https://id.example/'), { ip: '192.0.2.1' });
    expect(response?.status).toBe(500);
    expect(await response?.json()).toEqual({
      error: 'server_error',
      error_description: 'the server could not answer; try again later',
    });
    expect(seen).toEqual([outage]);
  },
);

test('what is no exception goes through, nothing included', async () => {
  const onError = () => expect.unreachable();
  const endpoint = withErrorBoundary(onError, async () => undefined);
  expect(await endpoint(new Request('https://id.example/'), { ip: '192.0.2.1' })).toBeUndefined();
});

test(
  cite(
    'a store that cannot be reached is answered 503, with when to come back',
    'vestibule:bad-input:outage',
  ),
  async () => {
    const outage = Object.assign(new Error('no route to db.internal'), {
      code: 'STORE_UNAVAILABLE',
      retryAfter: 3,
    });
    const endpoint = withErrorBoundary(
      () => undefined,
      () => Promise.reject(outage),
    );
    const response = await endpoint(new Request('https://id.example/'), { ip: '192.0.2.1' });
    expect(response?.status).toBe(503);
    expect(response?.headers.get('retry-after')).toBe('3');
    expect(await response?.json()).toEqual({
      error: 'temporarily_unavailable',
      error_description: 'the server cannot answer just now; try again soon',
    });
  },
);
