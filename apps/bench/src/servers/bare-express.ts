import express from 'express';
import { bareMetadata } from './bare-metadata.ts';

/** Express 5 as it comes: metadata, and an echo of the registration. */
const port = Number(process.env['PORT']);
const metadata = bareMetadata(`http://127.0.0.1:${port}`);
const app = express();
app.get('/.well-known/oauth-authorization-server', (_request, response) => {
  response.type('json').send(metadata);
});
app.post('/register', express.json(), (request, response) => {
  const body: unknown = request.body;
  response.status(201).json({ client_id: 'bare', ...(typeof body === 'object' && body) });
});
app.listen(port, '127.0.0.1');
