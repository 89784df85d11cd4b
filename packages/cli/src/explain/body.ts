import { type JsonBody, readJson } from '@vestibule/http';

/** Reads bytes as the registration endpoint reads a body, with what it has against it before the policy is asked. */
export const readBody = (bytes: Uint8Array): Promise<JsonBody> =>
  readJson(
    new Request('https://vestibule.invalid/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array(bytes),
    }),
  );
