import { json, programEndpoint, readText } from '@vestibule/http';
import { createAdapterApp } from '@vestibule/testing/adapter-routes';
import { testAdapter } from '@vestibule/testing/adapters';
import fastify from 'fastify';
import assert from 'node:assert/strict';
import { routesPlugin } from '../src/index.ts';

testAdapter(
  'Fastify',
  async () => {
    const { mounts, record } = createAdapterApp({ json, readText, programEndpoint });
    const app = fastify({ forceCloseConnections: true });
    for (const mount of mounts) await app.register(routesPlugin, mount);
    app.setErrorHandler(async (error, _request, reply) => {
      record(error);
      return reply.status(500).send();
    });
    const at = await app.listen({ host: '127.0.0.1', port: 0 });
    return { at, close: () => app.close() };
  },
  {
    'serves a path with escapes that are no UTF-8': {
      title:
        'responds 400 to a path with escapes that are no UTF-8, because Fastify does so before its hooks',
      run: async (at) => {
        for (const path of ['/below/%ff', '/below/%E0%A4%A', '/two/%ff/b']) {
          assert.equal((await fetch(`${at}${path}`)).status, 400);
        }
      },
    },
  },
);
