/** What a consent page displayed of the client, kept with the grant: the client may change its registration afterwards. */
export const DISPLAYED_CLIENTS = 'ALTER TABLE grants ADD COLUMN displayed TEXT';
