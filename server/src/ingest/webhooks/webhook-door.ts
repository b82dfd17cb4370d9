import { BUILT_IN_TEMPLATES, type BuiltInTemplate, type Notification } from '@herald/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { invalidToken } from '../../auth/auth-refusals.js';
import type { Sender } from '../../auth/sender.js';
import { Refusal } from '../../http/refusal/refusal.js';
import type { Store } from '../../repository/store.js';
import { bytesOf, type Door, type DoorParts, fromSender, senderOfRequest } from '../door.js';
import { fittedDraft } from '../fitted-draft.js';
import { hashOf } from '../fitted-key.js';
import { jsonPayload } from '../json-payload.js';
import { keyInPath } from '../key-in-path.js';
import { ownMessage } from '../own-templates/own-template.js';
import { alertmanager } from './alertmanager.js';
import { github } from './github.js';
import { gitlab } from './gitlab.js';
import { grafana } from './grafana.js';
import { sentry } from './sentry.js';
import { isProven } from './proof.js';
import type { Template } from './template.js';
import { uptimeKuma } from './uptime-kuma.js';

const TEMPLATES: Readonly<Record<BuiltInTemplate, Template>> = {
  ...{ alertmanager, github, gitlab, grafana, sentry },
  'uptime-kuma': uptimeKuma,
};
/** Programs send whole groups of alerts, pushes with all of their commits, and traces with their variables. */
const BODY_LIMIT = 1024 * 1024;
/** Values in a payload: V8 parses as many in a part of the 50 ms for which nothing may hold the event loop. */
const VALUES_MAX = 20_000;
/** Headers that name a delivery, the same when it is repeated. */
const DELIVERY_HEADERS = ['idempotency-key', 'x-github-delivery', 'x-gitlab-event-uuid', 'webhook-id', 'request-id'];
/** The answer to an event that becomes no notification. */
const IGNORED = { id: null, reason: 'Herald ignores events of this type' };

export interface WebhookParts extends DoorParts {
  readonly store: Store;
}

/**
 * `POST /hooks/{key}/{template}`, for programs whose webhooks have a form of their own. The key of the app is in the
 * path. Templates are those of Herald and those of the app.
 */
export function webhookDoor(parts: WebhookParts): Door {
  return {
    name: 'webhook',
    refusalBody: (refusal) => refusal.answer,
    addRoutes: (server: FastifyInstance) => {
      const options = fromSender((request) => verify(request, parts));
      server.post('/hooks/:key/:template', { ...options, bodyLimit: BODY_LIMIT }, (request) => publish(request, parts));
    },
  };
}

/** Checks the rate, too, since a body may be large. @throws Refusal those of `SenderCheck` | too_many_sends */
async function verify(request: FastifyRequest, { senders, sending }: DoorParts): Promise<Sender> {
  const sender = await senders.verify(keyInPath(request));
  const bytes = Number(request.headers['content-length'] ?? Infinity);
  await sending.check(sender, Math.min(bytes, BODY_LIMIT));
  return sender;
}

/** @throws Refusal unknown_path when there is no such template | invalid_token | those of `Sending` */
async function publish(request: FastifyRequest, { sending, store }: WebhookParts): Promise<object> {
  const body = bytesOf(request);
  const sender = senderOfRequest(request);
  // Before all else, so that neither guesses of a secret nor unreadable bodies are free.
  await sending.charge(sender, body.length);
  const { template } = request.params as { template: string };
  const { read, builtIn } = await templateNamed(template, sender, store);
  const secret = sender.app?.secret;
  if (secret !== undefined && !isProven(builtIn, request.headers, body, secret)) throw notProven();
  const payload = await jsonPayload(body, request.headers['content-type'] ?? '', VALUES_MAX);
  const message = read(payload, request.headers);
  if (message === undefined) return IGNORED;
  const delivery = deliveryOf(request.headers, template, body);
  const stored = await sending.sendCharged({ sender, draft: fittedDraft(message, sender), delivery });
  return { id: (stored as Notification).id };
}

interface NamedTemplate {
  readonly read: Template;
  /** Its name, if Herald has it itself. */
  readonly builtIn?: BuiltInTemplate;
}

/**
 * The template of the app goes first: a later version of Herald may have one of the same name.
 * @throws Refusal unknown_path when neither Herald nor the app has such a template
 */
async function templateNamed(name: string, { app }: Sender, { templates }: Store): Promise<NamedTemplate> {
  const own = app && (await templates.find(app.id, name));
  if (own !== undefined) return { read: (payload) => ownMessage(own, payload, app?.markdown === true) };
  if (isBuiltIn(name)) return { read: TEMPLATES[name], builtIn: name };
  throw unknownTemplate();
}

function isBuiltIn(name: string): name is BuiltInTemplate {
  return Object.hasOwn(TEMPLATES, name);
}

/**
 * The idempotency key of a delivery. The body is a part of it, because GitLab gives events that follow from each other
 * the same id.
 */
function deliveryOf(headers: IncomingHttpHeaders, template: string, body: Buffer): string | undefined {
  const id = DELIVERY_HEADERS.map((name) => headers[name]).find((value) => value !== undefined);
  return id === undefined ? undefined : hashOf(JSON.stringify([template, id, body.toString('latin1')]));
}

function unknownTemplate(): Refusal {
  return new Refusal(
    404,
    'unknown_path',
    `There is no such template. The templates are ${BUILT_IN_TEMPLATES.join(', ')}, and those of the app`,
  );
}

/** The app has a secret, and the sender of the webhook did not prove that it knows it. */
function notProven(): Refusal {
  return invalidToken('The webhook must prove that it knows the secret of the app');
}
