import type { IncomingHttpHeaders } from 'node:http';
import type { ForeignMessage } from '../fitted-draft.js';
import { fittedKey } from '../fitted-key.js';
import type { Fields } from '../json-fields.js';
import { fieldsAt, firstOf, listAt, onOneLine, textAt, withName } from './payload.js';

const SHORT_HASH = 7;
const ISSUE_ACTIONS = ['opened', 'closed', 'reopened'];
const PULL_REQUEST_ACTIONS = [...ISSUE_ACTIONS, 'ready_for_review', 'review_requested'];
const FAILURES = ['failure', 'timed_out', 'startup_failure'];

/** Reads an event. @returns undefined for an action of which nobody needs to be told */
type Reader = (payload: Fields, repository: string) => ForeignMessage | undefined;

const EVENTS = new Map<string, Reader>([
  ['ping', ping],
  ['push', push],
  ['pull_request', pullRequest],
  ['pull_request_review', review],
  ['issues', issue],
  ['issue_comment', comment],
  ['pull_request_review_comment', comment],
  ['commit_comment', comment],
  ['release', release],
  ['workflow_run', workflowRun],
]);

/** An event of GitHub. Those of one issue, pull request or run of a workflow replace each other. */
export function github(payload: Fields, headers: IncomingHttpHeaders): ForeignMessage | undefined {
  const repository =
    firstOf(textAt(payload, 'repository.full_name'), textAt(payload, 'organization.login')) ?? 'GitHub';
  const message = EVENTS.get(String(headers['x-github-event']))?.(payload, repository);
  return message === undefined ? undefined : { priority: 'low', ...message };
}

/** A new webhook tries itself. Its settings stay behind, because they have the address with the key. */
function ping(payload: Fields, repository: string): ForeignMessage {
  const message = firstOf(textAt(payload, 'zen')) ?? 'GitHub can send here';
  return { title: `${repository}: webhook added`, message, markdown: false };
}

function push(payload: Fields, repository: string): ForeignMessage {
  const branch = textAt(payload, 'ref').replace(/^refs\/(?:heads|tags)\//, '');
  const commits = listAt(payload, 'commits');
  const change = payload['deleted'] === true ? 'deleted' : payload['created'] === true ? 'created' : 'pushed';
  const count = `${commits.length} ${commits.length === 1 ? 'commit' : 'commits'}`;
  const lines = commits.map((commit) => {
    const [subject = ''] = textAt(commit, 'message').split('\n');
    return withName(`${textAt(commit, 'id').slice(0, SHORT_HASH)} ${subject}`, textAt(commit, 'author.name'));
  });
  return {
    title: `${repository}: ${commits.length > 0 ? `${count} to ${branch}` : `${branch} ${change}`}`,
    message: lines.length > 0 ? lines.join('\n') : `${textAt(payload, 'pusher.name')} ${change} ${branch}`,
    markdown: false,
    url: firstOf(textAt(payload, 'compare')),
  };
}

function pullRequest(payload: Fields, repository: string): ForeignMessage | undefined {
  const action = textAt(payload, 'action');
  if (!PULL_REQUEST_ACTIONS.includes(action)) return undefined;
  const subject = fieldsAt(payload, 'pull_request');
  return about(subject, subject['merged'] === true ? 'merged' : action.replaceAll('_', ' '), payload, repository);
}

/** GitHub tells of each comment on a line, and of a review around it without a text: the comment is enough. */
function review(payload: Fields, repository: string): ForeignMessage | undefined {
  if (textAt(payload, 'action') !== 'submitted') return undefined;
  const state = textAt(payload, 'review.state').replaceAll('_', ' ');
  if (state === 'commented' && firstOf(textAt(payload, 'review.body')) === undefined) return undefined;
  const message = about(fieldsAt(payload, 'pull_request'), state, payload, repository);
  return withText(message, fieldsAt(payload, 'review'));
}

function issue(payload: Fields, repository: string): ForeignMessage | undefined {
  const action = textAt(payload, 'action');
  return ISSUE_ACTIONS.includes(action) ? about(fieldsAt(payload, 'issue'), action, payload, repository) : undefined;
}

function comment(payload: Fields, repository: string): ForeignMessage | undefined {
  if (textAt(payload, 'action') !== 'created') return undefined;
  const subject = { ...fieldsAt(payload, 'pull_request'), ...fieldsAt(payload, 'issue') };
  return withText(about(subject, 'commented', payload, repository), fieldsAt(payload, 'comment'));
}

function release(payload: Fields, repository: string): ForeignMessage | undefined {
  if (textAt(payload, 'action') !== 'published') return undefined;
  const published = fieldsAt(payload, 'release');
  const name = firstOf(textAt(published, 'name'), textAt(published, 'tag_name')) ?? '';
  const message = { title: `${repository} released ${name}`, message: `${name} is out`, markdown: false };
  return withText(message, published);
}

/** Only failures: each push has runs that succeed. */
function workflowRun(payload: Fields, repository: string): ForeignMessage | undefined {
  const run = fieldsAt(payload, 'workflow_run');
  if (textAt(payload, 'action') !== 'completed' || !FAILURES.includes(textAt(run, 'conclusion'))) return undefined;
  const [subject = ''] = firstOf(textAt(run, 'display_title'), textAt(run, 'head_commit.message'))?.split('\n') ?? [];
  const title = `${repository}: ${textAt(run, 'name')} failed on ${textAt(run, 'head_branch')}`;
  const id = textAt(run, 'id');
  return {
    title,
    message: firstOf(withName(subject, textAt(run, 'actor.login'))) ?? title,
    markdown: false,
    priority: 'high',
    url: firstOf(textAt(run, 'html_url')),
    key: id === '' ? undefined : fittedKey(`github/${repository}/runs/${id}`),
  };
}

/** An issue, a pull request, or a commit without a number, and what somebody did to it. */
function about(subject: Fields, action: string, payload: Fields, repository: string): ForeignMessage {
  const number = textAt(subject, 'number');
  const name = onOneLine(textAt(subject, 'title'));
  const title = `${repository}${number === '' ? '' : `#${number}`} ${action}${name === '' ? '' : `: ${name}`}`;
  const login = textAt(payload, 'sender.login');
  const message: ForeignMessage = {
    title,
    message: login === '' ? title : `By ${login}`,
    markdown: false,
    url: firstOf(textAt(subject, 'html_url')),
    ...(number !== '' && { key: fittedKey(`github/${repository}#${number}`) }),
  };
  return action === 'opened' ? withText(message, subject) : message;
}

/** A message with the text and the address of a part, if it has any. */
function withText(message: ForeignMessage, part: Fields): ForeignMessage {
  const body = firstOf(textAt(part, 'body'));
  return {
    ...message,
    ...(body !== undefined && { message: body, markdown: true }),
    url: firstOf(textAt(part, 'html_url')) ?? message.url,
  };
}
