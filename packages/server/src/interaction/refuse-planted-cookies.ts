import type { Pages } from '../pages/pages.ts';
import type { AuditContext } from '../context/record.ts';
import type { Handler } from '@vestibule/http';
import { currentRealm, type RealmContext } from '../context/current-realm.ts';
import { refuseInteraction } from './refuse-interaction.ts';
import { bringsPlantedCookie } from '../web/planted-cookies.ts';

/** Displays a problem page if a browser sends a planted cookie, and records it. */
export const refusePlantedCookies =
  (context: AuditContext & RealmContext & { readonly pages: Pages }, handler: Handler): Handler =>
  async (request, info) =>
    bringsPlantedCookie(context.issuer, request)
      ? refuseInteraction(context, info, await currentRealm(context), 'cookie-planted')
      : handler(request, info);
