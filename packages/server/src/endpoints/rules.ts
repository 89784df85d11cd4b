import { RULES } from '@vestibule/core/policy';
import type { PlainHandler } from '@vestibule/http';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { pageResponse } from '../pages/page-response.ts';

/** The page that describes each rule of registration, under its id. Errors link to it. */
export function createRulesEndpoint(context: ServerContext): PlainHandler {
  return async () => {
    const realm = await currentRealm(context);
    return pageResponse(200, context.pages.rules({ realmName: realm.name, rules: RULES }));
  };
}
