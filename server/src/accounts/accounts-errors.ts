/** An account has that name, or had it before it was removed. */
export class UsernameTakenError extends Error {
  constructor(readonly username: string) {
    super(`There is an account ${username} already, or there was: a name is given once`);
    this.name = 'UsernameTakenError';
  }
}

/** No account of that name. */
export class UnknownAccountError extends Error {
  constructor(username: string) {
    super(`There is no account ${username}`);
    this.name = 'UnknownAccountError';
  }
}

/** Another topic would be more than one user can have. */
export class TooManyTopicsError extends Error {
  constructor(max: number) {
    super(`You have ${max} topics, and can't have more. Leave one first`);
    this.name = 'TooManyTopicsError';
  }
}
