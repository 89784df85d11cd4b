/**
 * What the consent page displayed about the client, stored with the grant: the client may change its registration
 * afterwards.
 */
export const DISPLAYED_CLIENTS = 'ALTER TABLE grants ADD COLUMN displayed TEXT';
