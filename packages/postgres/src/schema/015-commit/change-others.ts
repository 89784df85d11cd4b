const NOT_MADE = `IF NOT FOUND THEN RETURN '{}'; END IF;`;

/** Values that can be used once, in a table of their own. */
const insertOnce = (table: string): string => `
        INSERT INTO ${table} (realm, key, value, expires_at)
        VALUES (of_realm, change->>'key', change->>'value', (change->'expires_at')::bigint) ON CONFLICT DO NOTHING;
        ${NOT_MADE}`;

const consumeOnce = (table: string): string => `
        UPDATE ${table} SET taken_at = (change->'at')::bigint
        WHERE realm = of_realm AND key = change->>'key' AND taken_at IS NULL AND expires_at > (change->'at')::bigint;`;

/** Makes one change of any kind. Returns the condition that failed, or null. The most frequent kinds come first. */
export const CHANGE_OTHERS: string = `
  CREATE FUNCTION change_quota_reserve(change jsonb) RETURNS jsonb LANGUAGE plpgsql AS $change$
  DECLARE
    at bigint := (change->'at')::bigint;
    until bigint := (change->'until')::bigint;
    uses bigint := (change->'uses')::bigint;
    open_until bigint;
  BEGIN
    IF uses > 0 THEN
      INSERT INTO rate_limits (key, points, expire) VALUES (change->>'key', 1, until)
      ON CONFLICT (key) DO UPDATE SET
        points = CASE WHEN rate_limits.expire <= at THEN 1 ELSE rate_limits.points + 1 END,
        expire = CASE WHEN rate_limits.expire <= at THEN excluded.expire ELSE rate_limits.expire END
      WHERE rate_limits.expire <= at OR rate_limits.points < uses;
      IF FOUND THEN RETURN NULL; END IF;
    END IF;
    SELECT expire INTO open_until FROM rate_limits WHERE key = change->>'key' AND expire > at;
    RETURN jsonb_build_object('retryAfter', greatest(1, ceil((coalesce(open_until, until) - at) / 1000.0)));
  END
  $change$;

  CREATE FUNCTION change_interaction_decide(change jsonb) RETURNS jsonb LANGUAGE plpgsql AS $change$
  DECLARE
    standing text;
  BEGIN
    UPDATE transactions SET decision = change->>'decision'
    WHERE realm = change->>'realm' AND id = change->>'id' AND decision IS NULL;
    IF FOUND THEN
      IF change ? 'grant' THEN PERFORM insert_grant(change->'grant'); END IF;
      RETURN NULL;
    END IF;
    SELECT decision INTO standing FROM transactions WHERE realm = change->>'realm' AND id = change->>'id';
    IF standing IS NULL THEN RETURN '{"reason":"missing"}'; END IF;
    RETURN jsonb_build_object('reason', 'decided', 'decision', standing);
  END
  $change$;
${makeChange({ isFirst: true })}`;

/** The function that makes one change. Since there are acts, it passes the kinds that are none of the frequent ones on to them. */
export function makeChange({ isFirst = false }: { readonly isFirst?: boolean } = {}): string {
  return `
  CREATE ${isFirst ? '' : 'OR REPLACE '}FUNCTION make_change(change jsonb) RETURNS jsonb LANGUAGE plpgsql AS $change$
  DECLARE
    of_realm text := change->>'realm';
  BEGIN
    CASE change->>'kind'
      WHEN 'event.append' THEN
        INSERT INTO audit_events (id, realm, at, type, event)
        VALUES (change->>'id', of_realm, (change->'at')::bigint, change->>'type', change->>'event');
      WHEN 'quota.reserve' THEN RETURN change_quota_reserve(change);
      WHEN 'refresh-token.rotate' THEN RETURN change_token_rotate(change);
      WHEN 'client.insert' THEN RETURN change_client_insert(change);
      WHEN 'client.use' THEN
        UPDATE clients SET last_used_at = (change->'at')::bigint, hibernated_at = NULL, version = version + 1
        WHERE realm = of_realm AND id = change->>'id';
      WHEN 'code.consume' THEN ${consumeOnce('codes')}
        ${NOT_MADE}
      WHEN 'grant.open' THEN RETURN change_grant_open(change);
      WHEN 'interaction.insert' THEN
        INSERT INTO transactions (realm, id, browser_hash, request, decision, started_at, expires_at)
        VALUES (
          of_realm, change->>'id', change->>'browser_hash', change->>'request', change->>'decision',
          (change->'started_at')::bigint, (change->'expires_at')::bigint)
        ON CONFLICT DO NOTHING;
        ${NOT_MADE}
      WHEN 'interaction.decide' THEN RETURN change_interaction_decide(change);
      WHEN 'code.insert' THEN ${insertOnce('codes')}
      WHEN 'session.require' THEN
        PERFORM 1 FROM sessions
        WHERE realm = of_realm AND hash = change->>'hash' AND subject = change->>'subject' FOR SHARE;
        ${NOT_MADE}
      WHEN 'replay.note' THEN
        INSERT INTO replays (realm, key, expires_at)
        VALUES (of_realm, change->>'key', (change->'expires_at')::bigint) ON CONFLICT DO NOTHING;
        ${NOT_MADE}
      WHEN 'pushed-request.insert' THEN ${insertOnce('pushed_requests')}
      WHEN 'pushed-request.consume' THEN ${consumeOnce('pushed_requests')}
      WHEN 'grant.end' THEN
        UPDATE grants SET ended_at = (change->'at')::bigint
        WHERE realm = of_realm AND id = change->>'id' AND opened_at IS NOT NULL AND ended_at IS NULL;
        ${NOT_MADE}
      WHEN 'grant.end-all' THEN
        UPDATE grants SET ended_at = (change->'at')::bigint
        WHERE realm = of_realm AND client_id = change->>'client_id' AND length(client_id) >= 0 AND ended_at IS NULL;
      WHEN 'initial-access-token.use' THEN
        UPDATE initial_access_tokens SET uses = uses + 1
        WHERE realm = of_realm AND hash = change->>'hash' AND revoked_at IS NULL
          AND expires_at > (change->'at')::bigint AND uses < max_uses;
        ${NOT_MADE}
      WHEN 'client.replace' THEN RETURN change_client_replace(change);
      WHEN 'client.remove', 'client.expire' THEN RETURN change_client_remove(change);
      WHEN 'client.restore' THEN RETURN change_client_restore(change);${isFirst ? '' : '\n      ELSE RETURN make_act(change);'}
    END CASE;
    RETURN NULL;
  END
  $change$;
`;
}
