import {
  type ChannelPositions,
  DEFAULT_PREFERENCES,
  type EntryFrame,
  type NotificationFrame,
  type Positions,
  type Priority,
  type WelcomeFrame,
} from '@herald/protocol';
import type { Received } from './notification-socket.ts';
import { HoleFound, Progress } from './progress.ts';

const COUNTS = { unread: 0, inbox: 1, archived: 0, snoozed: 0, unconfirmed: 0 };
const HEADS: ChannelPositions = { everyone: { high: [0, null], medium: [0, null], low: [4, 'id-4'] } };

function welcome(changes: Partial<WelcomeFrame['data']> = {}): Received {
  const data: WelcomeFrame['data'] = {
    connectionId: 'c',
    user: { username: 'ada' },
    epoch: 'first',
    resumed: false,
    heads: HEADS,
    creditBytes: 65_536,
    ackEvery: { messages: 3, bytes: 1000 },
    heartbeatMs: 30_000,
    expiresAt: '2026-01-31T20:00:00.000Z',
    retry: { minMs: 500, maxMs: 30_000 },
    ...changes,
  };
  return { frame: { event: 'welcome', data }, bytes: 400 };
}

function notification(offset: number, priority: Priority = 'low', bytes = 100): Received {
  const data: NotificationFrame['data'] = {
    id: `id-${offset}`,
    title: 't',
    message: 'm',
    priority,
    category: 'c',
    audience: ['everyone'],
    sender: 's',
    createdAt: '2026-01-31T08:00:00.000Z',
    channel: 'everyone',
    offset,
  };
  return { frame: { event: 'notification', data }, bytes };
}

function positionsAt(low: number, epoch = 'first'): Positions {
  return { epoch, channels: { everyone: { ...HEADS['everyone'], low: [low, `id-${low}`] } } };
}

describe('Progress', () => {
  it('starts from the heads when it has no positions', () => {
    const progress = new Progress(null);
    progress.process(welcome());
    expect(progress.positions).toEqual({ epoch: 'first', channels: HEADS });
  });

  it('moves its position with each notification', () => {
    const progress = new Progress(null);
    progress.process(welcome());
    expect(progress.process(notification(5))?.kind).toBe('notification');
    expect(progress.positions?.channels['everyone']?.low).toEqual([5, 'id-5']);
  });

  it('tells late entries from live ones', () => {
    const progress = new Progress(positionsAt(3));
    progress.process(welcome({ resumed: true }));
    const events = [notification(4), notification(5), notification(1, 'high')].map((received) =>
      progress.process(received),
    );
    expect(events.map((event) => event?.kind === 'notification' && event.isLate)).toEqual([true, false, false]);
    expect(progress.process({ frame: { event: 'live' }, bytes: 16 })).toEqual({ kind: 'caught-up' });
  });

  it.each<EntryFrame>([
    {
      event: 'state',
      data: { id: 'id-1', lane: 'medium', ids: ['id-5'], read: true, counts: COUNTS, channel: 'everyone', offset: 1 },
    },
    {
      event: 'preferences',
      data: { id: 'id-1', lane: 'medium', preferences: DEFAULT_PREFERENCES, channel: 'everyone', offset: 1 },
    },
    { event: 'retract', data: { id: 'id-1', lane: 'medium', notificationId: 'id-5', channel: 'everyone', offset: 1 } },
  ])(
    'holds an entry $event to the same rule as a notification: passed on once, counted, acknowledged, missed',
    (frame) => {
      const progress = new Progress(positionsAt(4));
      progress.process(welcome({ resumed: true }));
      const { event: kind, data } = frame;
      const received = { frame, bytes: 1000 };
      expect(progress.process(received)).toEqual({ kind, data, isLate: false });
      expect(progress.positions?.channels['everyone']?.medium).toEqual([1, 'id-1']);
      expect(progress.takeDue()).toEqual({ event: 'ack', data: { everyone: { medium: 1 } } });
      expect(progress.process(received)).toBeUndefined();
      const skipping = { event: kind, data: { ...data, offset: 3 } } as EntryFrame;
      expect(() => progress.process({ frame: skipping, bytes: 100 })).toThrow(HoleFound);
    },
  );

  it('drops repeated entries', () => {
    const progress = new Progress(positionsAt(4));
    progress.process(welcome({ resumed: true }));
    expect(progress.process(notification(4))).toBeUndefined();
  });

  it('rejects a skipped offset, and keeps its position', () => {
    const progress = new Progress(positionsAt(4));
    progress.process(welcome({ resumed: true }));
    expect(() => progress.process(notification(6))).toThrow(HoleFound);
    expect(progress.positions).toEqual(positionsAt(4));
  });

  it('continues behind an announced gap', () => {
    const progress = new Progress(positionsAt(1));
    progress.process(welcome({ resumed: true, heads: positionsAt(9).channels }));
    const gap = { channel: 'everyone', lane: 'low' as const, from: 2, to: 7, id: null, reason: 'trimmed' as const };
    expect(progress.process({ frame: { event: 'gap', data: gap }, bytes: 100 })?.kind).toBe('gap');
    expect(progress.process(notification(8))?.kind).toBe('notification');
  });

  it('joins channels at their heads, and drops those that were left', () => {
    const progress = new Progress(positionsAt(4));
    progress.process(welcome({ resumed: true, heads: { ...HEADS, 'role:ops': HEADS['everyone'] ?? {} } }));
    const joined: ChannelPositions = { 'topic:builds': { high: [7, 'id-7'], medium: [0, null], low: [0, null] } };
    const left = ['role:ops'];
    expect(progress.process({ frame: { event: 'channels', data: { joined, left } }, bytes: 100 })).toEqual({
      kind: 'channels',
    });
    expect(progress.positions).toEqual({ epoch: 'first', channels: { ...positionsAt(4).channels, ...joined } });
  });

  it('forgets its positions when the numbering began anew', () => {
    const progress = new Progress(positionsAt(40, 'before'));
    progress.process(welcome());
    expect(progress.positions).toEqual({ epoch: 'first', channels: HEADS });
  });

  it('counts the entries still to come until it has caught up', () => {
    const progress = new Progress(positionsAt(1));
    progress.process(welcome({ resumed: true }));
    expect(progress.remaining).toBe(3);
    progress.process(notification(2));
    expect(progress.remaining).toBe(2);
    progress.process({ frame: { event: 'live' }, bytes: 16 });
    expect(progress.remaining).toBe(0);
  });

  it('acknowledges after a number of messages, and only processed ones', () => {
    const progress = new Progress(null);
    progress.process(welcome());
    progress.process(notification(5));
    progress.process(notification(1, 'high'));
    expect(progress.takeDue()).toBeUndefined();
    progress.process(notification(6));
    expect(progress.takeDue()).toEqual({ event: 'ack', data: { everyone: { low: 6, high: 1 } } });
    expect(progress.takeDue()).toBeUndefined();
  });

  it('acknowledges after a number of bytes', () => {
    const progress = new Progress(null);
    progress.process(welcome());
    progress.process(notification(5, 'low', 1000));
    expect(progress.takeDue()).toEqual({ event: 'ack', data: { everyone: { low: 5 } } });
  });

  it('acknowledges the rest with the heartbeat', () => {
    const progress = new Progress(null);
    progress.process(welcome());
    progress.process(notification(5));
    expect(progress.takeHeartbeat()).toEqual({ event: 'heartbeat', data: { ack: { everyone: { low: 5 } } } });
    expect(progress.takeHeartbeat()).toEqual({ event: 'heartbeat', data: { ack: {} } });
  });

  it('applies new terms at once, also to entries processed before', () => {
    const progress = new Progress(null);
    progress.process(welcome());
    progress.process(notification(5));
    expect(progress.takeDue()).toBeUndefined();
    progress.process({ frame: { event: 'credit', data: { ackEvery: { messages: 1, bytes: 1000 } } }, bytes: 60 });
    expect(progress.takeDue()).toEqual({ event: 'ack', data: { everyone: { low: 5 } } });
  });
});
