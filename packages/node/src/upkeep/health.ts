import { type Endpoint, allowMethods, json, type Route } from '@vestibule/http';

/**
 * The routes for health checks: `/healthz` says whether the process is alive, and `/readyz` whether it can serve requests, for
 * which it queries the database.
 */
export function healthRoutes(ping: () => Promise<void>): readonly Route[] {
  const healthy: Endpoint = async () => json(200, { status: 'ok' });
  const ready: Endpoint = async () => {
    try {
      await ping();
      return json(200, { status: 'ready' });
    } catch {
      return json(
        503,
        { status: 'unavailable', problem: 'the database cannot be reached' },
        { 'retry-after': '1' },
      );
    }
  };
  return [
    { path: '/healthz', endpoint: allowMethods(['GET'], healthy) },
    { path: '/readyz', endpoint: allowMethods(['GET'], ready) },
  ];
}
