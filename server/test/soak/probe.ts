/**
 * A well-behaved client in a process of its own that times its answers: `node probe.ts <host> <token>`. Each tick it
 * requests `/health/live`; five times a second it reads its inbox, sends itself a high notification and waits for it on
 * its WebSocket. On any message from its parent it replies with a `ProbeReport` and ends. It imports no project files,
 * so that Node runs it without a build.
 */
export interface ProbeReport {
  /** Duration of each answer in milliseconds, ascending. */
  health: number[];
  /** Time from the POST to the arrival of the notification. */
  delivery: number[];
  /** Duration of reading the first page of its inbox. */
  page: number[];
  /** All faults: statuses, closes, time-outs. */
  faults: string[];
}

const TICK_MS = 25;
const TICKS_BETWEEN_SENDS = 8;
const TIMEOUT_MS = 10_000;

const [host = '', token = ''] = process.argv.slice(2);
const report: ProbeReport = { health: [], delivery: [], page: [], faults: [] };
const waiting = new Map<string, (at: number) => void>();

const socket = new WebSocket(`ws://${host}/ws`, ['herald.v1', `bearer.${token}`]);
socket.onopen = () => socket.send(JSON.stringify({ event: 'hello' }));
socket.onclose = ({ code }) => report.faults.push(`closed with ${code}`);
socket.onmessage = ({ data }) => {
  const frame = JSON.parse(String(data)) as {
    event: string;
    data: { title: string; channel: string; priority: string; offset: number };
  };
  if (frame.event !== 'notification') return;
  const { title, channel, priority, offset } = frame.data;
  waiting.get(title)?.(performance.now());
  socket.send(JSON.stringify({ event: 'heartbeat', data: { ack: { [channel]: { [priority]: offset } } } }));
};

let ticks = 0;
setInterval(() => {
  ticks += 1;
  void timed(report.health, askHealth);
  if (ticks % TICKS_BETWEEN_SENDS !== 0 || socket.readyState !== WebSocket.OPEN) return;
  void timed(report.delivery, () => sendToMyself(`probe ${ticks}`));
  void timed(report.page, readMyInbox);
}, TICK_MS);

async function timed(times: number[], work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  try {
    await work();
  } catch (error) {
    report.faults.push(String(error));
  }
  times.push(performance.now() - began);
}

async function askHealth(): Promise<void> {
  const { status } = await fetch(`http://${host}/health/live`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (status !== 200) throw new Error(`/health/live answered ${status}`);
}

async function readMyInbox(): Promise<void> {
  const headers = { Authorization: `Bearer ${token}` };
  const { status } = await fetch(`http://${host}/api/notifications?limit=20`, {
    headers,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (status !== 200) throw new Error(`the inbox answered ${status}`);
}

async function sendToMyself(title: string): Promise<void> {
  const arrived = new Promise((resolve) => waiting.set(title, resolve));
  const response = await fetch(`http://${host}/api/notifications/send`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({
      title,
      message: 'Still here?',
      priority: 'high',
      category: 'probe',
      audience: ['user:ada'],
    }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status !== 201) throw new Error(`a send was answered ${response.status}`);
  await arrived;
  waiting.delete(title);
}

process.once('message', () => {
  for (const times of [report.health, report.delivery, report.page]) times.sort((a, b) => a - b);
  process.send?.(report, () => process.exit(0));
});
