import { createAdapterApp } from '@vestibule/testing/adapter-routes';
import { handleRoutes, json, programEndpoint, readText } from '../../src/index.ts';

const { mounts, record } = createAdapterApp({ json, readText, programEndpoint });
const handlers = mounts.map((mount) => handleRoutes(mount));

/** A Worker that serves the cases of all adapters. */
const worker = {
  async fetch(request: Request): Promise<Response> {
    const ip = request.headers.get('cf-connecting-ip') ?? '';
    try {
      for (const handle of handlers) {
        const response = await handle(request, { ip });
        if (response !== undefined) return response;
      }
      return new Response(null, { status: 404 });
    } catch (error) {
      record(error);
      return new Response(null, { status: 500 });
    }
  },
};

// oxlint-disable-next-line import/no-default-export -- The default export of a module is the Worker.
export default worker;
