import { LocalCluster } from '../../../local/pods/index.ts';
import { images } from './cluster.ts';
import { deployment, scriptContainer, webContainer } from './manifests.ts';

/** Runs a cluster until it is killed. Usage: runner.ts DATA_FOLDER; prints `ready`. */
const [dataDir = ''] = process.argv.slice(2);
const stubborn = `trap '' TERM; setsid sh -c 'trap "" TERM; while :; do sleep 0.1; done' & while :; do sleep 0.1; done`;
const podIp = { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } };
const redis = scriptContainer('', {
  name: 'redis',
  image: 'docker.io/library/redis',
  command: ['redis-server', '--bind', '$(POD_IP)', '--port', '6379', '--save', ''],
  env: [podIp],
  readinessProbe: { tcpSocket: { port: 6379 } },
});

const cluster = await LocalCluster.open({ dataDir, images });
await cluster.apply([
  deployment('web', webContainer('1')),
  deployment('stubborn', scriptContainer(stubborn)),
  deployment('redis', redis),
]);
await cluster.whenReady();
console.log('ready');
