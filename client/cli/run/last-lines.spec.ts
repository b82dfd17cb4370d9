import { LastLines } from './last-lines.ts';

function textOf(...chunks: (string | Buffer)[]): string {
  const lines = new LastLines();
  for (const chunk of chunks) lines.add(Buffer.from(chunk));
  return lines.text();
}

describe('LastLines', () => {
  test('joins characters and lines that came in parts', () => {
    const euro = Buffer.from('€');
    expect(textOf('a\nb', euro.subarray(0, 1), euro.subarray(1), '\n')).toBe('a\nb€');
    expect(textOf()).toBe('');
  });

  test('has the last 20 lines', () => {
    const lines = Array.from({ length: 50 }, (_, n) => `line ${n}`);
    expect(textOf(lines.join('\n')).split('\n')).toEqual(lines.slice(-20));
  });

  test('shows what a terminal shows in the end, without colours and other controls', () => {
    expect(textOf('\u001b[31mred\u001b[0m\u0007\r\n10 %\r50 %\r100 %\ndone\n\n')).toBe('red\r\n100 %\ndone');
  });

  test('leaves out a line that has lost its beginning, and keeps characters whole', () => {
    expect(textOf(`${'x'.repeat(20_000)}\nlast`)).toBe('last');
    expect(textOf('y'.repeat(20_000))).toBe(`…${'y'.repeat(2999)}`);
    expect(textOf(`a${'😀'.repeat(5000)}`)).toBe(`…${'😀'.repeat(1499)}`);
  });

  test('counts all bytes of a long output', () => {
    const lines = new LastLines();
    const chunk = Buffer.from('0123456789\n'.repeat(1000));
    for (let n = 0; n < 1000; n++) lines.add(chunk);
    expect(lines.bytes).toBe(11_000_000);
    expect(lines.text()).toBe(Array.from({ length: 20 }, () => '0123456789').join('\n'));
  });
});
