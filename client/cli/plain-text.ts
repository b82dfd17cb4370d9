/**
 * Characters that the server refuses in a message: the controls of terminals, but for tabs and ends of lines, and those
 * that turn the direction of text.
 */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e]/g;

/** Text that the server takes, and that does not control a terminal. */
export function plainText(text: string): string {
  return text.toWellFormed().replace(CONTROLS, '');
}
