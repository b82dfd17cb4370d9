import type { App } from '@herald/protocol';
import { changeOf, draftOf, fieldsOf, newFields } from './app-fields';

const APP: App = {
  id: 7,
  name: 'backup',
  owner: 'ada',
  scope: 'send',
  audience: ['user:ada'],
  category: 'backup',
  defaultPriority: 'low',
  tags: ['floppy_disk', 'nightly'],
  markdown: true,
  expiresAt: new Date(2027, 0, 31, 8, 5, 30).toISOString(),
  createdAt: '2026-11-01T12:00:00.000Z',
};

describe('the fields of an app', () => {
  it('are by default those of an app that sends to its owner', () => {
    expect(draftOf('backup', 'send', newFields('ada'))).toEqual({
      name: 'backup',
      scope: 'send',
      audience: ['user:ada'],
    });
  });

  it('are all sent for a new app that have a value', () => {
    expect(draftOf('backup', 'send', fieldsOf(APP))).toEqual({
      name: 'backup',
      scope: 'send',
      audience: ['user:ada'],
      category: 'backup',
      defaultPriority: 'low',
      tags: ['floppy_disk', 'nightly'],
      markdown: true,
      expiresAt: new Date(2027, 0, 31, 8, 5).toISOString(),
    });
  });

  it('are only the expiry for an app that reads', () => {
    const { expiresAt } = fieldsOf(APP);
    expect(draftOf('wall', 'read', fieldsOf(APP))).toEqual({
      name: 'wall',
      scope: 'read',
      expiresAt: new Date(expiresAt).toISOString(),
    });
  });

  it('are changed one by one, and removed by null, false and an empty list', () => {
    const before = fieldsOf(APP);
    expect(changeOf(before, { ...before })).toEqual({});
    expect(changeOf(before, { ...before, audience: ['topic:backups'] })).toEqual({ audience: ['topic:backups'] });
    const removed = { category: ' ', defaultPriority: 'medium', tags: '', markdown: false, expiresAt: '' } as const;
    expect(changeOf(before, { ...before, ...removed })).toEqual({
      category: null,
      defaultPriority: null,
      tags: [],
      markdown: false,
      expiresAt: null,
    });
  });

  it('keep an empty audience, which the server refuses', () => {
    expect(draftOf('backup', 'send', { ...newFields('ada'), audience: [] })).toMatchObject({ audience: [] });
  });
});
