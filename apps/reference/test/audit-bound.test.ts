import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { OPERATOR_TOKEN, startApp } from './support/app.ts';
import { register } from './support/oauth.ts';

test(
  cite(
    'an address that is refused a thousand times leaves 250 lines and one more, and is counted on',
    'vestibule:limits:audit-log',
  ),
  async () => {
    const app = await startApp();
    for (let batch = 0; batch < 41; batch += 1) {
      await Promise.all(Array.from({ length: 25 }, () => register(app, { redirect_uris: [] })));
    }
    const { items } = await app.stores.audit.list('test', { limit: 2_000 });
    expect(Map.groupBy(items, ({ type }) => type).get('registration.refused')).toHaveLength(250);
    expect(items.filter(({ type }) => type === 'audit.limited')).toMatchObject([
      { ip: '127.0.0.1', eventType: 'registration.refused' },
    ]);
    const metrics = await fetch(`${app.issuer}/metrics`, {
      headers: { authorization: `Bearer ${OPERATOR_TOKEN}` },
    });
    expect(await metrics.text()).toContain('{type="registration.refused",detail="redirect-uris.count"} 1025');
  },
);
