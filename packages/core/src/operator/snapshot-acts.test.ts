import { expect, test } from 'vitest';
import { ADA } from '../../test/support/realm.ts';
import { setUp } from '../../test/support/set-up.ts';

const snapshotAt = (url: string, name = 'Notes') => ({
  document: { client_id: url, client_name: name, redirect_uris: ['http://localhost/cb'] },
  takenAt: 5,
});

/** A realm without snapshots. */
function meet() {
  const world = setUp();
  const stored = async () =>
    (await world.realms.find('main'))?.settings.metadataDocuments?.snapshots?.map(
      ({ document }) => `${String(document['client_id'])} ${String(document['client_name'])}`,
    );
  return { ...world, stored, snapshots: world.operator.snapshots };
}

const [ONE, OTHER] = ['https://app.example/one', 'https://app.example/other'];

test('a snapshot replaces the one of its URL, and no other', async () => {
  const { snapshots, stored, audit } = meet();
  expect(await snapshots.pin(ADA, 'main', snapshotAt(ONE))).toMatchObject({ outcome: 'changed' });
  await snapshots.pin(ADA, 'main', snapshotAt(OTHER));
  await snapshots.pin(ADA, 'main', snapshotAt(ONE, 'Notes again'));
  expect(await stored()).toEqual([`${OTHER} Notes`, `${ONE} Notes again`]);
  expect(await snapshots.pin(ADA, 'main', snapshotAt(ONE, 'Notes again'))).toEqual({ outcome: 'unchanged' });
  expect(audit.events).toHaveLength(3);
  expect(audit.events[0]).toMatchObject({
    type: 'settings.changed',
    actor: ADA,
    paths: ['metadataDocuments.snapshots'],
    before: { 'metadataDocuments.snapshots': [] },
    after: { 'metadataDocuments.snapshots': [expect.stringContaining(ONE)] },
  });
});

test('a snapshot that is removed is gone, and the others stay', async () => {
  const { snapshots, stored } = meet();
  await snapshots.pin(ADA, 'main', snapshotAt(ONE));
  await snapshots.pin(ADA, 'main', snapshotAt(OTHER));
  expect(await snapshots.unpin(ADA, 'main', ONE)).toMatchObject({ outcome: 'changed' });
  expect(await stored()).toEqual([`${OTHER} Notes`]);
  expect(await snapshots.unpin(ADA, 'main', ONE)).toEqual({ outcome: 'unchanged' });
  expect(await snapshots.unpin(ADA, 'main', OTHER)).toMatchObject({ outcome: 'changed' });
  expect(await stored()).toBeUndefined();
  expect(await snapshots.unpin(ADA, 'other', OTHER)).toEqual({ outcome: 'missing' });
});

test('two snapshots that are stored at once are both there', async () => {
  const { snapshots, stored, meanwhile } = meet();
  meanwhile(() => snapshots.pin(ADA, 'main', snapshotAt(OTHER)));
  await snapshots.pin(ADA, 'main', snapshotAt(ONE));
  expect(await stored()).toEqual([`${OTHER} Notes`, `${ONE} Notes`]);
});

test('a snapshot that is not acceptable is refused with its place', async () => {
  const { snapshots, stored } = meet();
  const secret = { document: { client_id: ONE, client_secret: 's' } };
  expect(await snapshots.pin(ADA, 'main', secret)).toMatchObject({
    outcome: 'refused',
    problems: [{ place: 'metadataDocuments.snapshots[0].document' }],
  });
  for (let index = 0; index < 20; index += 1) {
    await snapshots.pin(ADA, 'main', snapshotAt(`https://app.example/${index}`));
  }
  expect(await snapshots.pin(ADA, 'main', snapshotAt(ONE))).toMatchObject({ outcome: 'refused' });
  expect(await stored()).toHaveLength(20);
});
