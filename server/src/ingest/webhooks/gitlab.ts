import type { ForeignMessage } from '../fitted-draft.js';
import { fittedKey } from '../fitted-key.js';
import type { Fields } from '../json-fields.js';
import { fieldsAt, firstOf, listAt, onOneLine, textAt, withName } from './payload.js';

/** Words for the actions of issues and merge requests of which people are told. */
const ACTIONS = new Map([
  ['open', 'opened'],
  ['close', 'closed'],
  ['reopen', 'reopened'],
  ['merge', 'merged'],
  ['approved', 'approved'],
  ['unapproved', 'unapproved'],
]);
/** Ends of a pipeline; all other states lead to one of them. */
const ENDS = new Map([
  ['failed', 'failed'],
  ['success', 'succeeded'],
  ['canceled', 'canceled'],
]);

/** An event of GitLab. Those of one pipeline, merge request or issue replace each other. */
export function gitlab(payload: Fields): ForeignMessage | undefined {
  const project = firstOf(textAt(payload, 'project.path_with_namespace'), textAt(payload, 'project.name')) ?? 'GitLab';
  const attributes = fieldsAt(payload, 'object_attributes');
  switch (textAt(payload, 'object_kind')) {
    case 'pipeline':
      return pipeline(attributes, payload, project);
    case 'merge_request':
      return changed(attributes, '!', payload, project);
    case 'issue':
    case 'work_item':
      return changed(attributes, '#', payload, project);
    case 'note':
      return note(attributes, payload, project);
    default:
      return undefined;
  }
}

function pipeline(attributes: Fields, payload: Fields, project: string): ForeignMessage | undefined {
  const end = ENDS.get(textAt(attributes, 'status'));
  if (end === undefined) return undefined;
  const id = textAt(attributes, 'id');
  const failed = listAt(payload, 'builds').filter((job) => textAt(job, 'status') === 'failed');
  const jobs = failed.map((job) => textAt(job, 'name')).join(', ');
  const number = firstOf(textAt(attributes, 'iid'), id);
  const title = `${project}: pipeline ${end} on ${textAt(attributes, 'ref')}`;
  const [subject = ''] = textAt(payload, 'commit.message').split('\n');
  const by = subject === '' ? byUser(payload) : withName(subject, textAt(payload, 'user.name'));
  return {
    title,
    message: firstOf([by, jobs === '' ? '' : `Failed: ${jobs}`].filter((line) => line !== '').join('\n')) ?? title,
    markdown: false,
    priority: end === 'failed' ? 'high' : 'low',
    url: firstOf(textAt(attributes, 'url')) ?? pipelineIn(payload, id),
    key: number === undefined ? undefined : fittedKey(`gitlab/${project}/pipelines/${number}`),
  };
}

/** An issue or a merge request, and what somebody did to it. */
function changed(subject: Fields, sign: string, payload: Fields, project: string): ForeignMessage | undefined {
  const action = ACTIONS.get(textAt(subject, 'action'));
  if (action === undefined) return undefined;
  const description = action === 'opened' ? firstOf(textAt(subject, 'description')) : undefined;
  const change = about(subject, sign, action, project);
  return {
    ...change,
    message: description ?? firstOf(byUser(payload)) ?? change.title,
    markdown: description !== undefined,
    url: firstOf(textAt(subject, 'url')),
  };
}

/** A new comment on an issue, a merge request, a commit or a snippet. An older GitLab names no action. */
function note(attributes: Fields, payload: Fields, project: string): ForeignMessage | undefined {
  if (!['', 'create'].includes(textAt(attributes, 'action'))) return undefined;
  const request = fieldsAt(payload, 'merge_request');
  const isOnRequest = textAt(request, 'iid') !== '';
  const text = firstOf(textAt(attributes, 'note'));
  const subject = isOnRequest ? request : fieldsAt(payload, 'issue');
  const comment = about(subject, isOnRequest ? '!' : '#', 'commented', project);
  return {
    ...comment,
    message: text ?? firstOf(byUser(payload)) ?? comment.title,
    markdown: text !== undefined,
    url: firstOf(textAt(attributes, 'url')),
  };
}

function byUser(payload: Fields): string {
  const name = textAt(payload, 'user.name');
  return name === '' ? '' : `By ${name}`;
}

function about(
  subject: Fields,
  sign: string,
  action: string,
  project: string,
): Omit<ForeignMessage, 'message'> & { title: string } {
  const number = textAt(subject, 'iid');
  const name = onOneLine(textAt(subject, 'title'));
  return {
    title: `${project}${number === '' ? '' : sign + number} ${action}${name === '' ? '' : `: ${name}`}`,
    priority: 'low',
    ...(number !== '' && { key: fittedKey(`gitlab/${project}${sign}${number}`) }),
  };
}

function pipelineIn(payload: Fields, id: string): string | undefined {
  const project = textAt(payload, 'project.web_url');
  return project === '' || id === '' ? undefined : `${project}/-/pipelines/${id}`;
}
