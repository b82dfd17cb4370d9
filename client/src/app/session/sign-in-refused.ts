/** The server refused the sign-in; the message is for the person. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
}
