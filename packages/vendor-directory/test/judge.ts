import { judgeRegistration, dynamicClientPolicy } from '@vestibule/core/policy';
import { realmSettings } from '@vestibule/core/realm';
import { vendors } from '../src/index.ts';

const context = { settings: realmSettings().registration, scopes: [], vendors };

/** The result of a registration with this name and these redirect URIs, at a realm with the directory. */
export const judge = (name: string, redirectUris: readonly string[]): ReturnType<typeof judgeRegistration> =>
  judgeRegistration({ client_name: name, redirect_uris: redirectUris }, dynamicClientPolicy, context);

/** Whether an unverified client is refused the name because of a vendor. */
export function isRefused(name: string): boolean {
  const judgement = judge(name, ['https://stranger.example/cb']);
  return !judgement.ok && judgement.refusal.rule === 'client-name.vendor';
}

/** Whether the vendor itself can use the name. */
export function isFreeFor(vendor: string, name: string): boolean {
  const [pattern = ''] = vendors.find((one) => one.name === vendor)?.hosts ?? [];
  return judge(name, [`https://${pattern.replace('*', 'www')}/cb`]).ok;
}
