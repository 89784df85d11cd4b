import { CHANGE_CLIENTS } from './015-commit/change-clients.ts';
import { CHANGE_GRANTS } from './015-commit/change-grants.ts';
import { CHANGE_OTHERS } from './015-commit/change-others.ts';

/**
 * Makes commits in one statement. Takes a list of commits, each a list of changes with the values of their rows, and returns
 * those that were not made, with the index and the condition that failed; each is undone alone.
 *
 * `locks` are the keys that several commits may want, in one order for all nodes: they are locked first, so that two
 * statements never wait for each other. The function reads what is committed while it runs only under READ COMMITTED, so the
 * caller repeats it under that isolation after a conflict.
 *
 * Plans are made once for each connection, and for tables that grow: a plan for a table of a few rows would read all rows
 * until the table is analyzed again.
 *
 * A condition that fails raises an error, which undoes the changes before it; variables keep their values. Errors of any
 * other kind end the statement, and undo all commits.
 */
const COMMIT_CHANGES = `
  CREATE FUNCTION commit_changes(commits jsonb, locks text[]) RETURNS jsonb LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $commit$
  DECLARE
    failures jsonb;
    changes jsonb;
    failed integer;
    unmet jsonb;
    lock text;
  BEGIN
    FOREACH lock IN ARRAY locks LOOP
      PERFORM pg_advisory_xact_lock(hashtextextended(lock, 0));
    END LOOP;
    FOR number IN 0 .. jsonb_array_length(commits) - 1 LOOP
      changes := commits->number;
      BEGIN
        FOR index IN 0 .. jsonb_array_length(changes) - 1 LOOP
          failed := index;
          unmet := make_change(changes->index);
          IF unmet IS NOT NULL THEN
            RAISE EXCEPTION 'a condition failed' USING ERRCODE = 'VC001';
          END IF;
        END LOOP;
      EXCEPTION WHEN SQLSTATE 'VC001' THEN
        failures := coalesce(failures, '[]')
          || jsonb_build_object('commit', number, 'index', failed, 'unmet', unmet);
      END;
    END LOOP;
    RETURN failures;
  END
  $commit$;
`;

/** A commit is one statement: see `stores/commit.ts`. Nodes that do not know the functions do not call them. */
export const COMMIT: string = CHANGE_CLIENTS + CHANGE_GRANTS + CHANGE_OTHERS + COMMIT_CHANGES;
