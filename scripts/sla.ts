/** `npm run sla`: how a region kept its promises, as files that are signed. */
import { systemClock } from '@wedsync/domain';
import { runSla } from './lib/sla/run.ts';

await runSla(process.argv.slice(2), systemClock);
