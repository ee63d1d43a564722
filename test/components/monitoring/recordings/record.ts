/**
 * Writes region.prom anew from a region that runs here: `node test/components/monitoring/recordings/record.ts http://127.77.65.13:9090`, with the
 * address of Prometheus that `npm start -- --origin URL` prints, after some minutes of requests. (Without a model of one's own there is no circuit
 * breaker to record.)
 */
import { writeFileSync } from 'node:fs';

/** One Pod of each kind is enough: the engine, the operator, and a master and its replica of both clusters. */
const PODS = /^(redis-(cache|queue)-0-[01]|cache-engine-.*|region-operator-.*)$/;
const METRICS = '{__name__=~"up|wedsync_.*|redis_.*|process_.*|nodejs_eventloop_lag_.*"}';
/** What is about this machine and this hour, or the same everywhere. */
const LEFT_OUT = [
  'container',
  'endpoint',
  'exported_service',
  'os',
  'process_id',
  'redis_build_id',
  'region',
  'run_id',
];
/** By command, which nothing here asks for. */
const BY_COMMAND = /[{,](cmd|err)="/;

const [prometheus] = process.argv.slice(2);
if (prometheus === undefined) throw new Error('Which Prometheus? Its address is missing.');
const answer = await fetch(`${prometheus}/federate?match[]=${encodeURIComponent(METRICS)}`);
const read = (await answer.text()).split('\n').flatMap((line) => {
  const [, name, labels = '', value = ''] = /^([a-z_]\w*)\{(.*)\} (\S+)(?: \d+)?$/.exec(line) ?? [];
  const pod = /pod="([^"]*)"/.exec(labels)?.[1] ?? '';
  return name !== undefined && PODS.test(pod) && !BY_COMMAND.test(`{${labels}`) ? [{ name, labels, value, pod }] : [];
});
/** The engine that answered most; another may have been asked nothing. */
const answers = read.filter(({ name }) => name === 'wedsync_cache_answers_total');
const engine = answers.reduce((most, one) => (Number(one.value) > Number(most.value) ? one : most)).pod;
const kept = read
  .filter(({ pod }) => pod === engine || !pod.startsWith('cache-engine-'))
  .map(({ name, labels, value }) => {
    const own = [...labels.matchAll(/(\w+)="([^"]*)"/g)].filter(([, label = '']) => !LEFT_OUT.includes(label));
    return `${name}{${own.map(([pair]) => pair).join(',')}} ${value}`;
  });
writeFileSync(new URL('region.prom', import.meta.url), `${kept.sort().join('\n')}\n`);
