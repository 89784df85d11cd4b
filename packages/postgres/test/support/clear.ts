/** Empties all tables, the counters of active clients last: deleting clients changes them. */
export const CLEAR = `
  DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT table_name FROM information_schema.tables
      WHERE table_schema = current_schema() AND table_name <> 'schema_version'
      ORDER BY table_name = 'active_clients'
    LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
  END $$`;
