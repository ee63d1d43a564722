/** `npm run sla` at another time: `sla-at.ts INSTANT ARGUMENTS…`, the instant in ISO 8601. */
import { runSla } from '../../../../scripts/lib/sla/run.ts';

const [instant = '', ...args] = process.argv.slice(2);
await runSla(args, { now: () => Date.parse(instant) });
