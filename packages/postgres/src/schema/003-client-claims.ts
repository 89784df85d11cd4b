/** Metadata about software, contacts and names in other languages. */
export const CLIENT_CLAIMS = `
  ALTER TABLE clients ADD COLUMN software_id text;
  ALTER TABLE clients ADD COLUMN software_version text;
  ALTER TABLE clients ADD COLUMN contacts text;
  ALTER TABLE clients ADD COLUMN translations text;
`;
