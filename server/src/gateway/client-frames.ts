import { type Acknowledgement, type LanePosition, type Positions, PRIORITIES } from '@herald/protocol';
import { malformedField } from './frame-error.js';

const OFFSET_RULE = 'must have an offset, a whole number from 0';

type Fields = Record<string, unknown>;

/** Reads the `data` of a hello. @throws FrameError naming the field at fault */
export function readHello(data: unknown): Positions | undefined {
  const { positions } = fields(data ?? {}, 'data');
  if (positions === undefined) return undefined;
  const { epoch, channels } = fields(positions, 'positions');
  if (typeof epoch !== 'string') throw malformedField('positions.epoch', 'must be a string');
  const read: Positions = { epoch, channels: {} };
  for (const [channel, lanes] of Object.entries(fields(channels, 'positions.channels'))) {
    read.channels[channel] = readLanes(lanes, `positions.channels.${channel}`, readPosition);
  }
  return read;
}

/**
 * Checks the `data` of an ack and returns it without a copy: acks arrive by the ten thousand per second.
 * @throws FrameError naming the field at fault
 */
export function readAcknowledgement(data: unknown): Acknowledgement {
  const channels = fields(data, 'ack');
  for (const channel in channels) {
    const lanes = channels[channel];
    if (typeof lanes !== 'object' || lanes === null || Array.isArray(lanes))
      throw malformedField(`ack.${channel}`, 'must be an object');
    for (const lane of PRIORITIES) {
      const offset = (lanes as Fields)[lane];
      if (offset !== undefined && !isOffset(offset)) throw malformedField(`ack.${channel}.${lane}`, OFFSET_RULE);
    }
  }
  return channels as Acknowledgement;
}

/** Reads the `data` of an authenticate. @throws FrameError */
export function readToken(data: unknown): string {
  const { token } = fields(data, 'data');
  if (typeof token !== 'string') throw malformedField('data.token', 'must be a string');
  return token;
}

function readLanes<Value>(value: unknown, field: string, read: (value: unknown, field: string) => Value) {
  const given = fields(value, field);
  const lanes = PRIORITIES.filter((lane) => given[lane] !== undefined);
  return Object.fromEntries(lanes.map((lane) => [lane, read(given[lane], `${field}.${lane}`)]));
}

function readPosition(value: unknown, field: string): LanePosition {
  if (!Array.isArray(value) || value.length !== 2) throw malformedField(field, 'must be [offset, id]');
  const [offset, id] = value as unknown[];
  if (id !== null && typeof id !== 'string') throw malformedField(field, 'must be [offset, id]');
  return [readOffset(offset, field), id];
}

function readOffset(value: unknown, field: string): number {
  if (!isOffset(value)) throw malformedField(field, OFFSET_RULE);
  return value;
}

function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function fields(value: unknown, field: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformedField(field, 'must be an object');
  return value as Fields;
}
