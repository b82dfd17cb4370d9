import { type ConnectionEvent, type ConnectionStatus, HeraldConnection } from '@herald/client/connection';
import { type Positions, topicChannel } from '@herald/protocol';
import { BehaviorSubject, fromEvent, Subscription } from 'rxjs';
import type { Access } from '../access/access.ts';
import { socketUrl } from '../access/server-url.ts';
import { EXIT } from '../exit-codes.ts';
import { Failure, failureOf } from '../failure.ts';
import { tell } from '../standard-output.ts';
import { Backlog, type Gap, type Received, type Step } from './backlog.ts';
import { Copies } from './copies.ts';
import { filledUpTo, gapsBetween, missedIn } from './missed.ts';
import { readerOf, type StateFile } from './state-file.ts';
import { untilDone } from './until-done.ts';
import { type Filter, isWanted } from './wanted.ts';

/** Steps that may wait in memory. Beyond that the connection is closed until all of them are done. */
const BACKLOG_MAX = 1000;

/** Notifications of a page of the inbox. */
const PAGE = 100;

export interface ListenerOptions {
  access: Access;
  filter: Filter;
  /** Keeps the progress for a restart; null: a restart begins with notifications that are sent afterwards. */
  state: StateFile | null;
  /** Saves the state after each notification. Else it does so once none waits, as after a crash a few may come again. */
  savesEach: boolean;
  /** Handles a notification. @returns whether it is done: else it comes again after a restart */
  handle: (notification: Received, stop: AbortSignal) => Promise<boolean>;
}

/** Handles the notifications of one reader, each of them once and one after the other, until it is stopped. */
export class Listener {
  readonly #backlog = new Backlog();
  readonly #stop = new AbortController();
  readonly #connection: HeraldConnection;
  readonly #token$: BehaviorSubject<string>;
  readonly #copies: Copies;
  #subscription = Subscription.EMPTY;
  #received: Positions | null;
  /** Positions up to which all is done. */
  #done: Positions | null;
  #isSaved = true;
  #failure: Failure | undefined;
  #isRenewing = false;
  #wasLive = false;
  #toldOfGap = false;
  #isChecked = false;

  /** @param token of the first connection */
  constructor(
    private readonly options: ListenerOptions,
    token: string,
  ) {
    const state = options.state?.read() ?? null;
    this.#received = state?.positions ?? null;
    this.#done = this.#received;
    this.#copies = new Copies(state?.copies ?? []);
    this.#token$ = new BehaviorSubject(token);
    const { api, server } = options.access;
    this.#connection = new HeraldConnection({
      url: socketUrl(server),
      token$: this.#token$,
      positions: { read: () => this.#received, write: (positions) => this.#reach(positions) },
      // The process goes on after a stop, in which its connection may have died.
      wake$: fromEvent(process, 'SIGCONT'),
      onTokenExpiring: () => void this.#renew(),
      onUnauthorized: () => this.fail(new Failure(EXIT.unauthorized, 'The key or the sign-in is no longer valid')),
      // WebSockets hide why they are refused.
      onConnectFailed: () =>
        void api.page({ view: 'all' }, null, 1).catch((error: unknown) => {
          if (api.isRefused(error)) this.fail(failureOf(error));
        }),
    });
    this.#connection.status$.subscribe((status) => this.#tellOf(status));
  }

  /** Runs until it is stopped, or can't go on. @throws Failure */
  async run(): Promise<void> {
    await this.#connect();
    for (;;) {
      const step = await this.#backlog.next(this.#stop.signal);
      if (step === undefined) break;
      if (!(await this.#do(step))) break;
      if (this.#subscription.closed && this.#backlog.length === 0) await this.#connect();
    }
    this.#subscription.unsubscribe();
    await this.#save();
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Ends `run` once the notification that is being handled is done. */
  stop(): void {
    this.#subscription.unsubscribe();
    this.#stop.abort();
  }

  fail(failure: Failure): void {
    this.#failure ??= failure;
    this.stop();
  }

  async #connect(): Promise<void> {
    try {
      // Nobody told that the token expires while the connection was closed.
      this.#token$.next(await this.options.access.token());
    } catch (error) {
      this.fail(failureOf(error));
    }
    if (!this.#stop.signal.aborted)
      this.#subscription = this.#connection.events$.subscribe((event) => this.#take(event));
  }

  #take(event: ConnectionEvent): void {
    if (event.kind === 'notification') this.#backlog.add({ notification: event.data });
    if (event.kind === 'caught-up') this.#toldOfGap = false;
    // A log that began anew has one for each lane, and the positions tell of it all at once.
    if (event.kind === 'gap' && event.data.reason !== 'epoch') {
      const { channel, lane, id } = event.data;
      this.#miss({ channel, lane, id, after: this.#received?.channels[channel]?.[lane]?.[1] ?? '' });
    }
  }

  #miss(gap: Gap): void {
    if (!this.#toldOfGap) tell('The log of the server has a gap: looking in the inbox for what was missed');
    this.#toldOfGap = true;
    this.#backlog.add({ gap });
  }

  /** All entries up to these positions have come. */
  #reach(positions: Positions): void {
    if (!this.#isChecked) this.#check(positions);
    if (this.#failure !== undefined) return;
    for (const gap of gapsBetween(this.#received, positions)) this.#miss(gap);
    this.#received = positions;
    this.#backlog.add({ positions });
    // The server keeps what is not read yet; the connection goes on where it was.
    if (this.#backlog.length >= BACKLOG_MAX) this.#subscription.unsubscribe();
  }

  /** @returns false if it was stopped before */
  async #do(step: Step): Promise<boolean> {
    if ('notification' in step) return this.#handle(step.notification);
    if ('gap' in step) return this.#fill(step.gap);
    await this.#reachDone(step.positions);
    return true;
  }

  async #fill(gap: Gap): Promise<boolean> {
    const { api } = this.options.access;
    const missed: Received[] = [];
    const read = (): Promise<string | undefined> =>
      missedIn(gap, (cursor) => api.page({ view: 'all', priority: [gap.lane] }, cursor, PAGE)).then(
        (found) => void missed.push(...found),
        (error: unknown) => failureOf(error).message,
      );
    if (!(await untilDone(read, this.#stop.signal))) return false;
    for (const notification of missed) {
      if (this.#stop.signal.aborted || !(await this.#handle(notification))) return false;
      if (this.#done !== null) await this.#reachDone(filledUpTo(this.#done, gap, notification.id));
    }
    return true;
  }

  async #handle(notification: Received): Promise<boolean> {
    if (this.#copies.has(notification.id)) return true;
    if (isWanted(notification, this.options.filter)) {
      const isDone = await this.options.handle(notification, this.#stop.signal);
      if (!isDone) return false;
    }
    this.#copies.add(notification);
    return true;
  }

  async #reachDone(positions: Positions): Promise<void> {
    this.#done = positions;
    this.#isSaved = false;
    if (this.options.savesEach || this.#backlog.length === 0) await this.#save();
  }

  async #save(): Promise<void> {
    if (this.#done === null || this.#isSaved) return;
    this.#isSaved = true;
    this.#copies.forgetBefore(this.#done);
    await this.options.state?.write({ positions: this.#done, copies: this.#copies.awaited });
  }

  async #renew(): Promise<void> {
    const { access } = this.options;
    if (access.key !== undefined || this.#isRenewing) return;
    this.#isRenewing = true;
    const renew = (): Promise<string | undefined> =>
      access.renew().then(
        (token) => {
          this.#token$.next(token);
          return undefined;
        },
        (error: unknown) => failureOf(error).message,
      );
    // Once the token has expired, the server closes the connection, which stops this.
    await untilDone(renew, this.#stop.signal);
    this.#isRenewing = false;
  }

  #tellOf(status: ConnectionStatus): void {
    if (status.state === 'live' && !this.#wasLive) tell(`Listening to ${this.options.access.server}`);
    if (status.state === 'waiting' && this.#wasLive) tell('The connection was lost: connecting again');
    if (status.state === 'stopped')
      this.fail(new Failure(EXIT.failed, `The server has closed the connection with ${status.code}`));
    if (status.state !== 'connecting') this.#wasLive = status.state === 'live';
  }

  #check(positions: Positions): void {
    this.#isChecked = true;
    this.#checkReader(positions);
    this.#checkTopic(positions);
  }

  #checkReader(positions: Positions): void {
    if (this.#received === null) return;
    const [before, now] = [readerOf(this.#received), readerOf(positions)];
    const words = `${this.options.state?.file} is of ${before}, not of ${now}: name another file with --state`;
    if (before !== now) this.fail(new Failure(EXIT.usage, words));
  }

  #checkTopic({ channels }: Positions): void {
    const { topic } = this.options.filter;
    if (topic !== undefined && !(topicChannel(topic) in channels))
      tell(`Nothing will come of the topic ${topic} until its reader follows it`);
  }
}
