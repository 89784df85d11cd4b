import { describe, expect, test } from 'vitest';
import type { Reply } from './ask.ts';
import { type Meaning, meaningOf, UNREGISTERED, refusedLook } from './judge.ts';

const URI = 'http://127.0.0.1:33418';
const led = (to: string): Reply => ({ kind: 'led', status: 302, to });
const page = (status: number): Reply => ({ kind: 'page', status });

describe('a reply alone', () => {
  test.each<[reply: Reply, meaning: Meaning | undefined]>([
    [page(200), 'taken'],
    [page(400), 'refused'],
    [page(401), 'refused'],
    [led('https://id.example/sign-in?back=error'), 'taken'],
    [led('https://id.example/problem?id=1&error=invalid_request'), 'refused'],
    [led('https://id.example/problem#error=invalid_request'), 'refused'],
    [led(`${URI}?error=invalid_scope`), 'taken'],
    [led(`${URI}/?error=invalid_scope`), 'taken'],
    [led(`${URI}#error=invalid_scope`), 'taken'],
    [led('http://127.0.0.1:1/?error=invalid_request'), 'refused'],
    [{ kind: 'limited' }, undefined],
    [{ kind: 'nothing', problem: 'responded 500' }, undefined],
  ])('%j: %s', (reply, meaning) => {
    expect(meaningOf(reply, URI, undefined)).toBe(meaning);
  });
});

describe('a reply beside those to an unregistered redirect URI and to a registered one', () => {
  const signIn = led('https://id.example/sign-in?a');
  const problem = led('https://id.example/problem?a');
  test.each<[reply: Reply, unregistered: Reply, registered: Reply, meaning: Meaning]>([
    [led('https://id.example/problem?b'), problem, signIn, 'refused'],
    [led('https://id.example/problem?b'), problem, page(200), 'refused'],
    [led('https://id.example/sign-in?b'), problem, signIn, 'taken'],
    [page(200), page(200), signIn, 'refused'],
    // The replies are all alike, so all of them mean that the server goes on.
    [page(200), page(200), page(200), 'taken'],
    [led('https://id.example/sign-in?b'), signIn, signIn, 'taken'],
    // A server that refuses by status says nothing about its other pages.
    [page(200), page(400), signIn, 'taken'],
    [led(`${URI}?error=x`), led(`${UNREGISTERED}?error=x`), led('http://localhost/cb?error=x'), 'taken'],
  ])('%j beside %j and %j: %s', (reply, unregistered, registered, meaning) => {
    expect(meaningOf(reply, URI, refusedLook(unregistered, registered, 'http://localhost/cb'))).toBe(meaning);
  });
});
