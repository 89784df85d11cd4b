/** Packages that need neither files nor sockets: they run on Node 20.19 and newer, Bun, Deno and Cloudflare Workers (workerd). */
export const PORTABLE: readonly string[] = [
  'assertions',
  'core',
  'dpop',
  'hono',
  'http',
  'rate-limit',
  'resource-server',
  'server',
  'vendor-directory',
];

/** Packages that run on Node 20.19 and newer, Bun and Deno: they read files, or listen. */
export const WITH_FILES: readonly string[] = [
  'client-fixtures',
  'consent-ui',
  'express',
  'fastify',
  'store-testkit',
];

/** The versions of Node that a package runs on, for its `engines`. Packages that are in no list run on what the tests run on. */
export const nodeVersionsOf = (name: string): string =>
  PORTABLE.includes(name) || WITH_FILES.includes(name) ? '>=20.19' : '>=22.18';
