import type { ForeignMessage } from '../fitted-draft.js';
import { gitlab } from './gitlab.js';

const WEB = 'https://gitlab.example/group/app';
const url = `${WEB}/-/x`;
const PROJECT = { name: 'App', path_with_namespace: 'group/app', web_url: WEB };
const BASE = { project: PROJECT, user: { name: 'Ann', username: 'ann' } };
const PIPELINE = {
  object_kind: 'pipeline',
  commit: { message: 'Fix it\n\nbecause', title: 'Fix it' },
  builds: [
    { name: 'lint', status: 'success' },
    { name: 'test', status: 'failed' },
    { name: 'e2e', status: 'failed' },
  ],
};
const pipeline = (status: string, fields: object = {}) => ({
  ...PIPELINE,
  object_attributes: { id: 31, iid: 3, ref: 'main', status, ...fields },
});
const subject = (action: string) => ({ iid: 7, title: 'It  breaks', description: '**why**', action, url });
const request = (action: string) => ({ object_kind: 'merge_request', object_attributes: subject(action) });
const issue = (action: string, kind = 'issue') => ({ object_kind: kind, object_attributes: subject(action) });
const note = (fields: object) => ({ object_kind: 'note', object_attributes: { note: 'me *too*', url }, ...fields });

describe('the template gitlab', () => {
  test.each<[string, Record<string, unknown>, Partial<ForeignMessage> | undefined]>([
    [
      'a failed pipeline',
      pipeline('failed'),
      {
        title: 'group/app: pipeline failed on main',
        message: 'Fix it (Ann)\nFailed: test, e2e',
        priority: 'high',
        url: `${WEB}/-/pipelines/31`,
        key: 'gitlab/group/app/pipelines/3',
      },
    ],
    [
      'a pipeline that succeeds',
      { ...pipeline('success', { url }), builds: [] },
      {
        title: 'group/app: pipeline succeeded on main',
        message: 'Fix it (Ann)',
        priority: 'low',
        url,
        key: 'gitlab/group/app/pipelines/3',
      },
    ],
    [
      'a pipeline that was canceled',
      pipeline('canceled'),
      { title: 'group/app: pipeline canceled on main', priority: 'low' },
    ],
    [
      'a pipeline without a number of its own',
      pipeline('failed', { iid: undefined }),
      { key: 'gitlab/group/app/pipelines/31' },
    ],
    [
      'a pipeline without an id',
      pipeline('failed', { iid: undefined, id: undefined }),
      { key: undefined, url: undefined },
    ],
    ['a pipeline without a commit', { ...pipeline('success'), commit: null, builds: [] }, { message: 'By Ann' }],
    [
      'a pipeline without a commit and a user',
      { ...pipeline('success'), commit: null, user: null, builds: [] },
      { message: 'group/app: pipeline succeeded on main' },
    ],
    [
      'a failed pipeline without a commit',
      { ...pipeline('failed'), commit: null },
      { message: 'By Ann\nFailed: test, e2e' },
    ],
    [
      'an approval without a user',
      { ...request('approved'), user: null },
      { message: 'group/app!7 approved: It breaks' },
    ],
    ['a pipeline that runs', pipeline('running'), undefined],
    [
      'an opened merge request',
      request('open'),
      {
        title: 'group/app!7 opened: It breaks',
        message: '**why**',
        markdown: true,
        priority: 'low',
        url,
        key: 'gitlab/group/app!7',
      },
    ],
    [
      'a merged one',
      request('merge'),
      { title: 'group/app!7 merged: It breaks', message: 'By Ann', markdown: false, key: 'gitlab/group/app!7' },
    ],
    ['an approved one', request('approved'), { title: 'group/app!7 approved: It breaks' }],
    ['an updated one', request('update'), undefined],
    [
      'an opened issue',
      issue('open'),
      { title: 'group/app#7 opened: It breaks', message: '**why**', key: 'gitlab/group/app#7' },
    ],
    [
      'a closed work item',
      issue('close', 'work_item'),
      { title: 'group/app#7 closed: It breaks', key: 'gitlab/group/app#7' },
    ],
    [
      'a comment on a merge request',
      note({ merge_request: { iid: 7, title: 'It breaks' } }),
      {
        title: 'group/app!7 commented: It breaks',
        message: 'me *too*',
        markdown: true,
        priority: 'low',
        url,
        key: 'gitlab/group/app!7',
      },
    ],
    [
      'a comment on an issue',
      note({ issue: { iid: 7, title: 'It' } }),
      { title: 'group/app#7 commented: It', key: 'gitlab/group/app#7' },
    ],
    ['a comment on a commit', note({ commit: { id: 'abc' } }), { title: 'group/app commented', message: 'me *too*' }],
    ['an edited comment', note({ object_attributes: { note: 'me', url, action: 'update' } }), undefined],
    ['a new comment', note({ object_attributes: { note: 'me', url, action: 'create' } }), { message: 'me' }],
    [
      'a comment without a text',
      note({ object_attributes: { note: ' ', url } }),
      { message: 'By Ann', markdown: false },
    ],
    ['a push', { object_kind: 'push' }, undefined],
    ['nothing that it knows', {}, undefined],
  ])('reads %s', (_, payload, expected) => {
    const message = gitlab({ ...BASE, ...payload });
    if (expected === undefined) expect(message).toBeUndefined();
    else expect(message).toMatchObject(expected);
  });
});
