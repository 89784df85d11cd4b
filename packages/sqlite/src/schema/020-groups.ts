/** The groups of a person: those that an operator gave, and those that the latest sign-in reported. */
export const GROUPS: string = `
  ALTER TABLE people ADD COLUMN groups TEXT;
  ALTER TABLE people ADD COLUMN reported_groups TEXT;
`;
