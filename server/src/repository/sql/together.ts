/**
 * Waits for statements of one transaction that do not depend on each other: they are sent one behind the other, without
 * a wait for each answer.
 * @throws the first error, once all have ended: none may run behind the end of the transaction
 */
export async function together<Results extends readonly unknown[]>(statements: {
  readonly [Index in keyof Results]: Promise<Results[Index]>;
}): Promise<Results> {
  const errors: unknown[] = [];
  const results = await Promise.all(
    statements.map((statement) => statement.catch((error: unknown) => void errors.push(error))),
  );
  if (errors.length > 0) throw errors[0];
  return results as unknown as Results;
}
