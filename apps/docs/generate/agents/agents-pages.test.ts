import { documents, fixtures } from '@vestibule/client-fixtures';
import { expect, test } from 'vitest';
import { agents } from './agent.ts';
import { agentsPages } from './agents-pages.ts';
import { ATTACHMENTS } from './attach.ts';
import { judgedDocument, judgedRegistration } from './judged.ts';

const ids = agents.map(({ id }) => id);
const pages = agentsPages();

test('every agent with a fixture has one page', () => {
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual([...new Set([...fixtures, ...documents].map(({ id }) => id))].toSorted());
  const paths = pages.map(({ path }) => path);
  expect(paths.toSorted()).toEqual([...ids, 'index'].map((id) => `agents/${id}.md`).toSorted());
});

test.each(fixtures)('the registration of $client is on its page, with what it becomes', (fixture) => {
  const text = pages.find(({ path }) => path === `agents/${fixture.id}.md`)?.text;
  expect(text).toContain(JSON.stringify(fixture.registration, undefined, 2));
  const judged = judgedRegistration(fixture);
  expect(judged.ok).toBe(true);
  if (judged.ok) expect(text).toContain(JSON.stringify(judged.metadata, undefined, 2));
});

test.each(documents)('the document of $client is on its page, with what it becomes', (fixture) => {
  const text = pages.find(({ path }) => path === `agents/${fixture.id}.md`)?.text;
  expect(text).toContain(JSON.stringify(fixture.document, undefined, 2));
  const judged = judgedDocument(fixture);
  expect(judged.ok).toBe(true);
  if (judged.ok) expect(text).toContain(JSON.stringify(judged.metadata, undefined, 2));
});

test('only agents with a fixture have steps', () => {
  expect(Object.keys(ATTACHMENTS).filter((id) => !ids.includes(id))).toEqual([]);
});
