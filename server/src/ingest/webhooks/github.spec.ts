import type { ForeignMessage } from '../fitted-draft.js';
import { github } from './github.js';

const REPOSITORY = { full_name: 'octo/repo', html_url: 'https://github.example/octo/repo' };
const BASE = { repository: REPOSITORY, sender: { login: 'ann' } };
const url = 'https://github.example/octo/repo/7';
const key = 'github/octo/repo#7';
const ISSUE = { number: 7, title: 'It  breaks', body: '**why**', html_url: url };
const commit = (id: string, message: string) => ({ id, message, author: { name: 'Ann' } });
const PUSH = {
  ref: 'refs/heads/main',
  created: false,
  deleted: false,
  compare: url,
  pusher: { name: 'ann' },
  commits: [commit('0123456789abcdef', 'Fix it\n\nbecause'), commit('abcdef0123456789', 'Ümlaut')],
};
const RUN = {
  id: 99,
  name: 'CI',
  head_branch: 'main',
  conclusion: 'failure',
  display_title: 'Fix it',
  actor: { login: 'ann' },
  html_url: url,
};

describe('the template github', () => {
  test.each<[string, string, object, Partial<ForeignMessage> | undefined]>([
    [
      'a ping',
      'ping',
      { zen: 'Keep it logically awesome.' },
      { title: 'octo/repo: webhook added', message: 'Keep it logically awesome.', priority: 'low' },
    ],
    [
      'a push',
      'push',
      PUSH,
      {
        title: 'octo/repo: 2 commits to main',
        message: '0123456 Fix it (Ann)\nabcdef0 Ümlaut (Ann)',
        priority: 'low',
        url,
      },
    ],
    ['a push of one commit', 'push', { ...PUSH, commits: [PUSH.commits[0]] }, { title: 'octo/repo: 1 commit to main' }],
    [
      'a new tag',
      'push',
      { ...PUSH, ref: 'refs/tags/v1', created: true, commits: [] },
      { title: 'octo/repo: v1 created', message: 'ann created v1' },
    ],
    [
      'a push of a commit without an author',
      'push',
      { ...PUSH, commits: [{ id: 'abcdef0123', message: 'Fix' }] },
      { message: 'abcdef0 Fix' },
    ],
    ['a deleted branch', 'push', { ...PUSH, deleted: true, commits: [] }, { title: 'octo/repo: main deleted' }],
    [
      'an opened pull request',
      'pull_request',
      { action: 'opened', pull_request: ISSUE },
      { title: 'octo/repo#7 opened: It breaks', message: '**why**', markdown: true, priority: 'low', url, key },
    ],
    [
      'an opened pull request without a text',
      'pull_request',
      { action: 'opened', pull_request: { ...ISSUE, body: null } },
      { message: 'By ann', markdown: false },
    ],
    [
      'a merged pull request',
      'pull_request',
      { action: 'closed', pull_request: { ...ISSUE, merged: true } },
      { title: 'octo/repo#7 merged: It breaks', message: 'By ann', markdown: false, key },
    ],
    [
      'a closed one',
      'pull_request',
      { action: 'closed', pull_request: ISSUE },
      { title: 'octo/repo#7 closed: It breaks' },
    ],
    [
      'a requested review',
      'pull_request',
      { action: 'review_requested', pull_request: ISSUE },
      { title: 'octo/repo#7 review requested: It breaks' },
    ],
    ['a labelled pull request', 'pull_request', { action: 'labeled', pull_request: ISSUE }, undefined],
    [
      'a review',
      'pull_request_review',
      {
        action: 'submitted',
        review: { state: 'changes_requested', body: 'no', html_url: `${url}#r` },
        pull_request: ISSUE,
      },
      { title: 'octo/repo#7 changes requested: It breaks', message: 'no', url: `${url}#r`, key },
    ],
    [
      'a review that only has comments on lines',
      'pull_request_review',
      { action: 'submitted', review: { state: 'commented', body: null }, pull_request: ISSUE },
      undefined,
    ],
    [
      'a review that comments with a text',
      'pull_request_review',
      { action: 'submitted', review: { state: 'commented', body: 'hm' }, pull_request: ISSUE },
      { title: 'octo/repo#7 commented: It breaks', message: 'hm', key },
    ],
    [
      'an opened issue',
      'issues',
      { action: 'opened', issue: ISSUE },
      { title: 'octo/repo#7 opened: It breaks', message: '**why**', key },
    ],
    [
      'a closed issue',
      'issues',
      { action: 'closed', issue: ISSUE },
      { title: 'octo/repo#7 closed: It breaks', message: 'By ann', key },
    ],
    ['an assigned issue', 'issues', { action: 'assigned', issue: ISSUE }, undefined],
    [
      'a comment on an issue',
      'issue_comment',
      { action: 'created', issue: ISSUE, comment: { body: 'me *too*', html_url: `${url}#c` } },
      { title: 'octo/repo#7 commented: It breaks', message: 'me *too*', markdown: true, url: `${url}#c`, key },
    ],
    ['an edited comment', 'issue_comment', { action: 'edited', issue: ISSUE, comment: {} }, undefined],
    [
      'a comment on a line of a pull request',
      'pull_request_review_comment',
      { action: 'created', pull_request: ISSUE, comment: { body: 'c' } },
      { title: 'octo/repo#7 commented: It breaks', message: 'c', key },
    ],
    [
      'a comment on a commit',
      'commit_comment',
      { action: 'created', comment: { body: 'c', html_url: url } },
      { title: 'octo/repo commented', message: 'c', url },
    ],
    [
      'a release',
      'release',
      { action: 'published', release: { tag_name: 'v1', name: 'One', body: '- new', html_url: url } },
      { title: 'octo/repo released One', message: '- new', markdown: true, url },
    ],
    [
      'a release without a text',
      'release',
      { action: 'published', release: { tag_name: 'v1' } },
      { message: 'v1 is out' },
    ],
    ['a draft of a release', 'release', { action: 'created', release: {} }, undefined],
    [
      'a failed workflow',
      'workflow_run',
      { action: 'completed', workflow_run: RUN },
      {
        title: 'octo/repo: CI failed on main',
        message: 'Fix it (ann)',
        priority: 'high',
        url,
        key: 'github/octo/repo/runs/99',
      },
    ],
    [
      'a failed workflow without an id, a subject and an actor',
      'workflow_run',
      { action: 'completed', workflow_run: { ...RUN, id: undefined, display_title: null, actor: null } },
      { message: 'octo/repo: CI failed on main', key: undefined },
    ],
    [
      'a workflow that succeeds',
      'workflow_run',
      { action: 'completed', workflow_run: { ...RUN, conclusion: 'success' } },
      undefined,
    ],
    ['a workflow that starts', 'workflow_run', { action: 'requested', workflow_run: RUN }, undefined],
    ['a star', 'star', { action: 'created' }, undefined],
  ])('reads %s', (_, event, payload, expected) => {
    const message = github({ ...BASE, ...payload }, { 'x-github-event': event });
    if (expected === undefined) expect(message).toBeUndefined();
    else expect(message).toMatchObject(expected);
  });

  test('leaves the address of a new webhook behind, because it has the key', () => {
    const hook = { config: { url: 'https://herald.example/hooks/A123' } };
    const message = github({ ...BASE, zen: 'Keep it.', hook }, { 'x-github-event': 'ping' });
    expect(JSON.stringify(message)).not.toContain('A123');
  });
});
