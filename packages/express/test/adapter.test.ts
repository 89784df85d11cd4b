import { json, programEndpoint, readText } from '@vestibule/http';
import { createAdapterApp } from '@vestibule/testing/adapter-routes';
import { testAdapter } from '@vestibule/testing/adapters';
import { listening } from '@vestibule/testing/listening';
import express, { type NextFunction, type Request, type Response } from 'express';
import { createServer } from 'node:http';
import { createRouter } from '../src/index.ts';

testAdapter('Express', () => {
  const { mounts, record } = createAdapterApp({ json, readText, programEndpoint });
  const app = express();
  for (const mount of mounts) app.use(createRouter(mount));
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    record(error);
    if (response.headersSent) next(error);
    else response.status(500).end();
  });
  return listening(createServer(app));
});
