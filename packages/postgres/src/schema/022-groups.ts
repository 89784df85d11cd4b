import { makeAct } from './018-acts/change-acts.ts';

/**
 * The groups of a person: those that an operator gave, and those that the latest sign-in reported. Nodes without them would delete them
 * at the next change of the person, and would not ask for them.
 */
export const GROUPS: string = `
  ALTER TABLE people ADD COLUMN groups text;
  ALTER TABLE people ADD COLUMN reported_groups text;

  CREATE OR REPLACE FUNCTION change_person_replace(change jsonb) RETURNS jsonb LANGUAGE plpgsql AS $change$
  DECLARE
    given people := jsonb_populate_record(NULL::people, change->'row');
    old people := jsonb_populate_record(NULL::people, change->'replaced');
  BEGIN
    UPDATE people
    SET name = given.name, password_hash = given.password_hash, email = given.email,
      email_verified = given.email_verified, groups = given.groups, reported_groups = given.reported_groups
    WHERE realm = given.realm AND subject = given.subject AND name = old.name
      AND password_hash IS NOT DISTINCT FROM old.password_hash AND email IS NOT DISTINCT FROM old.email
      AND email_verified IS NOT DISTINCT FROM old.email_verified AND groups IS NOT DISTINCT FROM old.groups
      AND reported_groups IS NOT DISTINCT FROM old.reported_groups;
    IF NOT FOUND THEN RETURN '{}'; END IF;
    RETURN NULL;
  END
  $change$;
${makeAct({ hasGroups: true })}`;
