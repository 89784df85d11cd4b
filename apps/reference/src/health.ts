import { type Endpoint, allowMethods, json, type Route } from '@vestibule/http';

/**
 * What watches over the process asks: `/healthz` whether it lives, `/readyz` whether it can answer just now. The second
 * one asks the database.
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
