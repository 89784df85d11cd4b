import { createVestibule } from '@vestibule/node';
import { newFolder } from '@vestibule/testing/folder';
import { freePort } from '@vestibule/testing/port';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'vitest';
import { brokenHttp } from './broken-http.ts';
import { everyCase } from './every-case.ts';
import { HARMLESS } from './place.ts';
import type { Served } from './served.ts';

/** A whole server on SQLite that listens, as `createVestibule` makes it. */
async function openVestibule(): Promise<Served> {
  const folder = newFolder();
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const errors: string[] = [];
  const registration = {
    open: true,
    reservedNames: ['Vestibule'],
    limits: { perAddressPerHour: 1_000, perRealmPerDay: 1_000 },
  };
  const vestibule = await createVestibule({
    database: { kind: 'sqlite', path: join(folder, 'a.db') },
    realms: [{ realm: { id: 'test', name: 'Test', issuer, settings: { registration } } }],
    onError: (error) => void errors.push(String(error)),
  });
  await vestibule.listen({ port });
  return {
    issuer,
    send: (at, init = {}) =>
      fetch(typeof at === 'string' ? `${issuer}${at}` : at, { ...init, redirect: 'manual' }),
    sideEffects: async () => {
      const { items } = await vestibule.stores.audit.list('test', { limit: 10_000 });
      return [...items.map(({ type }) => type).filter((type) => !HARMLESS.has(type)), ...errors];
    },
    async close() {
      await vestibule.stop();
      await rm(folder, { recursive: true });
    },
  };
}

const served = everyCase(openVestibule, { isWholeSite: true });

describe('broken HTTP', () => {
  brokenHttp(served);
});
