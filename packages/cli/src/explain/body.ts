import { type JsonBody, readJson } from '@vestibule/http';

/** Parses bytes as the registration endpoint parses a request body, with the same refusals. */
export const readBody = (bytes: Uint8Array): Promise<JsonBody> =>
  readJson(
    new Request('https://vestibule.invalid/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array(bytes),
    }),
  );
