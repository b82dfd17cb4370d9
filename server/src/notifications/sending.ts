import type { Notification, ScheduledNotification } from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import type { Sender } from '../auth/sender.js';
import { WriteAllowance } from '../auth/write-allowance.js';
import { isRefusal } from '../http/refusal/refusal.js';
import type { KeyedRequest } from '../repository/request-repository.js';
import { invalidRequest } from '../validation/invalid-request.js';
import { OneOrManyPipe } from '../validation/one-or-many.pipe.js';
import { Idempotency } from './idempotency.js';
import { lenientDrafts } from './lenient-draft.js';
import { jsonRequired } from './notification-refusals.js';
import { NotificationsService } from './notifications.service.js';
import { Schedule } from './schedule.js';
import { SendAllowance } from './send-allowance.js';
import { BATCH_MAX, SEND_BODY_LIMIT, SendNotificationDto } from './send-notification.dto.js';

export interface SendRequest {
  sender: Sender;
  /** The Idempotency-Key, which makes the request safe to repeat. */
  key: string | undefined;
  /** Parsed but not validated, or the reason why it could not be parsed. */
  body: unknown;
  /** Size of the raw body. */
  bodyBytes: number;
  /** Whether the body was a text or a form, which only apps may send. */
  isForm: boolean;
}

/** A notification of a request that `charge` has counted. */
export interface ChargedSend {
  sender: Sender;
  /** As an app sends it, not validated. */
  draft: object;
  /** Names the delivery and its content; undefined if each request is another one. */
  delivery?: string | undefined;
}

export type SendAnswer = Notification | Notification[] | ScheduledNotification;

/**
 * Handles requests to send. A repeated request gets the answer of the first, even if its instants have passed since,
 * and counts as a change. A new one counts against the sender's rate, even if it is refused afterwards; then its body
 * is validated.
 */
@Injectable()
export class Sending {
  readonly #pipe = new OneOrManyPipe(SendNotificationDto, BATCH_MAX);

  constructor(
    private readonly notifications: NotificationsService,
    private readonly schedule: Schedule,
    private readonly idempotency: Idempotency,
    private readonly sends: SendAllowance,
    private readonly writes: WriteAllowance,
  ) {}

  /**
   * @throws Refusal invalid_request | unsupported_media_type | too_many_sends | too_many_changes | too_many_idempotency_keys |
   * idempotency_conflict | too_many_scheduled | schedule_full
   * @throws Refusal audience_refused | unknown_recipient | invalid_token
   */
  send(request: SendRequest): Promise<SendAnswer> {
    const { sender, key, body, bodyBytes, isForm } = request;
    if (isForm && sender.app === undefined) return Promise.reject(jsonRequired());
    if (key === undefined || isRefusal(body, 'invalid_request')) return this.#send(request);
    const charge = (): Promise<void> => this.#takeRepeated(sender, bodyBytes);
    const named = { sender: sender.name, key, body, bytes: bodyBytes };
    return this.idempotency.once(named, (keyed) => this.#send(request, keyed), charge);
  }

  /**
   * As `send`, for a list only.
   * @throws Refusal as `send`
   */
  async sendBatch(request: SendRequest): Promise<Notification[]> {
    const { sender, body, bodyBytes } = request;
    if (Array.isArray(body) || isRefusal(body, 'invalid_request')) return (await this.send(request)) as Notification[];
    await this.sends.take(sender, 1, bodyBytes);
    throw invalidRequest([{ field: 'body', code: 'not_a_list', reason: 'body must be a list of notifications' }]);
  }

  /**
   * Counts a request of one notification against the rate of its sender, before its body is parsed.
   * @param bodyBytes size of the raw body
   * @throws Refusal too_many_sends | invalid_token
   */
  charge(sender: Sender, bodyBytes: number): Promise<void> {
    return this.sends.take(sender, 1, bodyBytes);
  }

  /**
   * Refuses a sender whose rate does not cover a body of that size, before the server reads it.
   * @throws Refusal too_many_sends | invalid_token
   */
  check(sender: Sender, bodyBytes: number): Promise<void> {
    return this.sends.check(sender, bodyBytes);
  }

  /**
   * As `send`, after `charge`. A repeated delivery gets the answer of the first, even if the app has changed since.
   * @throws Refusal invalid_request | too_many_idempotency_keys | audience_refused | unknown_recipient | invalid_token
   */
  sendCharged({ sender, draft, delivery }: ChargedSend): Promise<SendAnswer> {
    if (delivery === undefined) return this.#store(sender, draft);
    // The name of the delivery stands for its body, of which nothing is kept.
    const named = { sender: sender.name, key: delivery, body: delivery, bytes: 0 };
    return this.idempotency.once(
      named,
      (keyed) => this.#store(sender, draft, keyed),
      () => Promise.resolve(),
    );
  }

  /** A repeated request counts as a change of its user, or as a send of its app. */
  #takeRepeated(sender: Sender, bodyBytes: number): Promise<void> {
    return sender.app === undefined ? this.writes.take(sender.name, bodyBytes) : this.sends.take(sender, 1, bodyBytes);
  }

  async #send({ sender, body, bodyBytes }: SendRequest, keyed?: KeyedRequest): Promise<SendAnswer> {
    await this.sends.take(sender, countOf(body, bodyBytes), bodyBytes);
    return this.#store(sender, body, keyed);
  }

  async #store(sender: Sender, body: unknown, keyed?: KeyedRequest): Promise<SendAnswer> {
    const given = sender.app === undefined ? body : await lenientDrafts(body, sender.app);
    const drafts = await this.#pipe.transform(given, { type: 'body' });
    if (Array.isArray(drafts)) return this.notifications.sendAll(withoutDeliverAt(drafts), sender, keyed);
    const { deliverAt } = drafts;
    return deliverAt === undefined
      ? this.notifications.send(drafts, sender, keyed)
      : this.schedule.add(drafts, deliverAt, sender, keyed);
  }
}

/** Number of notifications that a request counts for; estimated by its size if the body could not be parsed. */
function countOf(body: unknown, bodyBytes: number): number {
  const count = isRefusal(body, 'invalid_request')
    ? Math.ceil((bodyBytes * BATCH_MAX) / SEND_BODY_LIMIT)
    : Array.isArray(body)
      ? body.length
      : 1;
  return Math.min(Math.max(count, 1), BATCH_MAX);
}

/** @throws Refusal invalid_request when a notification has `deliverAt`: a batch is stored now, as a whole */
function withoutDeliverAt(drafts: SendNotificationDto[]): SendNotificationDto[] {
  const later = drafts.findIndex(({ deliverAt }) => deliverAt !== undefined);
  const reason = 'deliverAt can be set for a single notification only';
  if (later !== -1) throw invalidRequest([{ field: `[${later}].deliverAt`, code: 'not_in_batch', reason }]);
  return drafts;
}
