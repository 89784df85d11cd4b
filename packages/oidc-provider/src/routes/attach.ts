import { createRegistrationEndpoint, createManagementEndpoint } from '@vestibule/http/registration';
import { serveRoutes } from '@vestibule/http/node';
import type { Registrar } from '@vestibule/core/registration';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { BridgeContext } from '../bridge-context.ts';
import { addressOf } from '../client/request-source.ts';
import { advertise } from './advertise.ts';
import { respondConsent } from './consent-page.ts';
import { holdError } from './hold-errors.ts';
import { recordToken } from './record-tokens.ts';
import { sendPage } from './send-page.ts';

/** Adds the routes of self-registered clients to a provider, in front of its own, and what has to be done after its own. */
export function attach(context: BridgeContext, registrar: Registrar, provider: Provider): void {
  const { realm, issuer, registrationPath: path, consentPath, onError, pages, grants, clock } = context;
  if (provider.issuer !== issuer) {
    throw new TypeError(
      `The issuer of the provider is ${provider.issuer}, but that of the bridge is ${issuer}.`,
    );
  }
  const addresses = new WeakMap<object, string>();
  const serve = serveRoutes({
    origin: new URL(issuer).origin,
    anyHost: true,
    ip: (incoming) => addresses.get(incoming) ?? '',
    routes: [
      { path, endpoint: createRegistrationEndpoint({ registrar, realm, onError }) },
      { path, below: true, endpoint: createManagementEndpoint({ registrar, realm, onError }) },
    ],
  });

  provider.use(async (ctx, next) => {
    if (isBelow(ctx.path, path)) {
      addresses.set(ctx.req, addressOf(ctx));
      if (await serve(ctx.req, ctx.res)) {
        ctx.respond = false;
        return;
      }
    }
    if (isBelow(ctx.path, `${consentPath}/`)) {
      ctx.respond = false;
      try {
        await respondConsent(context, provider, ctx, ctx.path.slice(consentPath.length + 1));
      } catch (error) {
        onError(error);
        // The store may be what failed, so the page does not name the realm.
        const page = pages.problem({ realmName: '', problem: 'server-error' });
        if (!ctx.res.headersSent) sendPage(ctx.res, 500, page);
      }
      return;
    }
    await next();
    if (!hasOidc(ctx)) return;
    switch (ctx.oidc.route) {
      case 'discovery':
        return advertise(context, ctx);
      case 'authorization':
      case 'resume':
        return holdError(context, ctx);
    }
  });
  provider.on('grant.revoked', (_, id) => void grants.end(realm, id, clock()).catch(onError));
  provider.on('grant.success', (ctx) => void recordToken(context, ctx).catch(onError));
}

const isBelow = (requested: string, path: string): boolean =>
  requested === path || requested.startsWith(path.endsWith('/') ? path : `${path}/`);

/** Whether oidc-provider responded. Its context exists only then. */
const hasOidc = (ctx: object): ctx is KoaContextWithOIDC => 'oidc' in ctx;
