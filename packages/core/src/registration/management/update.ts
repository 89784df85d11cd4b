import { recordingKeysUnavailable } from '../../audit/record-keys-unavailable.ts';
import { changesOf, recordedUris } from '../../audit/trace.ts';
import type { Client } from '../../client/client.ts';
import { isObject } from '../../members.ts';
import type { Realm } from '../../realm/realm.ts';
import type { Refusal } from '../../refusal.ts';
import type { Seconds } from '../../time.ts';
import { newAccess } from '../present-access-token.ts';
import { judge } from '../judge.ts';
import type { Options } from '../registrar-options.ts';
import { attemptUpdate, updateUses } from '../limits.ts';
import { reservations } from '../../limits/use.ts';
import { statementOf, toRecord } from '../record.ts';
import { type ClientInformationResponse, toClientInformationResponse } from '../respond.ts';
import { authenticate } from './authenticate.ts';
import { judgeIdentity } from './judge-identity.ts';
import { answerTo } from './read.ts';
import { eventsOf, recorder } from './recorder.ts';
import type { ManagementObstacle, ManagementRequest } from './request.ts';
import { replaceWords } from './texts.ts';

/** The result of updating a registration. */
export type UpdateOutcome =
  | { readonly outcome: 'updated'; readonly response: ClientInformationResponse }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  /** Another request changed the registration concurrently; this one changed nothing. */
  | { readonly outcome: 'conflict' }
  | { readonly outcome: 'limited'; readonly retryAfter: Seconds }
  | ManagementObstacle;

/**
 * Replaces the metadata of a client. It is judged like a new registration, by the current policy and within the bounds of
 * the initial access token that the client registered with.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7592#section-2.2 RFC 7592 §2.2}
 */
export async function updateRegistration(
  options: Options,
  request: ManagementRequest,
  body: unknown,
): Promise<UpdateOutcome> {
  const { clock, counts } = options;
  const found = await authenticate(options, request);
  if ('outcome' in found) return found;
  const { realm, client } = found;
  const { id: clientId } = client;
  if (client.blockedAt !== undefined) return { outcome: 'blocked' };
  const attempted = attemptUpdate(counts, realm, request.source, clientId, clock());
  if (!attempted.allowed) return { outcome: 'limited', retryAfter: attempted.retryAfter };

  const record = recorder(options, request);
  const refuse = async (refused: Refusal): Promise<UpdateOutcome> => {
    const { rule, description } = refused;
    await record({ type: 'client.update-refused', clientId, rule, description });
    return { outcome: 'refused', refusal: refused };
  };
  const impostor = judgeIdentity(body, clientId);
  if (impostor !== undefined) return refuse(impostor);
  const meant = withoutAnsweredScope(body, client, realm);
  const judged = await recordingKeysUnavailable(
    options.audit,
    () => ({ realm: realm.id, at: clock(), ip: request.source.ip }),
    judge(options, realm, meant, clock(), client.registration.bounds),
  );
  if (!judged.ok) return refuse(judged.refusal);

  const { metadata, vouchedBy, trace, candidateRefusal } = judged;
  const fresh = realm.settings.registration.management.rotateToken
    ? newAccess(options, found.uri)
    : undefined;
  const said = {
    ...toRecord(metadata),
    registration: {
      ...statementOf(metadata),
      ...(vouchedBy !== undefined && { vouchedBy }),
      ...(fresh && { accessTokenHash: fresh.accessTokenHash }),
    },
  };
  const eventOf = eventsOf(options, request);
  const replacement = await replaceWords(options, client, said, {
    quotas: reservations(updateUses(realm, request.source), clock()),
    eventsOf: ({ name: clientName, redirectUris: uris }) => [
      eventOf({
        type: 'client.updated',
        clientId,
        clientName,
        redirectUris: recordedUris(uris),
        trace: changesOf(trace),
      }),
      ...(candidateRefusal === undefined
        ? []
        : [eventOf({ type: 'registration.would-refuse', clientId, ...ruleOf(candidateRefusal) })]),
    ],
  });
  if (replacement.outcome !== 'replaced') return replacement;
  const { client: next } = replacement;
  const response = answerTo({ ...found, client: next });
  return { outcome: 'updated', response: { ...response, ...fresh?.told } };
}

const ruleOf = ({ rule, description }: Refusal): Pick<Refusal, 'rule' | 'description'> => ({
  rule,
  description,
});

/**
 * An update repeats every member of the response (RFC 7592 §2.2), including `scope` of a client that requested none: the
 * scopes that are open today. If it is sent back unchanged, it is not a bound.
 */
function withoutAnsweredScope(body: unknown, client: Client, realm: Realm): unknown {
  if (client.scope !== undefined || !isObject(body)) return body;
  const answered = toClientInformationResponse(client, realm).scope;
  const { scope, ...rest } = body;
  return answered !== undefined && scope === answered ? rest : body;
}
