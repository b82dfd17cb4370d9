import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const HEADER_BYTES = 12;
/** Type and class of a question. */
const QUESTION_END_BYTES = 4;
const TYPE_A = 1;

/** A name server on a free port that has the same IPv4 addresses for every name, as Docker has for an alias. */
export async function startNameServer(addresses: readonly string[]): Promise<{ address: string; stop: () => void }> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => socket.send(answerTo(query, addresses), port, address));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { address: `127.0.0.1:${socket.address().port}`, stop: () => socket.close() };
}

/** See https://www.rfc-editor.org/rfc/rfc1035#section-4. Other types than A have no addresses. */
function answerTo(query: Buffer, addresses: readonly string[]): Buffer {
  const nameEnd = query.indexOf(0, HEADER_BYTES) + 1;
  const question = query.subarray(HEADER_BYTES, nameEnd + QUESTION_END_BYTES);
  const found = query.readUInt16BE(nameEnd) === TYPE_A ? addresses : [];
  const header = Buffer.from([query[0]!, query[1]!, 0x81, 0x80, 0, 1, 0, found.length, 0, 0, 0, 0]);
  const answers = found.map((address) =>
    // The name of the question, type A, class IN, 60 s, 4 bytes.
    Buffer.from([0xc0, HEADER_BYTES, 0, TYPE_A, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)]),
  );
  return Buffer.concat([header, question, ...answers]);
}
