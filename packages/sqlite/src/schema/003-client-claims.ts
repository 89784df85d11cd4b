/** The remaining client metadata. */
export const CLIENT_CLAIMS = `
  ALTER TABLE clients ADD COLUMN software_id TEXT;
  ALTER TABLE clients ADD COLUMN software_version TEXT;
  ALTER TABLE clients ADD COLUMN contacts TEXT;
  ALTER TABLE clients ADD COLUMN translations TEXT;
`;
