import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { NotificationFrame } from '../../../protocol/frames.js';
import { type LogEntry, NotificationRepository } from '../repository/notification-repository.js';

/** Takes one encoded frame, UTF-8 JSON. It must return at once and must not throw. */
export type Sink = (frame: Buffer) => void;

/**
 * Brings stored entries to the sinks of their channel. It hears of entries from the repository alone,
 * so it makes no difference which request, or which process, stored them.
 */
@Injectable()
export class DeliveryEngine implements OnModuleInit, OnModuleDestroy {
  readonly #sinks = new Map<string, Set<Sink>>();
  #unsubscribe: () => void = () => undefined;

  constructor(private readonly repository: NotificationRepository) {}

  get epoch(): string {
    return this.repository.epoch;
  }

  onModuleInit(): void {
    this.#unsubscribe = this.repository.onAppended((entry) => this.#deliver(entry));
  }

  onModuleDestroy(): void {
    this.#unsubscribe();
  }

  /** From now on, everything stored in `channel` reaches `sink`. @returns a function that detaches it */
  attach(channel: string, sink: Sink): () => void {
    const sinks = this.#sinks.get(channel) ?? new Set();
    this.#sinks.set(channel, sinks.add(sink));
    return () => {
      sinks.delete(sink);
    };
  }

  #deliver(entry: LogEntry): void {
    const sinks = this.#sinks.get(entry.channel);
    if (sinks === undefined || sinks.size === 0) return;
    const frame = encode(entry);
    for (const sink of sinks) sink(frame);
  }
}

/** Encoded once for all connections. */
function encode({ channel, offset, notification }: LogEntry): Buffer {
  const frame: NotificationFrame = { event: 'notification', data: { ...notification, channel, offset } };
  return Buffer.from(JSON.stringify(frame));
}
