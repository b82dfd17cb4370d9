import type { Notification } from '@herald/protocol';
import { stripVTControlCharacters } from 'node:util';
import { prettyLines } from './lines.ts';

const notification = {
  ...{ title: 'Deploy\u001b[2J failed', message: 'Two tests\n are red.\u0007', priority: 'high', sender: 'ci' },
  createdAt: new Date(2026, 10, 3, 4, 5, 6).toISOString(),
} as Notification;

test('a notification is a line with its facts, and its message below', () => {
  expect(stripVTControlCharacters(prettyLines(notification))).toBe(
    '2026-11-03 04:05:06  high    Deploy failed  (ci)\n    Two tests\n     are red.',
  );
  expect(prettyLines({ ...notification, url: 'https://a.example/' })).toMatch(/\n {4}https:\/\/a\.example\/$/);
});

test('a notification does not control the terminal', () => {
  expect(prettyLines(notification)).not.toMatch(/\u001b\[2J|\u0007/);
});
