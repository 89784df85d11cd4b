import { cite } from '@vestibule/requirements';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { apiWith, newKey } from './issuer.ts';

test(
  cite('a new key is found by one more fetch, and tokens of others cause none', 'rfc9068:4:rotation'),
  async () => {
    // `jose` reads the clock of the machine to decide when it may fetch keys again.
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const { accessToken, admit, keys, asked } = await apiWith();
    const admitted = async (by = keys[0]) =>
      (await admit({ authorization: `Bearer ${await accessToken({}, by)}` })).ok;

    expect([await admitted(), asked.length]).toEqual([true, 1]);
    const next = await newKey();
    keys.unshift(next);
    vi.setSystemTime(Date.now() + 31_000);
    expect([await admitted(next), asked.length]).toEqual([true, 2]);
    expect([await admitted(keys[1]), asked.length]).toEqual([true, 2]);

    const stranger = await newKey();
    const many = await Promise.all(Array.from({ length: 50 }, () => admitted(stranger)));
    expect([many.includes(true), asked.length]).toEqual([false, 2]);
  },
);

describe('a token of a key that is newer than the keys here', () => {
  const replaced = async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const world = await apiWith();
    const admit = async (token: string) => {
      const { status = 200, retryAfter } = await world.admit({ authorization: `Bearer ${token}` });
      return { status, ...(retryAfter && { retryAfter }) };
    };
    await admit(await world.accessToken());
    const fresh = await newKey();
    world.keys.splice(0, 1, fresh);
    return { ...world, admit, fresh };
  };

  test('can be retried if the issuer was just asked, and is accepted afterwards', async () => {
    const { admit, accessToken, fresh, asked, pass } = await replaced();
    pass(10);
    const token = await accessToken({}, fresh);
    expect(await admit(token)).toEqual({ status: 503, retryAfter: '20' });
    expect(asked).toHaveLength(1);
    vi.setSystemTime(Date.now() + 31_000);
    expect(await admit(token)).toEqual({ status: 200 });
    expect(asked).toHaveLength(2);
  });

  test('gets a response without a challenge that pages can read', async () => {
    const { accessToken, fresh, api } = await replaced();
    const headers = { authorization: `Bearer ${await accessToken({}, fresh)}` };
    const admission = await api.admit(new Request(api.resource, { headers }));
    const response = admission.ok ? undefined : admission.response;
    expect(response?.headers.get('www-authenticate')).toBeNull();
    expect(response?.headers.get('access-control-expose-headers')).toBe('retry-after');
    expect(await response?.json()).toMatchObject({ error: 'temporarily_unavailable' });
  });

  test('is refused if it names another issuer, whose keys are never looked for here', async () => {
    const { admit, accessToken, fresh, pass } = await replaced();
    pass(10);
    const token = await accessToken({ iss: 'https://other.example' }, fresh);
    expect(await admit(token)).toEqual({ status: 401 });
  });

  test.each(['not JSON', '"text"', '[]', 'null'])(
    'is refused if its payload is no JSON object: %s',
    async (payload) => {
      const { admit, accessToken, fresh, pass } = await replaced();
      pass(10);
      const [header = '', , signature = ''] = (await accessToken({}, fresh)).split('.');
      const token = [header, Buffer.from(payload).toString('base64url'), signature].join('.');
      expect(await admit(token)).toEqual({ status: 401 });
    },
  );

  test('is not valid where the issuer was asked because of it, or after it was issued', async () => {
    const { admit, accessToken, asked, pass } = await replaced();
    const stranger = await newKey();
    const old = await accessToken({}, stranger);
    pass(60);
    vi.setSystemTime(Date.now() + 60_000);
    expect(await admit(await accessToken({}, stranger))).toEqual({ status: 401 });
    expect(await admit(old)).toEqual({ status: 401 });
    expect(asked).toHaveLength(2);
  });
});
