import { type Issuer, startIssuer } from '@vestibule/example-issuer';
import { once } from 'node:events';
import { createOrders, SCOPES } from './api.ts';

/** The API and its authorization server, each on a port of this computer. */
export interface Started extends Pick<Issuer, 'issuer'> {
  readonly resource: string;
  stop(): Promise<void>;
}

/** Starts both. The API reads at the issuer, at most every 30 seconds, which tokens were revoked. */
export async function start(issuerPort: number, port: number, clock = Date.now): Promise<Started> {
  const resource = `http://127.0.0.1:${port}/orders`;
  const { issuer, credentials, stop } = await startIssuer(issuerPort, {
    name: 'Orders',
    resource,
    scopes: SCOPES,
  });
  const app = createOrders({ issuer, resource, revocations: { credentials }, clock });
  const listening = app.listen(port, '127.0.0.1');
  await once(listening, 'listening');
  return {
    issuer,
    resource,
    stop: async () => {
      listening.closeAllConnections();
      listening.close();
      await stop();
    },
  };
}
