import { type LanePosition, PRIORITIES } from '@herald/protocol';
import { hash } from 'node:crypto';

/** Maximum length of a position, for any number of channels: proxies accept about 8 KB for all headers. */
export const POSITION_TEXT_MAX = 1000;
/** No entry has this id, so delivery answers it with a gap. */
export const UNPROVEN: LanePosition = [0, ''];

const VERSION = 1;
/** Base64 writes three bytes as four characters. */
const BYTES_MAX = (POSITION_TEXT_MAX / 4) * 3;
const EPOCH_BYTES = 6;
const CHANNEL_BYTES = 3;
const HEAD_BYTES = 1 + EPOCH_BYTES + 1;
/**
 * Text for more channels than fit, which is more than a user can have. It can't be decoded, so each lane gets a gap.
 */
const UNREADABLE = '-';
/** Most bytes of an id that prove an entry. The last bytes of a UUID are random. */
const PROOF_BYTES_MAX = 6;
/** An offset of 53 bits is encoded in eight bytes of seven bits each. */
const LANE_BYTES_MAX = 8 + PROOF_BYTES_MAX;

/** Special values: an empty lane, and a lane whose position can't be proven. Offset n is encoded as n + 1. */
const EMPTY_LANE = 0;
const UNPROVEN_LANE = 1;

/** The positions of a channel: the hash of its name, and its lanes in the order of `PRIORITIES`. */
export interface ChannelRow {
  readonly hash: number;
  readonly lanes: readonly LanePosition[];
}

/** A decoded lane: its offset, and a check of the id of the entry there. */
export interface DecodedLane {
  readonly offset: number;
  /** False if the lane has no position that can be proven. */
  readonly isProvable: boolean;
  /** Whether the entry at the offset may have this id. */
  proves(id: string | null): boolean;
}

export function hashOf(channel: string): number {
  return hash('sha256', channel, 'buffer').readUIntBE(0, CHANNEL_BYTES);
}

/** Reused for each encoding, since each event of each stream needs one. */
const scratch = Buffer.alloc(BYTES_MAX);

/** Most characters of a position in `channels` channels. */
export function positionTextMax(channels: number): number {
  const bytes = HEAD_BYTES + channels * (CHANNEL_BYTES + PRIORITIES.length * LANE_BYTES_MAX);
  return Math.min(POSITION_TEXT_MAX, Math.ceil((bytes * 4) / 3));
}

/**
 * Encodes a position as text: version, epoch, length of a proof, then each channel. If the text would be too long, the
 * last lanes lose their offsets, and resuming them gives a gap.
 * @param epoch the `epochProof` of the epoch
 */
export function encodePosition(epoch: number, rows: readonly ChannelRow[]): string {
  const room = BYTES_MAX - HEAD_BYTES - rows.length * CHANNEL_BYTES;
  if (room < rows.length * PRIORITIES.length) return UNREADABLE;
  const ambiguous = ambiguousHashes(rows);
  const lanes = rows.flatMap((row) => (ambiguous.has(row.hash) ? row.lanes.map(() => UNPROVEN) : row.lanes));
  const left = room - dropOffsets(lanes, room);
  const proven = lanes.filter(isProven).length;
  const proofBytes = proven === 0 ? 0 : Math.min(PROOF_BYTES_MAX, 1 + Math.floor(left / proven));
  scratch.writeUInt8(VERSION, 0);
  scratch.writeUIntBE(epoch, 1, EPOCH_BYTES);
  let at = scratch.writeUInt8(proofBytes, 1 + EPOCH_BYTES);
  lanes.forEach((lane, n) => {
    if (n % PRIORITIES.length === 0)
      at = scratch.writeUIntBE(rows[n / PRIORITIES.length]?.hash ?? 0, at, CHANNEL_BYTES);
    at = encodeLane(scratch, at, lane, proofBytes);
  });
  return scratch.toString('base64url', 0, at);
}

/**
 * Decodes the text of a position in this epoch.
 * @returns lanes by the hashes of their channels; null for another text
 */
export function decodePosition(text: string, epoch: string): Map<number, readonly DecodedLane[]> | null {
  if (text.length > POSITION_TEXT_MAX) return null;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length < HEAD_BYTES || bytes[0] !== VERSION || bytes.readUIntBE(1, EPOCH_BYTES) !== epochProof(epoch))
    return null;
  try {
    return decodeRows(bytes);
  } catch {
    // The text is truncated, or holds an invalid offset.
    return null;
  }
}

/** @throws RangeError when the text is truncated */
function decodeRows(bytes: Buffer): Map<number, readonly DecodedLane[]> {
  const proofBytes = Math.min(bytes.readUInt8(HEAD_BYTES - 1), PROOF_BYTES_MAX);
  const rows = new Map<number, readonly DecodedLane[]>();
  for (let at = HEAD_BYTES; at < bytes.length;) {
    const channel = bytes.readUIntBE(at, CHANNEL_BYTES);
    at += CHANNEL_BYTES;
    const lanes: DecodedLane[] = [];
    for (let n = 0; n < PRIORITIES.length; n++) {
      const number = readVarint(bytes, at);
      at += varintBytes(number);
      const proof = number > UNPROVEN_LANE && proofBytes > 0 ? bytes.readUIntBE(at, proofBytes) : 0;
      if (number > UNPROVEN_LANE) at += proofBytes;
      lanes.push(decodedLane(number, proof, proofBytes));
    }
    rows.set(channel, lanes);
  }
  return rows;
}

function decodedLane(number: number, proof: number, proofBytes: number): DecodedLane {
  const isProvable = number === EMPTY_LANE || (number > UNPROVEN_LANE && proofBytes > 0);
  return {
    offset: Math.max(0, number - 1),
    isProvable,
    proves: (id) => isProvable && number > UNPROVEN_LANE && proofOf(id, proofBytes) === proof,
  };
}

/** Hashes that several channels share. Their lanes are not encoded, or one channel could be taken for another. */
function ambiguousHashes(rows: readonly ChannelRow[]): ReadonlySet<number> {
  const seen = new Set<number>();
  const twice = new Set<number>();
  for (const { hash } of rows) {
    if (seen.has(hash)) twice.add(hash);
    seen.add(hash);
  }
  return twice;
}

/**
 * Drops the offsets of lanes, the last first, until all lanes fit with one byte of proof each.
 * @returns the bytes of all lanes
 */
function dropOffsets(lanes: LanePosition[], room: number): number {
  let bytes = lanes.reduce((sum, lane) => sum + bytesOf(lane), 0);
  for (let n = lanes.length - 1; bytes > room; n--) {
    bytes -= bytesOf(lanes[n] ?? UNPROVEN) - 1;
    lanes[n] = UNPROVEN;
  }
  return bytes;
}

const isProven = ([offset, id]: LanePosition): boolean => offset > 0 && id !== '';

/** Bytes of a lane with a proof of one byte. */
function bytesOf(lane: LanePosition): number {
  return isProven(lane) ? varintBytes(lane[0] + 1) + 1 : 1;
}

function encodeLane(bytes: Buffer, at: number, lane: LanePosition, proofBytes: number): number {
  const [offset, id] = lane;
  if (!isProven(lane)) return bytes.writeUInt8(id === null ? EMPTY_LANE : UNPROVEN_LANE, at);
  return bytes.writeUIntBE(proofOf(id, proofBytes), writeVarint(bytes, at, offset + 1), proofBytes);
}

/** The last bytes of an id as a number; 0 without an id, as after a gap. */
function proofOf(id: string | null, bytes: number): number {
  return Number.parseInt(id?.slice(-2 * bytes) ?? '', 16) || 0;
}

/** Number that stands for an epoch in a position. */
export function epochProof(epoch: string): number {
  return hash('sha256', epoch, 'buffer').readUIntBE(0, EPOCH_BYTES);
}

/** Encodes seven bits in each byte, the lowest first; the eighth bit marks that more follow. */
function writeVarint(bytes: Buffer, at: number, number: number): number {
  if (number < 128) return bytes.writeUInt8(number, at);
  return writeVarint(bytes, bytes.writeUInt8((number % 128) + 128, at), Math.floor(number / 128));
}

/** @throws RangeError when the text is truncated, or the value is no valid offset */
function readVarint(bytes: Buffer, from: number): number {
  let number = 0;
  for (let at = from, factor = 1; ; at++, factor *= 128) {
    const byte = bytes.readUInt8(at);
    number += (byte % 128) * factor;
    if (!Number.isSafeInteger(number)) throw new RangeError('no offset');
    if (byte < 128) return number;
  }
}

function varintBytes(number: number): number {
  return number < 128 ? 1 : 1 + varintBytes(Math.floor(number / 128));
}
