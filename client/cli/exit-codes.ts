/** Exit codes of `herald`. `run` has the exit code of its command instead. README.md lists them. */
export const EXIT = {
  /** Something else went wrong, such as a fault of the server. */
  failed: 1,
  /** The command line, a variable or a line of the input is wrong. */
  usage: 2,
  /** The server refused the request, and would refuse it again. */
  refused: 3,
  /** There is no key and no sign-in, or the server does not accept it. */
  unauthorized: 4,
  /** The server did not answer. */
  unreachable: 5,
  /** The server had no time, or the rate is exceeded, also after all tries. */
  busy: 6,
} as const;
