/** Builds what the program deploys: the cache engine's image folder and the policy pack. Does nothing when nothing changed. */
import { buildAll } from './lib/build.ts';

const built = await buildAll();
console.log(built.length === 0 ? 'Nothing changed since the last build.' : `Built ${built.join(' and ')}.`);
