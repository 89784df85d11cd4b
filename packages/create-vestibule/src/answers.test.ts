import { expect, test } from 'vitest';
import { apiIdOf, apiNameProblem, apiUrlProblem } from './answers.ts';

test.each<[string, string | undefined]>([
  ['https://notes.example/mcp', undefined],
  ['http://localhost:3000/mcp', undefined],
  ['http://[::1]:3000/mcp', undefined],
  ['http://notes.example/mcp', 'The URL of an API begins with https:// unless it is on this computer.'],
  ['notes.example', 'The URL of an API begins with https://, such as https://notes.example/mcp.'],
  ['', 'The URL of an API begins with https://, such as https://notes.example/mcp.'],
  ['javascript:alert(1)', 'The URL of an API begins with https://, such as https://notes.example/mcp.'],
  ['https://notes.example/mcp#', 'The URL of an API must not have a fragment (#…).'],
  ['https://ada:secret@notes.example/', 'The URL of an API must not contain a password.'],
])('the problem with the API URL %j is %j', (url, problem) => {
  expect(apiUrlProblem(url)).toBe(problem);
});

test.each<[string, string | undefined]>([
  ['Notes', undefined],
  ['Käse Brot', undefined],
  ['v2.notes_api', undefined],
  ['', 'The name needs at least one letter from a to z or a digit.'],
  ['ノート', 'The name needs at least one letter from a to z or a digit.'],
  ["Ada's", 'The name can contain letters, digits, spaces, and . _ - only.'],
  ['Notes\n', 'The name can contain letters, digits, spaces, and . _ - only.'],
  ['${code}', 'The name can contain letters, digits, spaces, and . _ - only.'],
  ['a'.repeat(61), 'The name can have 60 characters at most.'],
])('the problem with the API name %j is %j', (name, problem) => {
  expect(apiNameProblem(name)).toBe(problem);
});

test.each([
  ['Notes', 'notes'],
  ['Käse Brot', 'kase-brot'],
  ['v2.notes_api', 'v2-notes-api'],
  ['-- A --', 'a'],
])('the API %j has the id %j', (name, id) => {
  expect(apiIdOf(name)).toBe(id);
});
