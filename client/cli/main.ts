import { runCommandLine } from './program.ts';
import { flushed, surviveClosedPipes } from './standard-output.ts';

surviveClosedPipes();
const exitCode = await runCommandLine(process.argv.slice(2));
// A socket that is being closed, or one of `fetch` that is kept for later, must not delay the end.
await flushed();
process.exit(exitCode);
