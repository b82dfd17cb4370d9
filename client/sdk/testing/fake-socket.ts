/** A WebSocket as far as RxJS uses it; a test plays the server. */
export class FakeSocket {
  static made: FakeSocket[] = [];
  readonly sent: unknown[] = [];
  readyState = 1;
  onopen: (event: object) => void = () => undefined;
  onmessage: (event: object) => void = () => undefined;
  onclose: (event: object) => void = () => undefined;

  constructor(
    readonly url: string,
    readonly protocols: string[],
  ) {
    FakeSocket.made.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.readyState = 3;
  }

  receive(frame: object): void {
    this.onmessage({ data: JSON.stringify(frame) });
  }
}
